// A playground answers at once: every change asks the server for the scene. While one answer is awaited only the
// latest wish is kept. Without this script the form loads the page anew.
const TYPING = 180, PLAYING = 350;

for (const box of document.querySelectorAll("[data-playground]")) attach(box);

function attach(box) {
  const form = box.querySelector("form.controls"), scene = box.querySelector(".scene");
  let timer, busy = false, wish = null;

  async function show(submitter) {
    clearTimeout(timer);
    if (busy) { wish = [submitter]; return; }
    busy = true;
    const pressed = submitter?.name ? [submitter.name, submitter.value] : null;
    const query = new URLSearchParams(new FormData(form));
    if (pressed) query.set(...pressed);
    try {
      const answer = await fetch(`${form.getAttribute("action")}/scene?${query}`);
      if (!answer.ok) throw new Error(String(answer.status));
      put(await answer.text(), pressed);
      if ("ownPage" in box.dataset) history.replaceState(null, "", `?${query}`);
    } catch {
      stop();
      scene.querySelector(".shown")?.setAttribute("data-stale", "The server does not answer; this is the last picture.");
    } finally {
      busy = false;
      if (wish) { const [next] = wish; wish = null; show(next); }
    }
  }

  function put(text, pressed) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".shown");
    if (!fresh) throw new Error("scene");
    const open = [...scene.querySelectorAll("details")].map((d) => d.open);
    const left = [...scene.querySelectorAll(".table-scroll")].map((d) => d.scrollLeft);
    const inside = scene.contains(document.activeElement);
    scene.style.minHeight = `${scene.offsetHeight}px`; // the page below does not jump while a slider moves
    scene.replaceChildren(fresh);
    scene.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? false; });
    scene.querySelectorAll(".table-scroll").forEach((d, i) => { d.scrollLeft = left[i] ?? 0; if (d.scrollWidth > d.clientWidth) d.tabIndex = 0; });
    if (inside && pressed) {
      const same = [...scene.querySelectorAll("button")].find((b) => b.name === pressed[0] && b.value === pressed[1]);
      (same || scene.querySelector("button"))?.focus({ preventScroll: true });
    }
    const wrong = fresh.dataset.wrong.split(" ");
    for (const field of form.querySelectorAll("[name]")) {
      if (wrong.includes(field.name)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    const says = fresh.querySelector(".wrong, .says");
    if (says) document.getElementById("said").textContent = says.textContent;
  }

  // ---- playing: the slider moves to its end by itself ----
  let playing = null;
  function stop() {
    if (!playing) return;
    clearInterval(playing.timer);
    playing.button.textContent = "Play";
    playing = null;
  }
  function play(button) {
    const slider = form.querySelector(`[name="${button.dataset.play}"]`);
    if (Number(slider.value) >= Number(slider.max)) slider.value = slider.min;
    button.textContent = "Pause";
    const tick = () => {
      if (busy) return;
      if (Number(slider.value) >= Number(slider.max)) { stop(); return; }
      const far = (Number(slider.max) - Number(slider.min)) / Number(slider.step);
      slider.stepUp(Math.max(1, Math.round(far / 60)));
      readout(slider);
      show();
    };
    playing = { button, timer: setInterval(tick, PLAYING) };
    tick();
  }

  form.addEventListener("input", (event) => {
    stop();
    const field = event.target;
    if (field.type === "range") { readout(field); show(); return; }
    clearTimeout(timer);
    timer = setTimeout(show, field.type === "text" || field.type === "number" ? TYPING : 0);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    stop();
    const button = event.submitter;
    // The form's elements include buttons of the scene, so its fields are looked for inside it.
    const field = button && "sets" in button.dataset && form.querySelector(`[name="${button.name}"]`);
    if (field) {
      field.value = button.value;
      if (field.type === "range") readout(field);
    }
    show(button);
  });
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-values]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    stop();
    const values = JSON.parse(link.dataset.values);
    form.reset();
    for (const field of form.querySelectorAll("[name]")) {
      if (field.name in values) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === values[field.name];
        else field.value = values[field.name];
      }
      if (field.type === "range") readout(field);
    }
    show();
  });
  for (const button of form.querySelectorAll("[data-play]")) button.addEventListener("click", () => { if (playing) stop(); else play(button); });
}

// What a slider stands at, written as the server writes it.
function readout(slider) {
  const power = "power" in slider.dataset, stops = slider.dataset.stops?.split(" ");
  const value = power ? 10 ** Number(slider.value) : Number(stops ? stops[Number(slider.value)] : slider.value);
  const text = power && value < 100 ? Number(value.toPrecision(2)).toString() : Number(value.toPrecision(6)).toString();
  const said = `${text.replace("-", "−")} ${slider.dataset.unit}`.trim();
  slider.setAttribute("aria-valuetext", said);
  slider.parentElement.querySelector("output").textContent = said;
}
