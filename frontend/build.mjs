// Makes the browser's assets: styles, islands, fonts, and every formula of the curriculum set ahead of time.
// Usage: node build.mjs OUT CURRICULUM            everything
//        node build.mjs OUT CURRICULUM formulas   only the formulas of pages that changed
import { build } from "esbuild";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import path from "node:path";
import { subset } from "./fonts.mjs";
import { formulas } from "./formulas.mjs";

const [out, curriculum, only] = process.argv.slice(2);
const modules = path.resolve("node_modules");

const FONTS = {
  "alegreya": ["400-normal", "400-italic", "700-normal"],
  "source-sans-3": ["400-normal", "600-normal"],
  "ibm-plex-mono": ["400-normal"],
};
// Figures of every kind in the sans, which sets the tables; ligatures in running text.
const FEATURES = { "400-normal": ["kern", "liga", "onum", "pnum", "lnum"], "other": ["kern", "onum"], "sans": ["kern", "lnum", "tnum", "pnum"] };

// A face of KaTeX's with more characters than this is split, into those of at least so many pages and the rest.
const MANY = 60;
const FEW_PAGES = 6;

// What nearly every page shows. The rest of Latin is in a second file, which a browser fetches when it meets one of them.
const PLAIN = [...Array(95).keys()].map((i) => String.fromCharCode(32 + i)).join("") + "\u00a0–—‘’“”…−×·éü";
const COMMON = PLAIN + "äö±²³¹⁰⁴⁵⁶⁷⁸⁹⁻½¼¾°§";

async function textFonts() {
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const [family, faces] of Object.entries(FONTS)) {
    for (const face of faces) {
      const name = `${family}-latin-${face}`;
      const features = family === "alegreya" ? FEATURES[face] ?? FEATURES.other : FEATURES.sans;
      const file = path.join(modules, "@fontsource", family, "files", `${name}.woff2`);
      await writeFile(path.join(out, "fonts", `${name}.woff2`), await subset(await readFile(file), face === "400-normal" && family !== "ibm-plex-mono" ? COMMON : PLAIN, features));
      await copyFile(file, path.join(out, "fonts", `${name}-all.woff2`));
    }
  }
}

// KaTeX's fonts, each with the characters that some formula shows in it; what few pages show is in a second file.
async function formulaFonts({ characters, sizes }) {
  const rare = {};
  for (const [face, pages] of Object.entries(characters)) {
    const font = await readFile(path.join(modules, `katex/dist/fonts/KaTeX_${face}.woff2`));
    const every = [...pages.keys()].sort();
    rare[face] = every.length > MANY ? every.filter((letter) => pages.get(letter) < FEW_PAGES) : [];
    const common = every.filter((letter) => !rare[face].includes(letter));
    await writeFile(path.join(out, "fonts", `KaTeX_${face}.woff2`), await subset(font, common, ["kern"]));
    if (rare[face].length) await writeFile(path.join(out, "fonts", `KaTeX_${face}-rare.woff2`), await subset(font, rare[face], ["kern"]));
  }
  let css = await readFile(path.join(modules, "katex/dist/katex.min.css"), "utf8");
  // Keep only the woff2 of each face: every browser Cairn supports reads it.
  css = css.replace(/,url\([^)]*\.woff\) format\("woff"\)/g, "").replace(/,url\([^)]*\.ttf\) format\("truetype"\)/g, "");
  css = css.replace(/@font-face\{[^}]*\}/g, (rule) => {
    const face = /KaTeX_([\w-]+)\.woff2/.exec(rule)[1];
    if (!(face in characters)) return "";
    if (!rare[face].length) return rule;
    const range = rare[face].map((letter) => `U+${letter.codePointAt(0).toString(16)}`).join(",");
    return rule + rule.replace(".woff2", "-rare.woff2").replace(/}$/, `;unicode-range:${range}}`);
  });
  // Of the 242 rules that turn one size into another a curriculum uses a handful.
  css = css.replace(/\.katex \.fontsize-ensurer\.(reset-size\d+)\.(size\d+),[^{]*\{[^}]*\}/g, (rule, from, to) => (sizes.has(`${from} ${to}`) ? rule : ""));
  await writeFile(path.join(out, "katex.css"), css);
}

// A font may be kept for ever, so its address changes when it does.
async function stampFonts() {
  const hashes = {};
  for (const file of await readdir(path.join(out, "fonts"))) hashes[file] = await hashOf(path.join(out, "fonts", file));
  for (const file of await readdir(out)) {
    if (!file.endsWith(".css")) continue;
    const css = await readFile(path.join(out, file), "utf8");
    await writeFile(path.join(out, file), css.replace(/fonts\/([\w.-]+?\.woff2)/g, (_, name) => `fonts/${name}?v=${hashes[name]}`));
  }
}

async function hashOf(file) {
  return createHash("sha256").update(await readFile(file)).digest("hex").slice(0, 10);
}

async function bundles() {
  await build({
    entryPoints: { cairn: "js/cairn.js", map: "js/map.js", editor: "js/editor.js", author: "js/author.js", asking: "js/asking.js", plan: "js/plan.js", study: "js/study.js", playground: "js/playground.js" },
    outdir: out, bundle: true, minify: true, splitting: true, chunkNames: "parts/[name]-[hash]", format: "esm", target: "es2022", legalComments: "none",
  });
  await build({
    entryPoints: { style: "css/style.css", mapstyle: "css/map.css", practice: "css/practice.css", page: "css/page.css", asking: "css/asking.css", plan: "css/plan.css", study: "css/study.css", playground: "css/playground.css" },
    outdir: out, bundle: true, minify: true, external: ["*.woff2"], target: ["chrome111", "firefox115", "safari16.4"],
  });
}

// Addresses carry a hash of the content, so a browser may keep an asset for ever.
async function manifest() {
  const entries = {};
  async function walk(folder) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) { if (entry.name !== "formulas") await walk(full); continue; }
      const name = path.relative(out, full).split(path.sep).join("/");
      entries[name] = await hashOf(full);
    }
  }
  await walk(out);
  await writeFile(path.join(out, "manifest.json"), JSON.stringify(entries));
}

await mkdir(out, { recursive: true });
const used = await formulas(out, curriculum);
if (only !== "formulas") {
  await textFonts();
  await formulaFonts(used);
  await bundles();
  await stampFonts();
  await manifest();
}
