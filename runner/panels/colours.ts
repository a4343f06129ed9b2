/**
 * Colours of values that mean good or bad.
 *
 * @module
 */

/** By the field, from calm to bad. */
const COLOURS: Record<string, Record<string, string>> = {
  "deepscan.alert.severity": {
    low: "#6092c0",
    medium: "#d6bf57",
    high: "#e7664c",
    critical: "#aa2b1d",
  },
  "event.outcome": { success: "#54b399", failure: "#cc3d2e" },
};

/** The scale of Vega-Lite for the values of a field; nothing where they have no colours of their own. */
export function coloursOf(field: string | undefined): Record<string, unknown> {
  const colours = coloursFor(field);
  return colours.length === 0
    ? {}
    : { scale: { domain: colours.map(([value]) => value), range: colours.map(([, colour]) => colour) } };
}

/** Values of a field and their colours; empty where they have none of their own. */
export function coloursFor(field: string | undefined): [string, string][] {
  return Object.entries(COLOURS[field ?? ""] ?? {});
}
