// Helps for the pages of study. Everything works without them.
// The running timer counts on while the page is open.
const timer = document.querySelector("[data-since]");
if (timer) {
  const since = Date.parse(timer.dataset.since);
  const show = () => { timer.textContent = `${Math.max(0, Math.round((Date.now() - since) / 60000))} min`; };
  show();
  setInterval(show, 15000);
}
