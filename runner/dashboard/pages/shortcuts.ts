/**
 * The keys that pages know, as they are shown.
 *
 * @module
 */
import { html } from "./html.ts";
import type { Html } from "./page_context.ts";

const KEYS: readonly [keys: string, does: string][] = [
  ["/", "Search"],
  ["g o", "Overview"],
  ["g i", "Incidents"],
  ["g t", "Templates"],
  ["g m", "Models"],
  ["g h", "Health"],
  ["j / k", "Next, previous row"],
  ["Enter", "Open the row"],
  ["t", "Span of time and zone"],
  ["[ / ]", "A span back, on"],
  ["-", "Twice as long a span"],
  ["a", "Acknowledge the incident"],
  ["s", "Silence the incident"],
  ["r", "Refresh now"],
  ["?", "These keys"],
  ["Esc", "Close what is open"],
];

/** The dialog; scripts open it. */
export function shortcutsDialog(): Html {
  const rows = KEYS.map(([keys, does]) => {
    const parts = keys.split(" ").map((key) =>
      key === "/" && keys.length > 1 ? html`<span>or</span>` : html`<kbd>${key}</kbd>`
    );
    return html`
      <div>
        <dt>${parts}</dt>
        <dd>${does}</dd>
      </div>
    `;
  });
  return html`
    <dialog id="shortcuts" aria-labelledby="shortcuts-title" data-keep>
      <form method="dialog">
        <h2 id="shortcuts-title">Keys</h2>
        <dl>${rows}</dl>
        <label><input type="checkbox" id="keys-on" checked /> Keys of one letter work</label>
        <button>Close</button>
      </form>
    </dialog>
  `;
}
