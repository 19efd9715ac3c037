// Search as you type: a combobox over /api/search, usable by keyboard and screen reader.
const NO_GOALS = ["resource", "track"];
let serial = 0;

/** Let an input suggest. In a dialogue the list is given and stays open; elsewhere it hangs below the input. */
export function attachSuggest(input, { list, wantsPage = input.dataset.suggest === "page" } = {}) {
  const id = `suggestions-${++serial}`;
  const box = list ?? document.createElement("ul");
  box.className = "suggestions";
  box.id = id;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "Suggestions");
  box.hidden = !list;
  if (!list) input.after(box);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": id, "aria-autocomplete": "list", "aria-expanded": "false" })) input.setAttribute(name, value);
  let rows = [], active = -1, latest = 0;

  const fills = input.dataset.suggest === "fill"; // then what is chosen stands in the field, and nothing is opened
  if (fills) input.removeAttribute("list");
  const take = (row) => {
    if (!fills) { location.href = address(row); return; }
    input.value = row.id;
    latest++;
    show([]);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const address = (row) => (wantsPage ? row.href : `/gap?target=${encodeURIComponent(row.id)}`);

  function show(found) {
    rows = wantsPage ? found : found.filter((row) => !NO_GOALS.includes(row.kind));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", String(rows.length > 0));
    box.hidden = !rows.length && !list;
    box.replaceChildren(...rows.map((row, i) => {
      const item = document.createElement("li");
      item.id = `${id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.append(part("title", row.title), part("what", row.kind), part("line", row.summary));
      return item;
    }));
  }

  function mark(next) {
    box.children[active]?.setAttribute("aria-selected", "false");
    active = (next + rows.length) % rows.length;
    const item = box.children[active];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  async function ask() {
    const text = input.value.trim();
    const mine = ++latest;
    if (!text) { show([]); return; }
    const answer = await fetch(`/api/search?q=${encodeURIComponent(text)}`);
    if (mine === latest && answer.ok) show(await answer.json());
  }

  input.addEventListener("input", ask);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); if (rows.length) mark(active + 1); else ask(); }
    else if (event.key === "ArrowUp" && rows.length) { event.preventDefault(); mark(active < 0 ? -1 : active - 1); }
    else if (event.key === "Escape" && rows.length && !list) { event.preventDefault(); show([]); }
    else if (event.key === "Enter" && rows.length && (active >= 0 || list)) { event.preventDefault(); take(rows[Math.max(0, active)]); }
  });
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps the focus
  box.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) take(rows[[...box.children].indexOf(item)]);
  });
  if (!list) input.addEventListener("blur", () => { latest++; show([]); });
}

function part(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

let finder;

export function openFinder() {
  if (!finder) {
    finder = document.createElement("dialog");
    finder.className = "finder";
    finder.setAttribute("aria-label", "Search");
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = "Search topics, papers, paths, questions…";
    input.setAttribute("aria-label", "Search");
    input.autocomplete = "off";
    const list = document.createElement("ul");
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "Up and down choose, Enter opens, Esc closes";
    finder.append(input, list, hint);
    document.body.append(finder);
    attachSuggest(input, { list, wantsPage: true });
    finder.addEventListener("click", (event) => { if (event.target === finder) finder.close(); });
  }
  finder.showModal();
  finder.querySelector("input").select();
}
