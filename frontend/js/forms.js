// A tick should not throw the reader to the top of a new page: send the form, take the new part of the page, keep
// the place and the focus. If anything goes wrong the form is sent the ordinary way.
export function attachQuietForms() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("quiet" in form.dataset)) return;
    const region = form.closest("[data-swap]");
    if (!region) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const order = [...region.querySelectorAll("button")].indexOf(button);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) throw new Error(String(answer.status));
      if (new URL(answer.url).pathname !== location.pathname) { location.href = answer.url; return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(region.id);
      if (!fresh) throw new Error("region");
      const open = [...region.querySelectorAll("details")].map((d) => d.open);
      region.replaceChildren(...fresh.childNodes);
      if (fresh.dataset.say) document.getElementById("said").textContent = fresh.dataset.say;
      region.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? d.open; });
      const again = button.id && document.getElementById(button.id);
      (again || region.querySelectorAll("button")[Math.min(order, region.querySelectorAll("button").length - 1)])?.focus({ preventScroll: true });
    } catch {
      delete form.dataset.quiet;
      form.submit();
    }
  });
}
