// The editor of an exercise. The form and its textarea work alone; this puts a code editor in the textarea's place,
// hands code in without leaving the page, and says the verdict to screen readers.
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, highlightActiveLine, drawSelection } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap, indentWithTab, toggleTabFocusMode } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting, HighlightStyle } from "@codemirror/language";
import { python } from "@codemirror/lang-python";
import { tags } from "@lezer/highlight";

const form = document.getElementById("hand-in");
const area = form.querySelector("textarea");
const button = form.querySelector("button.primary");

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: "var(--accent)" },
  { tag: [tags.comment, tags.docString], color: "var(--ink-2)", fontStyle: "italic" },
  { tag: [tags.string], color: "var(--ink-2)" },
  { tag: [tags.number], color: "var(--warn)" },
  { tag: [tags.definition(tags.variableName), tags.function(tags.variableName)], fontWeight: "600" },
]);

const look = EditorView.theme({
  "&": { fontSize: "0.86rem", backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--ink-2)", borderRadius: "6px" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", minHeight: "18rem", maxHeight: "70vh", overflow: "auto" },
  ".cm-gutters": { backgroundColor: "var(--paper-2)", color: "var(--ink-2)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent-wash) 50%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection": { backgroundColor: "var(--accent-wash)" },
});

// A shadow root takes the editor's styles as adopted sheets, which the page's content policy allows.
const host = document.createElement("div");
host.className = "editor";
area.before(host);
const root = host.attachShadow({ mode: "open" });

const view = new EditorView({
  parent: root,
  root,
  state: EditorState.create({
    doc: area.value,
    extensions: [
      lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(),
      indentUnit.of("    "), EditorState.tabSize.of(4), python(), syntaxHighlighting(colours), look,
      EditorView.contentAttributes.of({ "aria-label": "Your code. Escape then Tab leaves the editor.", "aria-describedby": "editor-keys" }),
      keymap.of([
        { key: "Mod-Enter", run: () => { form.requestSubmit(button); return true; } },
        { key: "Ctrl-m", run: toggleTabFocusMode },
        indentWithTab, ...defaultKeymap, ...historyKeymap,
      ]),
      EditorView.updateListener.of((update) => { if (update.docChanged) area.value = update.state.doc.toString(); }),
    ],
  }),
});
area.hidden = true;
area.removeAttribute("required");

// What waits for the judge is asked for until it is judged.
async function awaitVerdict() {
  const waiting = document.querySelector("[data-waits]");
  if (!waiting) return;
  for (let pause = 0; waiting.isConnected; pause = Math.min(pause + 1, 10)) {
    try {
      const answer = await fetch(`/api/submissions/${waiting.dataset.waits}?wait=20`);
      if (!answer.ok) return;
      if (["judged", "failed"].includes((await answer.json()).state) && waiting.isConnected) return void await show(await fetch(location.pathname));
    } catch { /* the server is away; it may come back */ }
    await new Promise((go) => setTimeout(go, 500 + pause * 500));
  }
}

async function show(answer) {
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["verdict", "hints", "past"]) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  document.getElementById("verdict-says").textContent = document.querySelector("#verdict .outcome")?.textContent ?? "";
  awaitVerdict();
}

let busy = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  button.setAttribute("aria-disabled", "true");
  const says = document.getElementById("verdict-says");
  const wait = setTimeout(() => { says.textContent = "Judging …"; }, 300);
  try {
    await show(await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
  } catch {
    form.submit();
  } finally {
    clearTimeout(wait);
    busy = false;
    button.removeAttribute("aria-disabled");
  }
});
awaitVerdict();
if (location.hash !== "#verdict") view.focus();
