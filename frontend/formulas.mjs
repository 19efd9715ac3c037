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

// Without the TeX source in an annotation, which nothing reads: a tenth of a page's weight.
function light(html) {
  return html.replace(/<annotation[^>]*>[\s\S]*?<\/annotation>/g, "").replace(/<\/?semantics>/g, "");
}

function set(text, name, failures) {
  const made = {};
  for (const [, display, inline] of text.matchAll(SKIP_OR_MATH)) {
    const tex = display ?? inline;
    if (tex === undefined) continue;
    const key = (display === undefined ? "i:" : "d:") + tex.trim();
    if (key in made) continue;
    try {
      made[key] = light(katex.renderToString(tex.trim(), { ...OPTIONS, displayMode: display !== undefined }));
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
      made[key] = null;
    }
  }
  return made;
}

// The face that a class of KaTeX's sets text in; the innermost wins, and without one it is Main-Regular.
const FACES = [
  ["large-op", "Size2-Regular"], ["small-op", "Size1-Regular"],
  ["delim-size1", "Size1-Regular"], ["delim-size4", "Size4-Regular"],
  ["delimsizing size1", "Size1-Regular"], ["delimsizing size2", "Size2-Regular"],
  ["delimsizing size3", "Size3-Regular"], ["delimsizing size4", "Size4-Regular"],
  ["boldsymbol", "Math-BoldItalic"], ["mathnormal", "Math-Italic"],
  ["mathbf", "Main-Bold"], ["textbf", "Main-Bold"], ["mathit", "Main-Italic"], ["textit", "Main-Italic"],
  ["mathbb", "AMS-Regular"], ["amsrm", "AMS-Regular"], ["mathcal", "Caligraphic-Regular"],
  ["mathfrak", "Fraktur-Regular"], ["mathscr", "Script-Regular"], ["mathtt", "Typewriter-Regular"], ["texttt", "Typewriter-Regular"],
  ["textbb", "AMS-Regular"], ["textfrak", "Fraktur-Regular"], ["textscr", "Script-Regular"], ["mathboldsf", "SansSerif-Bold"],
  ["mathitsf", "SansSerif-Italic"], ["mathsf", "SansSerif-Regular"], ["textsf", "SansSerif-Regular"],
];

// The characters that a browser draws with each of KaTeX's faces; MathML is for readers of another kind.
function drawn(html, found) {
  const open = [];
  for (const [part] of html.replace(/<math[\s\S]*?<\/math>/g, "").matchAll(/<[^>]*>|[^<]+/g)) {
    if (part.startsWith("</")) open.pop();
    else if (part.startsWith("<")) {
      if (part.endsWith("/>")) continue;
      const classes = ` ${/class="([^"]*)"/.exec(part)?.[1] ?? ""} `;
      open.push(FACES.find(([name]) => classes.includes(` ${name} `))?.[1] ?? open.at(-1) ?? "Main-Regular");
    } else {
      const face = (found[open.at(-1) ?? "Main-Regular"] ??= new Set());
      for (const letter of part.replace(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? "")) face.add(letter);
    }
  }
}

// Returns what all formulas use: for each face its characters with the number of pages, and the pairs of sizes. A page where something failed is tried again next time.
export async function formulas(out, curriculum) {
  const folder = path.join(out, "formulas");
  await mkdir(folder, { recursive: true });
  const ledger = path.join(folder, "_made.json");
  const before = await readFile(ledger, "utf8").then(JSON.parse, () => ({}));
  const failures = [], after = {};
  for await (const file of markdown(curriculum)) {
    const name = path.relative(curriculum, file);
    const text = await readFile(file, "utf8");
    const hash = createHash("sha256").update(`${katex.version} light`).update(text).digest("hex").slice(0, 20);
    if (before[name]?.hash === hash) { after[name] = before[name]; continue; }
    const failed = failures.length;
    const made = set(text, name, failures);
    if (Object.keys(made).length || before[name]) {
      await writeFile(path.join(folder, path.basename(path.dirname(file)) + ".json"), JSON.stringify(made));
    }
    const faces = {};
    for (const html of Object.values(made)) drawn(html ?? "", faces);
    const sizes = [...new Set(Object.values(made).flatMap((html) => [...(html ?? "").matchAll(/(reset-size\d+) (size\d+)/g)].map(([pair]) => pair)))];
    const characters = Object.fromEntries(Object.entries(faces).map(([face, letters]) => [face, [...letters].sort().join("")]));
    if (failures.length === failed) after[name] = { hash, characters, sizes };
  }
  await writeFile(ledger, JSON.stringify(after));
  await writeFile(path.join(folder, "_failures.json"), JSON.stringify(failures));
  for (const failure of failures) console.error("formula:", failure);
  const all = {}, allSizes = new Set();
  for (const { characters, sizes } of Object.values(after)) {
    for (const pair of sizes) allSizes.add(pair);
    for (const [face, letters] of Object.entries(characters)) {
      const count = (all[face] ??= new Map());
      for (const letter of letters) count.set(letter, (count.get(letter) ?? 0) + 1);
    }
  }
  return { characters: all, sizes: allSizes };
}
