// A question by keyboard: digits and letters choose, Enter answers, ? says "I don't know", Esc stops. The form works
// alone; this makes it quicker, sets the formulas, and keeps a second press from handing in twice.
import { attachClock } from "./asking/clock.js";
import { attachGrading } from "./asking/grading.js";
import { setFormulas } from "./asking/formulas.js";
import { attachOrder } from "./asking/order.js";

setFormulas();
const clock = document.querySelector("[data-left]");
if (clock) attachClock(clock);
const rubric = document.querySelector("form.grading");
if (rubric) attachGrading(rubric);
const form = document.querySelector("form.question");
if (form) attach(form);
else {
  const next = document.querySelector("[data-next]");
  next?.focus({ preventScroll: true });
}

function attach(form) {
  const kind = form.dataset.question;
  const order = form.querySelector(".order");
  if (order) attachOrder(form, order);
  else if (kind === "choice" || kind === "word") form.querySelector("input:checked, .options input, [name=can]")?.focus({ preventScroll: true });

  // The browser leaves before a second press counts; the server counts an answer once in any case.
  let sent = false;
  form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
  addEventListener("pageshow", () => { sent = false; });

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.defaultPrevented || event.target.closest("dialog, summary")) return;
    const taken = act(event, form, kind);
    if (taken) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, { capture: true });
}

function act(event, form, kind) {
  const { key, target } = event;
  const writing = target.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (key === "Escape") { form.querySelector("[data-stop]")?.click(); return true; }
  if (event.ctrlKey) {
    if (key !== "Enter") return false;
    press(form, "answer");
    return true;
  }
  if (event.altKey) return false;
  if (key === "?" && !(writing && target.value)) { press(form, kind === "word" ? "unsure" : "pass"); return true; }
  if (writing) return false;
  if (kind === "word") {
    const said = { y: "yes", 1: "yes", n: "no", 2: "no", 3: "unsure" }[key.toLowerCase()];
    if (said) press(form, said);
    return Boolean(said);
  }
  if (kind === "choice") {
    const options = [...form.querySelectorAll(".options input")];
    const at = /^[1-9]$/.test(key) ? Number(key) - 1 : /^[a-z]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : -1;
    const option = options[at];
    if (option) {
      option.checked = option.type === "checkbox" ? !option.checked : true;
      option.focus({ preventScroll: true });
      return true;
    }
  }
  if (key === "Enter" && !target.closest("a, button")) { press(form, "answer"); return true; }
  return false;
}

function press(form, value) {
  const button = form.querySelector(`button[value="${value}"]`);
  if (button) form.requestSubmit(button);
}
