// Makes the browser's assets: styles, islands, fonts, and every formula of the curriculum set ahead of time.
// Usage: node build.mjs OUT CURRICULUM
import { build } from "esbuild";
import katex from "katex";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import path from "node:path";

const [out, curriculum] = process.argv.slice(2);
const modules = path.resolve("node_modules");

const FONTS = {
  "alegreya": ["400-normal", "400-italic", "700-normal"],
  "source-sans-3": ["400-normal", "600-normal"],
  "ibm-plex-mono": ["400-normal"],
};

async function fonts() {
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const [family, faces] of Object.entries(FONTS)) {
    for (const face of faces) {
      const file = `${family}-latin-${face}.woff2`;
      await cp(path.join(modules, "@fontsource", family, "files", file), path.join(out, "fonts", file));
    }
  }
  const katexFonts = path.join(modules, "katex/dist/fonts");
  for (const file of await readdir(katexFonts)) {
    if (file.endsWith(".woff2")) await cp(path.join(katexFonts, file), path.join(out, "fonts", file));
  }
  let css = await readFile(path.join(modules, "katex/dist/katex.min.css"), "utf8");
  // Keep only the woff2 of each face: every browser Cairn supports reads it.
  css = css.replace(/,url\([^)]*\.woff\) format\("woff"\)/g, "").replace(/,url\([^)]*\.ttf\) format\("truetype"\)/g, "");
  await writeFile(path.join(out, "katex.css"), css);
}

async function bundles() {
  await build({
    entryPoints: { cairn: "js/cairn.js", map: "js/map.js", editor: "js/editor.js" },
    outdir: out, bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none",
  });
  await build({
    entryPoints: { style: "css/style.css", mapstyle: "css/map.css", practice: "css/practice.css" },
    outdir: out, bundle: true, minify: true, external: ["*.woff2"], target: ["chrome111", "firefox115", "safari16.4"],
  });
}

// The same grammar as the page renderer: code is left alone, $$...$$ may span lines, $...$ may not.
const SKIP_OR_MATH = /```[\s\S]*?```|`[^`\n]*`|\\\$|\$\$([\s\S]+?)\$\$|\$((?:\\.|[^$\n\\])+)\$/g;

async function* markdown(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* markdown(full);
    else if (entry.name.endsWith(".md")) yield full;
  }
}

async function formulas() {
  await mkdir(path.join(out, "formulas"), { recursive: true });
  const failures = [];
  for await (const file of markdown(curriculum)) {
    const text = await readFile(file, "utf8");
    const made = {};
    for (const [, display, inline] of text.matchAll(SKIP_OR_MATH)) {
      const tex = display ?? inline;
      if (tex === undefined) continue;
      const key = (display === undefined ? "i:" : "d:") + tex.trim();
      if (key in made) continue;
      try {
        made[key] = katex.renderToString(tex.trim(), { displayMode: display !== undefined, output: "htmlAndMathml", strict: "error", trust: false });
      } catch (error) {
        failures.push(`${path.relative(curriculum, file)}: ${error.message}`);
        made[key] = null;
      }
    }
    if (Object.keys(made).length) {
      await writeFile(path.join(out, "formulas", path.basename(path.dirname(file)) + ".json"), JSON.stringify(made));
    }
  }
  await writeFile(path.join(out, "formulas", "_failures.json"), JSON.stringify(failures));
  for (const failure of failures) console.error("formula:", failure);
}

// Addresses carry a hash of the content, so a browser may keep an asset for ever.
async function manifest() {
  const entries = {};
  async function walk(folder) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) { if (entry.name !== "formulas") await walk(full); continue; }
      const name = path.relative(out, full).split(path.sep).join("/");
      entries[name] = createHash("sha256").update(await readFile(full)).digest("hex").slice(0, 10);
    }
  }
  await walk(out);
  await writeFile(path.join(out, "manifest.json"), JSON.stringify(entries));
}

await mkdir(out, { recursive: true });
await fonts();
await bundles();
await formulas();
await manifest();
