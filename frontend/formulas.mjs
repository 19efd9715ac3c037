// Sets every formula of a curriculum with KaTeX. A page whose text did not change is not set again.
import katex from "katex";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

// The same grammar as the page renderer: code is left alone, $$...$$ may span lines, $...$ may not.
const SKIP_OR_MATH = /```[\s\S]*?```|`[^`\n]*`|\\\$|\$\$([\s\S]+?)\$\$|\$((?:\\.|[^$\n\\])+)\$/g;
const OPTIONS = { output: "htmlAndMathml", strict: "error", trust: false };
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&nbsp;": "\u00a0" };

async function* markdown(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* markdown(full);
    else if (entry.name.endsWith(".md")) yield full;
  }
}

function set(text, name, failures) {
  const made = {};
  for (const [, display, inline] of text.matchAll(SKIP_OR_MATH)) {
    const tex = display ?? inline;
    if (tex === undefined) continue;
    const key = (display === undefined ? "i:" : "d:") + tex.trim();
    if (key in made) continue;
    try {
      made[key] = katex.renderToString(tex.trim(), { ...OPTIONS, displayMode: display !== undefined });
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
      made[key] = null;
    }
  }
  return made;
}

// The characters that a browser draws with KaTeX's fonts; MathML is for readers of another kind.
function drawn(html) {
  return html.replace(/<math[\s\S]*?<\/math>/g, "").replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? "");
}

// Returns the characters of all formulas. A page where something failed is tried again next time.
export async function formulas(out, curriculum) {
  const folder = path.join(out, "formulas");
  await mkdir(folder, { recursive: true });
  const ledger = path.join(folder, "_made.json");
  const before = await readFile(ledger, "utf8").then(JSON.parse, () => ({}));
  const failures = [], after = {};
  for await (const file of markdown(curriculum)) {
    const name = path.relative(curriculum, file);
    const text = await readFile(file, "utf8");
    const hash = createHash("sha256").update(katex.version).update(text).digest("hex").slice(0, 20);
    if (before[name]?.hash === hash) { after[name] = before[name]; continue; }
    const failed = failures.length;
    const made = set(text, name, failures);
    if (Object.keys(made).length || before[name]) {
      await writeFile(path.join(folder, path.basename(path.dirname(file)) + ".json"), JSON.stringify(made));
    }
    const characters = [...new Set(Object.values(made).flatMap((html) => [...drawn(html ?? "")]))].sort().join("");
    if (failures.length === failed) after[name] = { hash, characters };
  }
  await writeFile(ledger, JSON.stringify(after));
  await writeFile(path.join(folder, "_failures.json"), JSON.stringify(failures));
  for (const failure of failures) console.error("formula:", failure);
  return new Set(Object.values(after).flatMap((entry) => [...entry.characters]));
}
