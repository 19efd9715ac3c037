// Small helps on every page: search as you type, answers without a reload, keys. Everything works without them.
import { attachSuggest, openFinder } from "./search.js";
import { attachQuietForms } from "./forms.js";
import { attachKeys } from "./keys.js";

for (const input of document.querySelectorAll("[data-suggest]")) attachSuggest(input);
document.querySelector("[data-find]")?.addEventListener("click", (event) => { event.preventDefault(); openFinder(); });
attachQuietForms();
attachKeys();
