// Cuts a font down to the characters and features that Cairn's pages show.
import fontverter from "fontverter";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const FEATURE_TAGS = 6; // HB_SUBSET_SETS_LAYOUT_FEATURE_TAG
const NO_HINTING = 1; // HB_SUBSET_FLAGS_NO_HINTING: screens are fine enough, and hints weigh a third
const tag = (name) => [...name].reduce((sum, letter) => (sum << 8) + letter.charCodeAt(0), 0);

let loaded;
async function harfbuzz() {
  const file = createRequire(import.meta.url).resolve("harfbuzzjs/hb-subset.wasm");
  loaded ??= (await WebAssembly.instantiate(await readFile(file))).instance.exports;
  return loaded;
}

// The bytes of a WOFF2 font with only some characters and layout features.
export async function subset(font, characters, features) {
  const hb = await harfbuzz();
  const source = await fontverter.convert(font, "truetype");
  const at = hb.malloc(source.byteLength);
  new Uint8Array(hb.memory.buffer).set(source, at);
  const blob = hb.hb_blob_create(at, source.byteLength, 2, 0, 0);
  const face = hb.hb_face_create(blob, 0);
  hb.hb_blob_destroy(blob);
  const input = hb.hb_subset_input_create_or_fail();
  hb.hb_subset_input_set_flags(input, NO_HINTING);
  const kept = hb.hb_subset_input_set(input, FEATURE_TAGS);
  hb.hb_set_clear(kept);
  for (const name of features) hb.hb_set_add(kept, tag(name));
  const wanted = hb.hb_subset_input_unicode_set(input);
  for (const character of characters) hb.hb_set_add(wanted, character.codePointAt(0));
  const made = hb.hb_subset_or_fail(face, input);
  hb.hb_subset_input_destroy(input);
  hb.hb_face_destroy(face);
  hb.free(at);
  if (!made) throw new Error("a font could not be cut down");
  const result = hb.hb_face_reference_blob(made);
  const start = hb.hb_blob_get_data(result, 0);
  const bytes = Buffer.from(new Uint8Array(hb.memory.buffer).slice(start, start + hb.hb_blob_get_length(result)));
  hb.hb_blob_destroy(result);
  hb.hb_face_destroy(made);
  return await fontverter.convert(bytes, "woff2", "truetype");
}
