// "Run again" without a reload: fetch the page that the form asks for, and take the one check from it.
export function attachAgain() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("again" in form.dataset)) return;
    event.preventDefault();
    const check = form.closest(".check");
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    check.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(check.id);
      if (!fresh) throw new Error("check");
      check.className = fresh.className;
      check.replaceChildren(...fresh.childNodes);
      check.querySelector("form.again button").focus({ preventScroll: true });
      document.getElementById("said").textContent = check.querySelector(".outcome").textContent;
    } catch {
      delete form.dataset.again;
      form.submit();
    } finally {
      check.removeAttribute("aria-busy");
    }
  });
}
