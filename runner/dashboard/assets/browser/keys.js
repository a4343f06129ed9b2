/**
 * Keys: one letter does one thing, unless somebody types.
 *
 * @module
 */
import { closeMenus } from "./menus.js";
import { refresh } from "./live.js";

/** What `g` leads to, by the letter behind it. */
const PLACES = { o: "overview", i: "incidents", t: "templates", m: "models", h: "health" };
/** How long `g` waits for its letter, ms. */
const WAIT = 1500;

/** Makes keys work; the dialog that shows them can turn them off. */
export function startKeys() {
  const isOn = /** @type {HTMLInputElement | null} */ (document.getElementById("keys-on"));
  if (isOn === null) return;
  isOn.checked = localStorage.getItem("keys") !== "off";
  isOn.addEventListener("change", () => localStorage.setItem("keys", isOn.checked ? "on" : "off"));
  let wentAt = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave();
    if (!isOn.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isPlace = event.timeStamp - wentAt < WAIT;
    wentAt = !isPlace && event.key === "g" ? event.timeStamp : -Infinity;
    if (isPlace ? goTo(event.key) : act(event.key)) event.preventDefault();
  });
}

/**
 * Whether a key belongs to what is typed into.
 *
 * @param {EventTarget | null} target
 */
function isTyping(target) {
  return target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));
}

/** Closes what is open; what is typed in is left. */
function leave() {
  const menu = document.activeElement?.closest("details.menu");
  if (closeMenus(null)) return menu?.querySelector("summary")?.focus();
  const action =
    /** @type {HTMLDetailsElement | null} */ (document.activeElement?.closest("details.action[open]"));
  if (action) return action.open = false, action.querySelector("summary")?.focus();
  if (isTyping(document.activeElement)) /** @type {HTMLElement} */ (document.activeElement).blur();
}

/**
 * @param {string} letter
 * @returns {boolean} Whether there is such a place.
 */
function goTo(letter) {
  if (!Object.hasOwn(PLACES, letter)) return false;
  const place = PLACES[/** @type {keyof typeof PLACES} */ (letter)];
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("#masthead nav a"));
  const link = [...links].find(({ pathname }) => pathname.endsWith(`/${place}`));
  link?.click();
  return link !== undefined;
}

/**
 * @param {string} key
 * @returns {boolean} Whether it means something here.
 */
function act(key) {
  if (key === "/") return focus(document.getElementById("search"));
  if (key === "?") {
    return /** @type {HTMLDialogElement} */ (document.getElementById("shortcuts")).showModal(), true;
  }
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "r") return void refresh(), true;
  if (key === "t") return unfold(document.getElementById("range"));
  const marked = document.querySelector(
    `main [data-key="${CSS.escape(key)}"], #range [data-key="${CSS.escape(key)}"]`,
  );
  if (marked instanceof HTMLDetailsElement) return unfold(marked);
  if (marked instanceof HTMLAnchorElement) return marked.click(), true;
  return false;
}

/**
 * @param {HTMLElement | null | undefined} element
 * @returns {boolean} Whether there is one.
 */
function focus(element) {
  element?.focus();
  return element !== null && element !== undefined;
}

/**
 * Opens a fold and goes to the first thing in it.
 *
 * @param {HTMLElement | null} fold
 * @returns {boolean} Whether there is one.
 */
function unfold(fold) {
  if (!(fold instanceof HTMLDetailsElement)) return false;
  fold.open = true;
  fold.scrollIntoView({ block: "nearest" });
  return focus(
    /** @type {HTMLElement | null} */ (fold.querySelector(
      "a, input:not([type=hidden]), select, button, textarea",
    )),
  );
}

/**
 * Goes from row to row of the lists: to the first link of each.
 *
 * @param {1 | -1} by
 * @returns {boolean} Whether there are rows.
 */
function step(by) {
  const rows = [...document.querySelectorAll("[data-list] > li, [data-list] > tbody > tr")]
    .filter((row) => row.checkVisibility() && row.querySelector("a") !== null);
  const links = rows.map((row) => row.querySelector("a"));
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const last = rows.length - 1, first = by === 1 ? 0 : last;
  const next = at === -1 ? first : Math.min(last, Math.max(0, at + by));
  links[next]?.scrollIntoView({ block: "nearest" });
  return focus(links[next]);
}
