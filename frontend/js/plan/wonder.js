// What if: every movement of a slider asks, a moment later, what the plan would be. Nothing is kept before "Keep this".
const PAUSE = 120;

export function attachWonder(root) {
  const form = root.querySelector("form.wonder");
  const keep = root.querySelector("#keep");
  const button = keep.querySelector("button");
  const hours = form.elements.hours, deadline = form.elements.deadline;
  const hoursSlider = form.querySelector("#hours-slider"), deadlineSlider = form.querySelector("#deadline-slider");
  let timer, asking;

  const day = (weeks) => {
    const found = new Date(`${deadlineSlider.dataset.from}T12:00Z`);
    found.setUTCDate(found.getUTCDate() + 7 * weeks);
    return found.toISOString().slice(0, 10);
  };
  const weeks = () => Math.round((Date.parse(`${deadline.value}T12:00Z`) - Date.parse(`${deadlineSlider.dataset.from}T12:00Z`)) / (7 * 86_400_000));
  const show = () => {
    hoursSlider.value = hours.value;
    if (deadline.value) deadlineSlider.value = weeks();
    deadlineSlider.classList.toggle("none", !deadline.value);
    deadlineSlider.setAttribute("aria-valuetext", deadline.value || "no deadline");
    hoursSlider.setAttribute("aria-valuetext", `${hours.value} hours a week`);
  };

  form.addEventListener("input", (event) => {
    if (event.target === hoursSlider) hours.value = hoursSlider.value;
    if (event.target === deadlineSlider) deadline.value = day(Number(deadlineSlider.value));
    show();
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  form.querySelector("[data-clear]").addEventListener("click", () => { deadline.value = ""; show(); ask(); });

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const fields = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`/api/plan/what-if?${fields}`, { signal: asking.signal });
      tell(await answer.json(), fields);
    } catch (error) {
      if (error.name !== "AbortError") tell({ error: "No answer came. Nothing was changed; try again.", says: [], same: true }, fields);
    }
  }

  function tell(found, fields) {
    const problem = root.querySelector("#problem");
    problem.hidden = !found.error;
    problem.textContent = found.error ?? "";
    button.disabled = Boolean(found.error) || found.same;
    root.querySelector("#then").textContent = found.same && !found.error ? "As it is" : "Then";
    keep.querySelectorAll("input").forEach((input) => input.remove());
    for (const [name, value] of fields) {
      const input = document.createElement("input");
      input.type = "hidden"; input.name = name; input.value = value;
      keep.append(input);
    }
    if (found.error) { document.getElementById("plan-says").textContent = found.error; return; }
    root.querySelector("#end").textContent = found.finish_says;
    root.querySelector("#says").replaceChildren(...found.says.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    document.getElementById("plan-says").textContent = found.says.join(" ");
    for (const row of document.querySelectorAll("#spans [data-phase]")) {
      const span = found.spans.find((s) => s.id === row.dataset.phase);
      draw(row.querySelector(".was"), span?.now);
      draw(row.querySelector(".then"), span?.then);
    }
  }

  function draw(bar, place) {
    bar.hidden = !place;
    if (place) { bar.style.left = `${place[0]}%`; bar.style.width = `${place[1]}%`; }
  }

  show();
}
