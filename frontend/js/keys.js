// Single-key shortcuts, never while typing.
import { openFinder } from "./search.js";

const KEYS = [["/", "search"], ["g s", "start"], ["g t", "today"], ["g l", "plan"], ["g m", "map"], ["g a", "areas"], ["g p", "paths"], ["?", "this list"]];
const MAP_KEYS = [["← →", "what a topic needs, what it unlocks"], ["↑ ↓", "its neighbours"], ["Enter", "open it"], ["+ −", "nearer, farther"], ["0", "the whole map"], ["Home", "the goal"]];
const GO = { s: "/", t: "/today", l: "/plan", m: "/map", a: "/areas", p: "/paths" };
let armed = false, help;

function showKeys() {
  if (!help) {
    help = document.createElement("dialog");
    help.className = "keys";
    help.setAttribute("aria-label", "Keys");
    const table = document.createElement("table");
    for (const [key, what] of document.getElementById("map") ? [...KEYS, ...MAP_KEYS] : KEYS) {
      const row = table.insertRow();
      const k = document.createElement("kbd"); k.textContent = key;
      row.insertCell().append(k);
      row.insertCell().textContent = what;
    }
    const close = document.createElement("button");
    close.textContent = "Close";
    close.addEventListener("click", () => help.close());
    help.append(table, close);
    document.body.append(help);
  }
  help.showModal();
}

export function attachKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    if (armed) { armed = false; if (GO[event.key]) location.href = GO[event.key]; return; }
    if (event.key === "/") { event.preventDefault(); openFinder(); }
    else if (event.key === "?") showKeys();
    else if (event.key === "g") { armed = true; setTimeout(() => { armed = false; }, 1200); }
  });
}
