/**
 * Lines to show, fetched where only counts were judged.
 *
 * @module
 */
import type { Reason, Verdict } from "../../explain/reason.ts";
import type { JudgedWindows } from "../judge.ts";

/** The window that a line is wanted of. */
export interface WantedWindow {
  kind: "session" | "window";
  /** The session's key; of a time window its identity. */
  key: string;
  service: string;
  /** ms UTC; NaN where its records have no times. */
  start: number;
  end: number;
}

/** Fetches a line of a template, by its id, in a window: redacted; empty where there is none. */
export type LineOf = (template: string, window: WantedWindow) => Promise<string>;

/** Kinds of reasons that are about a template. */
const OF_TEMPLATES: ReadonlySet<Reason["kind"]> = new Set(["template", "unseen", "value", "order"]);
/** Lines fetched at a time. */
const AT_ONCE = 4;

/**
 * Gives the reasons of anomalous windows that have no line to show one of their own. Once `most` lines have been fetched, reasons get
 * the one that was fetched last of their template.
 *
 * @param judged What was judged; its verdicts get new reasons.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import type { JudgedWindows } from "../judge.ts";
 * import { fetchExamples } from "./example_lines.ts";
 *
 * const why = { kind: "unseen", id: "9c1", example: "" };
 * const verdict = { kind: "window", key: "web@1970-01-01T00:00:00.000Z", service: "web", start: 0, end: 5, reasons: [why] };
 * const judged = { anomalous: new Map([[0, verdict]]), again: [] } as unknown as JudgedWindows;
 * await fetchExamples([judged], (template) => Promise.resolve(`a line of ${template}`));
 * assert.equal(judged.anomalous.get(0)!.reasons[0].example, "a line of 9c1");
 * ```
 */
export async function fetchExamples(
  judged: readonly JudgedWindows[],
  lineOf: LineOf,
  { most = 500 } = {},
): Promise<void> {
  const verdicts = judged.flatMap(({ anomalous, again }) => [...again, ...anomalous.values()]);
  const latest = new Map<string, string>();
  let left = most;
  const fetched = async (reason: Reason, window: WantedWindow): Promise<Reason> => {
    if (reason.example !== "" || !OF_TEMPLATES.has(reason.kind)) return reason;
    const template = reason.id.split(" ")[0], known = latest.get(template);
    if (left-- <= 0) {
      return known === undefined ? reason : { ...reason, example: known, exampleElsewhere: true };
    }
    const example = await lineOf(template, window);
    if (example === "") return reason;
    latest.set(template, example);
    return { ...reason, example };
  };
  const wanting = verdicts.filter(({ reasons }) => reasons.some(({ example }) => example === ""));
  for (let at = 0; at < wanting.length; at += AT_ONCE) {
    await Promise.all(
      wanting.slice(at, at + AT_ONCE).map(async (verdict) => {
        const window = windowOf(verdict), reasons: Reason[] = [];
        for (const reason of verdict.reasons) reasons.push(await fetched(reason, window));
        verdict.reasons = reasons;
      }),
    );
  }
}

/** A verdict's window; a session's key without the time of its beginning, which names it among the windows of that key. */
function windowOf({ kind, key, service, start, end }: Verdict): WantedWindow {
  const suffix = Number.isNaN(start) ? "" : `@${new Date(Math.floor(start)).toISOString()}`;
  const own = kind === "session" && suffix !== "" && key.endsWith(suffix);
  return { kind, key: own ? key.slice(0, -suffix.length) : key, service, start, end };
}
