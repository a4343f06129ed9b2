/**
 * What folds: menus that close when one goes elsewhere, parts that an address leads into.
 *
 * @module
 */

/** Makes menus close, and opens what the address points into. */
export function startMenus() {
  document.addEventListener("pointerdown", ({ target }) => closeMenus(/** @type {Node} */ (target)));
  document.addEventListener("focusin", ({ target }) => closeMenus(/** @type {Node} */ (target)));
  addEventListener("hashchange", openTarget);
  openTarget();
}

/**
 * Closes menus that a node is not in.
 *
 * @param {Node | null} inside
 * @returns {boolean} Whether one was open.
 */
export function closeMenus(inside) {
  let wasOpen = false;
  for (
    const menu
      of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"))
  ) {
    if (inside !== null && menu.contains(inside)) continue;
    menu.open = false;
    wasOpen = true;
  }
  return wasOpen;
}

/** Opens every fold around what the address names, and what it names itself. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let isOpened = false;
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
    isOpened ||= !fold.open;
    fold.open = true;
  }
  if (isOpened) target?.scrollIntoView();
}
