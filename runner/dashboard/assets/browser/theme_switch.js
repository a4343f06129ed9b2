/**
 * The button that changes between the system's colours, light and dark.
 *
 * @module
 */

/** What comes after what. */
const NEXT = { system: "light", light: "dark", dark: "system" };

/** Event on the document when colours are others. */
export const COLOURS_CHANGED = "colours-changed";

/** Makes the button work. */
export function startTheme() {
  const button = document.getElementById("theme");
  const tell = () => document.dispatchEvent(new Event(COLOURS_CHANGED));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  if (button === null) return;
  name(button);
  button.addEventListener("click", () => {
    const next = NEXT[current()];
    if (next === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", next);
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    name(button);
    tell();
  });
}

/** @returns {keyof typeof NEXT} What is chosen. */
function current() {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** @param {HTMLElement} button */
function name(button) {
  const now = current();
  button.dataset.now = now;
  button.textContent = "";
  button.setAttribute("aria-label", `Colours: ${now}; change to ${NEXT[now]}`);
  button.title = `Colours: ${now}`;
}
