/**
 * Time zones: the browser's own, and the names of all that it knows.
 *
 * @module
 */

/** Names the browser's zone in the menu, and lists the others when somebody is about to type one. */
export function startZones() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const link = /** @type {HTMLAnchorElement | null} */ (document.getElementById("own-zone"));
  if (link !== null) nameOwn(link, own);
  const list = document.getElementById("zones");
  document.querySelector("input[list=zones]")?.addEventListener("focus", () => {
    if (list === null || list.childElementCount > 0) return;
    list.append(...Intl.supportedValuesOf("timeZone").map((zone) => new Option(zone, zone)));
  });
}

/**
 * @param {HTMLAnchorElement} link
 * @param {string} own
 */
function nameOwn(link, own) {
  link.textContent = `Browser's: ${own}`;
  link.href = addressWith({ zone: own });
  if (document.body.dataset.zone === own) link.setAttribute("aria-current", "true");
}

/**
 * This page's address with other parameters; a list begins anew.
 *
 * @param {Record<string, string | null>} changes `null` = without it.
 * @returns {string}
 */
export function addressWith(changes) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries({ after: null, ...changes })) {
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  return address.href;
}
