// Formulas of a question are drawn with its figures, so they could not be set ahead of time: they stand as readable
// text until the typesetter, which is fetched only where there is one, has set them.
export async function setFormulas() {
  const waiting = [...document.querySelectorAll("[data-tex]")];
  if (!waiting.length) return;
  const { default: katex } = await import("katex");
  for (const place of waiting) {
    const made = document.createElement("span");
    try {
      katex.render(place.dataset.tex, made, { displayMode: "display" in place.dataset, output: "htmlAndMathml", throwOnError: true, trust: false, maxExpand: 200 });
      place.replaceWith(...made.childNodes);
    } catch {
      // the text says the same
    }
  }
}
