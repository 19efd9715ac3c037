// Mouse, wheel and fingers.
export function attachGestures(frame, view) {
  const fingers = new Map();
  let dragged = false;

  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    dragged = fingers.size > 1;
  });

  frame.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    if (!dragged && Math.hypot(event.clientX - last.x, event.clientY - last.y) < 5) return;
    if (!dragged || !frame.hasPointerCapture(event.pointerId)) {
      dragged = true;
      for (const id of fingers.keys()) frame.setPointerCapture(id);
      frame.classList.add("dragging");
    }
    const before = spread(fingers);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const after = spread(fingers);
    view.pan(after.x - before.x, after.y - before.y);
    if (fingers.size > 1) {
      const box = frame.getBoundingClientRect();
      view.zoom(after.size / before.size, { px: after.x - box.left, py: after.y - box.top, still: true });
    }
  });

  for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, (event) => {
    fingers.delete(event.pointerId);
    if (!fingers.size) frame.classList.remove("dragging");
  });

  // The end of a drag is no click.
  frame.addEventListener("click", (event) => {
    if (dragged) { event.preventDefault(); event.stopImmediatePropagation(); dragged = false; }
  }, true);
  frame.addEventListener("dragstart", (event) => event.preventDefault());

  // The wheel moves the map; with Ctrl, which is also how a pinch on a touchpad arrives, it zooms. At the rim the page scrolls.
  frame.addEventListener("wheel", (event) => {
    const unit = event.deltaMode === 1 ? 18 : 1;
    if (event.ctrlKey || event.metaKey) {
      const box = frame.getBoundingClientRect();
      const step = Math.max(-60, Math.min(60, event.deltaY * unit));
      view.zoom(Math.exp(-step / 120), { px: event.clientX - box.left, py: event.clientY - box.top, still: true });
      event.preventDefault();
      return;
    }
    const sideways = event.shiftKey && !event.deltaX;
    const dx = (sideways ? event.deltaY : event.deltaX) * unit, dy = sideways ? 0 : event.deltaY * unit;
    if (view.pan(-dx, -dy)) event.preventDefault();
  }, { passive: false });

  frame.addEventListener("dblclick", (event) => {
    if (event.target.closest(".node")) return;
    const box = frame.getBoundingClientRect();
    view.zoom(event.shiftKey ? 0.5 : 2, { px: event.clientX - box.left, py: event.clientY - box.top });
  });
}

function spread(fingers) {
  const points = [...fingers.values()];
  const x = points.reduce((sum, p) => sum + p.x, 0) / points.length;
  const y = points.reduce((sum, p) => sum + p.y, 0) / points.length;
  return { x, y, size: Math.max(1, ...points.map((p) => Math.hypot(p.x - x, p.y - y))) };
}
