// Steps to be put in order: walked with arrows, moved with Alt and an arrow or by drag, left out with X.
// What counts are the numbers in the fields of the form; they are kept up to date and hidden.
export function attachOrder(form, list) {
  const says = document.getElementById("asking-says");
  const steps = () => [...list.children];
  const given = steps().some((step) => step.querySelector(".place").value);
  if (given) list.append(...steps().sort((a, b) => rank(a) - rank(b)));
  list.classList.add("live");
  for (const step of steps()) dress(step, given);
  for (const hint of document.querySelectorAll(".scripted")) hint.hidden = false;
  for (const hint of document.querySelectorAll(".unscripted")) hint.hidden = true;
  number();
  steps()[0].focus({ preventScroll: true });

  function dress(step, given) {
    const field = step.querySelector(".place");
    field.hidden = true;
    step.querySelector("label").hidden = true;
    step.tabIndex = 0;
    step.classList.toggle("out", given && !field.value);
    const at = document.createElement("span");
    at.className = "number";
    step.prepend(at);
    const moves = document.createElement("span");
    moves.className = "moves";
    for (const [text, name, act] of [["↑", "Move up", () => move(step, -1)], ["↓", "Move down", () => move(step, 1)], ["×", "Leave out", () => leave(step)]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = -1;
      button.textContent = text;
      button.setAttribute("aria-label", `${name}: ${step.querySelector(".step").textContent}`);
      button.addEventListener("click", act);
      moves.append(button);
    }
    step.append(moves);
    step.addEventListener("pointerdown", (event) => { if (!event.target.closest("button") && event.button === 0) drag(step, event); });
  }

  function number() {
    let place = 0;
    for (const step of steps()) {
      const out = step.classList.contains("out");
      if (!out) place += 1;
      step.querySelector(".place").value = out ? "" : String(place);
      step.querySelector(".number").textContent = out ? "–" : String(place);
    }
  }

  function tell(step) {
    const place = step.querySelector(".place").value;
    says.textContent = place ? `Now step ${place} of ${steps().filter((s) => !s.classList.contains("out")).length}.` : "Left out.";
  }

  function move(step, by) {
    const other = by < 0 ? step.previousElementSibling : step.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(step); else other.after(step);
    number();
    step.focus({ preventScroll: true });
    tell(step);
  }

  function leave(step) {
    step.classList.toggle("out");
    number();
    tell(step);
  }

  function drag(step, event) {
    step.setPointerCapture(event.pointerId);
    step.classList.add("moving");
    const follow = ({ clientY }) => {
      const under = steps().find((s) => s !== step && clientY > s.getBoundingClientRect().top && clientY < s.getBoundingClientRect().bottom);
      if (!under) return;
      const box = under.getBoundingClientRect();
      const before = clientY < box.top + box.height / 2;
      if (before) under.before(step); else under.after(step);
      number();
    };
    const drop = () => {
      step.classList.remove("moving");
      step.removeEventListener("pointermove", follow);
      step.focus({ preventScroll: true });
      tell(step);
    };
    step.addEventListener("pointermove", follow);
    step.addEventListener("lostpointercapture", drop, { once: true });
  }

  list.addEventListener("keydown", (event) => {
    const step = event.target.closest("li");
    if (!step || event.target !== step || event.ctrlKey || event.metaKey) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by && event.altKey) move(step, by);
    else if (by) (by < 0 ? step.previousElementSibling : step.nextElementSibling)?.focus();
    else if (event.key.toLowerCase() === "x" || event.key === "Delete") leave(step);
    else return;
    event.preventDefault();
  });
}

const rank = (step) => Number(step.querySelector(".place").value) || 99;
