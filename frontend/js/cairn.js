// Small helps on every page: search as you type, answers without a reload, keys. Everything works without them.
import { attachSuggest, openFinder } from "./search.js";
import { attachQuietForms } from "./forms.js";
import { attachKeys } from "./keys.js";
import { attachAgain } from "./claims.js";

for (const input of document.querySelectorAll("[data-suggest]")) attachSuggest(input);
document.querySelector("[data-find]").addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openFinder();
});
attachQuietForms();
attachKeys();
attachAgain();

// What scrolls sideways must scroll by keyboard too.
function reachScrollers() {
  for (const box of document.querySelectorAll(".katex-display, .table-scroll, pre")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
reachScrollers();
addEventListener("resize", reachScrollers);
