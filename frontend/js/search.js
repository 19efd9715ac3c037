// Search as you type: a combobox over /api/search, usable by keyboard and screen reader.
let serial = 0;

export function attachSuggest(input, { list, go } = {}) {
  const id = `suggestions-${++serial}`;
  const box = list ?? document.createElement("ul");
  box.className = "suggestions";
  box.id = id;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "Suggestions");
  box.hidden = true;
  if (!list) input.after(box);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", id);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  const wantsPage = go === "page" || input.dataset.suggest === "page";
  let rows = [], active = -1, latest = 0;

  function close() { box.hidden = !list; if (list) box.replaceChildren(); input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); active = -1; rows = []; }

  function address(row) { return wantsPage ? row.href : `/gap?target=${encodeURIComponent(row.id)}`; }

  function show(found) {
    rows = wantsPage ? found : found.filter((row) => !["resource", "track"].includes(row.kind));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    box.replaceChildren(...rows.map((row, i) => {
      const item = document.createElement("li");
      item.id = `${id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const link = document.createElement("a");
      link.href = address(row);
      link.tabIndex = -1;
      const title = document.createElement("span"); title.textContent = row.title;
      const what = document.createElement("span"); what.className = "what"; what.textContent = row.kind;
      const line = document.createElement("span"); line.className = "line"; line.textContent = row.summary;
      link.append(title, what, line);
      item.append(link);
      return item;
    }));
    box.hidden = rows.length === 0 && !list;
    input.setAttribute("aria-expanded", String(rows.length > 0));
  }

  function mark(next) {
    if (!rows.length) return;
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
    if (!text) { close(); return; }
    const answer = await fetch(`/api/search?q=${encodeURIComponent(text)}`);
    if (mine === latest && answer.ok) show(await answer.json());
  }

  input.addEventListener("input", ask);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); rows.length ? mark(active + 1) : ask(); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(active - 1); }
    else if (event.key === "Escape" && !box.hidden && rows.length && !list) { event.preventDefault(); close(); }
    else if (event.key === "Enter" && (active >= 0 || list) && rows.length) { event.preventDefault(); location.href = address(rows[Math.max(0, active)]); }
  });
  if (!list) input.addEventListener("blur", () => setTimeout(close, 150));
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
    hint.textContent = "↑ ↓ choose, Enter opens, Esc closes";
    finder.append(input, list, hint);
    document.body.append(finder);
    attachSuggest(input, { list, go: "page" });
    finder.addEventListener("click", (event) => { if (event.target === finder) finder.close(); });
  }
  finder.showModal();
  finder.querySelector("input").select();
}
