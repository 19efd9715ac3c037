// Moving a skill to another day of the month: by drag, or picked up with Space, carried with arrows, put down with
// Enter. The server plans anew; the region of the page is replaced by what it says, and focus stays with the skill.
const region = () => document.querySelector("[data-region]");
const cells = () => [...document.querySelectorAll("td[data-day]")];
const free = (cell) => cell && !cell.classList.contains("past");
let held = null, target = null, byMouse = false;

export function attachMoves() {
  if (!region()) return;
  document.addEventListener("dragstart", (event) => {
    const chip = event.target.closest?.("[data-skill]");
    if (!chip || !cells().length) return;
    event.dataTransfer.setData("text/plain", chip.dataset.skill);
    event.dataTransfer.effectAllowed = "move";
    pick(chip);
    byMouse = true;
  });
  document.addEventListener("dragover", (event) => {
    const cell = event.target.closest?.("td[data-day]");
    if (!held || !free(cell)) return;
    event.preventDefault();
    aim(cell);
  });
  document.addEventListener("drop", (event) => {
    const cell = event.target.closest?.("td[data-day]");
    if (!held || !free(cell)) return;
    event.preventDefault();
    put(cell);
  });
  document.addEventListener("dragend", () => release());
  document.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("focusout", () => setTimeout(() => { if (held && !byMouse && document.activeElement !== held) release(); }, 0));
  document.addEventListener("submit", (event) => {
    if (!("plan" in event.target.dataset)) return;
    event.preventDefault();
    send(event.target);
  });
}

function pick(chip) {
  release();
  held = chip;
  chip.classList.add("held");
  aim(chip.closest("td"));
}

function aim(cell) {
  if (cell === target) return;
  target?.classList.remove("aim");
  target = cell;
  target?.classList.add("aim");
}

function release() {
  held?.classList.remove("held");
  target?.classList.remove("aim");
  held = target = null;
  byMouse = false;
}

function onKey(event) {
  const chip = event.target.closest?.("[data-skill]");
  if (!chip || !cells().length || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!held) {
    if (event.key !== " ") return;
    pick(chip);
    say(`${chip.dataset.title} picked up. Arrow keys choose the day, Enter puts it down, Escape leaves it.`);
  } else if (event.key === "Escape") {
    release();
    say("Left where it was.");
  } else if (event.key === "Enter" || event.key === " ") {
    put(target);
  } else {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!by) return;
    const all = cells();
    const next = all[all.indexOf(target) + by];
    if (free(next)) {
      aim(next);
      next.scrollIntoView({ block: "nearest" });
      say(`${named(next)}. ${next.querySelector(".total").textContent || "nothing planned"}`);
    } else say(next ? "That day has passed." : "The month ends here. Escape, then Enter asks for any date.");
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}

function named(cell) {
  return new Date(`${cell.dataset.day}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}

function put(cell) {
  const form = document.getElementById("move");
  const chip = held;
  if (chip.closest("td") === cell) { release(); say("Left where it was."); return; }
  form.elements.skill.value = chip.dataset.skill;
  form.elements.day.value = cell.dataset.day;
  say(`Moving ${chip.dataset.title} to ${named(cell)}.`);
  release();
  send(form);
}

async function send(form) {
  const here = region();
  const skill = form.elements.skill?.value;
  here.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok || new URL(answer.url).pathname !== location.pathname) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-region]");
    if (!fresh) throw new Error("region");
    here.replaceChildren(...fresh.childNodes);
    for (const hint of here.querySelectorAll(".scripted")) hint.hidden = false;
    for (const hint of here.querySelectorAll(".unscripted")) hint.hidden = true;
    const changed = here.querySelector("#changed");
    say(changed ? changed.dataset.says : "Taken back.");
    const again = skill && here.querySelector(`[data-skill="${CSS.escape(skill)}"]`);
    (again || here.querySelector("#undo, [data-skill]"))?.focus({ preventScroll: true });
  } catch {
    HTMLFormElement.prototype.submit.call(form); // the ordinary way shows what is wrong
  } finally {
    here.removeAttribute("aria-busy");
  }
}

function say(text) {
  const status = document.getElementById("plan-says") ?? document.getElementById("said");
  status.textContent = text;
}
