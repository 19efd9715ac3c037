// The clock of an interview: it counts what the server said was left, says the minutes aloud rarely, and stops at nothing.
export function attachClock(place) {
  if (!place.hasAttribute("data-running")) return;
  const until = performance.now() + 1000 * Number(place.dataset.left);
  const tick = () => {
    const left = Math.max(0, Math.round((until - performance.now()) / 1000));
    place.textContent = left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left` : "The time is up. Finish at your leisure.";
    if (left) setTimeout(tick, 1000);
  };
  tick();
}
