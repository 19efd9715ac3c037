// An author's page: look for a new version, and show it without losing the place.
const panel = document.querySelector(".author");
async function look() {
  try {
    const answer = await fetch("/author/version", { cache: "no-store" });
    const { version } = await answer.json();
    if (String(version) !== panel.dataset.version) { location.reload(); return; }
  } catch { /* the server is being started again */ }
  setTimeout(look, 500);
}
if (panel) look();
