// A rubric by keyboard: 1, 2 and 3 grade the point at hand and go on to the next that has no grade; Ctrl+Enter keeps.
export function attachGrading(form) {
  const points = [...form.querySelectorAll(".criterion")];
  for (const hint of form.querySelectorAll(".scripted")) hint.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.altKey || event.target.closest("dialog") || event.target.matches("textarea, input:not([type=radio])")) return;
    if (event.ctrlKey) {
      if (event.key !== "Enter") return;
      form.requestSubmit(form.querySelector("[value=keep]"));
      event.preventDefault();
      return;
    }
    const at = ["1", "2", "3"].indexOf(event.key);
    if (at < 0) return;
    const open = points.filter((point) => !point.querySelector(":checked"));
    const point = event.target.closest(".criterion") ?? open[0];
    if (!point) return;
    point.querySelectorAll("input")[at].checked = true;
    const next = points.find((other) => other !== point && !other.querySelector(":checked"));
    (next ? next.querySelector("input") : form.querySelector("[value=keep]")).focus();
    event.preventDefault();
  });
}
