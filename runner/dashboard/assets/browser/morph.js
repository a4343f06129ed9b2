/**
 * One tree made like another without being made anew: what stays keeps its focus, its scroll position, what is open and what is typed.
 *
 * Elements are the same where they have the same `id` or `data-key`, or, without either, the same name at the same place. Left alone is
 * what has `data-keep` (of `data-keep="children"` what is in it) and what scripts added, `data-own`.
 *
 * @module
 */

/** Class of what came in: it may show that it is new. */
const FRESH = "fresh";

/**
 * Makes `from` like `to`.
 *
 * @param {Element} from In the page.
 * @param {Element} to Of another document, which is not changed.
 */
export function morph(from, to) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  morphElement(from, to);
  if (focused !== null && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
  }
}

/**
 * @param {Element} from
 * @param {Element} to
 */
function morphElement(from, to) {
  const { keep } = /** @type {HTMLElement} */ (from).dataset ?? {};
  if (keep === "") return;
  morphAttributes(from, to);
  if (keep !== "children") morphChildren(from, to);
}

/**
 * @param {Element} from
 * @param {Element} to
 */
function morphAttributes(from, to) {
  for (const { name, value } of to.attributes) {
    if (name !== "open" && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (name !== "open" && !to.hasAttribute(name)) from.removeAttribute(name);
  }
}

/**
 * @param {Element} from
 * @param {Element} to
 */
function morphChildren(from, to) {
  const known = new Map(
    [...from.children].flatMap((child) => keyOf(child) === null ? [] : [[keyOf(child), child]]),
  );
  let place = skipOwn(from.firstChild);
  for (const next of to.childNodes) {
    const key = keyOf(next), same = key === null ? alike(place, next) : known.get(key);
    if (same === undefined) {
      const added = from.insertBefore(document.importNode(next, true), place);
      if (key !== null) /** @type {Element} */ (added).classList.add(FRESH);
      continue;
    }
    if (same === place) place = skipOwn(place?.nextSibling ?? null);
    else from.insertBefore(same, place);
    morphNode(same, next);
  }
  while (place !== null) {
    const rest = place;
    place = skipOwn(place.nextSibling);
    rest.remove();
  }
}

/**
 * @param {ChildNode} from
 * @param {ChildNode} to
 */
function morphNode(from, to) {
  if (from instanceof Element) morphElement(from, /** @type {Element} */ (to));
  else if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
}

/**
 * The node itself if it is like another one and neither has a name of its own.
 *
 * @param {ChildNode | null} place
 * @param {ChildNode} next
 */
function alike(place, next) {
  return place !== null && keyOf(place) === null && place.nodeName === next.nodeName ? place : undefined;
}

/**
 * @param {Node} node
 * @returns {string | null} What it is known by.
 */
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const element = /** @type {Element} */ (node);
  return element.getAttribute("id") ?? element.getAttribute("data-key");
}

/**
 * The next node that scripts did not add.
 *
 * @param {ChildNode | null} node
 * @returns {ChildNode | null}
 */
function skipOwn(node) {
  let next = node;
  while (next instanceof Element && next.hasAttribute("data-own")) next = next.nextSibling;
  return next;
}
