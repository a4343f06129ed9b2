/**
 * Forms that need no button, and texts that one click copies.
 *
 * @module
 */

/** Makes filters work as soon as one is chosen, and commands be copied. */
export function startForms() {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    target.closest("form")?.matches("[data-filters]") && target.form?.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method === "get") event.preventDefault(), location.assign(addressOf(form));
  });
  for (const text of document.querySelectorAll("[data-copy]")) text.after(copyButton(text));
}

/**
 * The address that a form leads to, without what is empty: it is read, kept and sent by people.
 *
 * @param {HTMLFormElement} form
 * @returns {string}
 */
function addressOf(form) {
  const address = new URL(form.action);
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  address.search = new URLSearchParams(fields.map(([name, value]) => [name, String(value)])).toString();
  return address.href;
}

/**
 * @param {Element} text
 * @returns {HTMLButtonElement}
 */
function copyButton(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.dataset.own = "";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent ?? "");
    button.textContent = "Copied";
  });
  return button;
}
