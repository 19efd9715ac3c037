// The plan: a skill is dragged to another day, sliders answer at once, the timer counts. All of it works as forms too.
import { attachMoves } from "./plan/moves.js";
import { attachWonder } from "./plan/wonder.js";

for (const hint of document.querySelectorAll(".scripted")) hint.hidden = false;
for (const hint of document.querySelectorAll(".unscripted")) hint.hidden = true;
for (const field of document.querySelectorAll("[data-zone]")) if (!field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
for (const field of document.querySelectorAll("[data-whole]")) field.addEventListener("focus", () => field.select());
document.querySelector(".problem.summary")?.focus();
document.querySelector("#problem-form ~ form [aria-invalid]")?.scrollIntoView({ block: "center" });

attachMoves();
const wonder = document.querySelector("[data-what-if]");
if (wonder) attachWonder(wonder);

const clock = document.querySelector("[data-since]");
if (clock) {
  const since = new Date(clock.dataset.since);
  setInterval(() => { clock.textContent = `${Math.max(0, Math.round((Date.now() - since) / 60_000))} min`; }, 15_000);
}
