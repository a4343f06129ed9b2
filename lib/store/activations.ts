/**
 * Which versions of a registry were active, and since when.
 *
 * @module
 */
import { savedFields } from "../record/saved_fields.ts";

const { amount, fieldsOf, nullOr, text } = savedFields("an activation");

/** How a version can become the active one. */
export const ACTIVATIONS = ["trained", "changed", "activated", "promoted", "rolled back"] as const;

/** One of {@linkcode ACTIVATIONS}. */
export type ActivationWay = typeof ACTIVATIONS[number];

/** A version became the active one. */
export interface Activation {
  version: string;
  /** When, ms since the epoch; NaN where nobody noted it. */
  at: number;
  how: ActivationWay;
}

/** Activations that are remembered. */
const REMEMBERED = 1000;

/**
 * Reads a history, a line each, oldest first. A line that says nothing is passed over: it takes no other with it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { activationsText, readActivations } from "./activations.ts";
 *
 * const history = [{ version: "v0001", at: 5, how: "trained" as const }];
 * assert.deepEqual(readActivations(activationsText(history) + "{half a li"), history);
 * ```
 */
export function readActivations(written: string): Activation[] {
  return written.split("\n").flatMap((line) => {
    try {
      const fields = fieldsOf(JSON.parse(line), "the line"), how = text(fields.how, "how");
      return [{
        version: text(fields.version, "version"),
        at: nullOr(fields.at, "at", amount) ?? NaN,
        how: ACTIVATIONS.find((way) => way === how) ?? "activated",
      }];
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) {
        return [];
      }
      throw error;
    }
  });
}

/** What {@linkcode readActivations} reads: the latest thousand. */
export function activationsText(history: readonly Activation[]): string {
  return history.slice(-REMEMBERED).map(({ version, at, how }) =>
    JSON.stringify({ version, at: Number.isNaN(at) ? null : at, how }) + "\n"
  ).join("");
}

/**
 * A history as it really was: what was written down and then not done, because the process died in between, is left out, and what
 * is active by nobody's note is added.
 *
 * @param active The active version; `null` = none.
 * @param since Since when it may be active, ms, where no line says so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { settledActivations } from "./activations.ts";
 *
 * const history = ["v0001", "v0002"].map((version, at) => ({ version, at, how: "trained" as const }));
 * assert.deepEqual(settledActivations(history, "v0001", 9), [history[0]]);
 * assert.deepEqual(settledActivations([], "v0007", 9), [{ version: "v0007", at: 9, how: "activated" }]);
 * ```
 */
export function settledActivations(
  history: readonly Activation[],
  active: string | null,
  since: number,
): Activation[] {
  if (active === null) return [];
  const last = history.findLastIndex(({ version }) => version === active);
  return last < 0
    ? [...history, { version: active, at: since, how: "activated" }]
    : history.slice(0, last + 1);
}

/**
 * The version that was active before the active one: what a rollback leads back to. Each rollback goes one further back, and what
 * was rolled back from is not come back to.
 *
 * @param history Settled: its last entry is the active version.
 * @param isThere Whether a version still exists; others are passed over.
 * @returns `null` where nothing was active before.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type Activation, previousActivation } from "./activations.ts";
 *
 * const history: Activation[] = ["v0001", "v0002", "v0003"].map((version, at) => ({ version, at, how: "trained" }));
 * assert.equal(previousActivation(history), "v0002");
 * history.push({ version: "v0002", at: 3, how: "rolled back" });
 * assert.equal(previousActivation(history), "v0001");
 * assert.equal(previousActivation(history, (version) => version !== "v0001"), null);
 * ```
 */
export function previousActivation(
  history: readonly Activation[],
  isThere: (version: string) => boolean = () => true,
): string | null {
  const way: string[] = [];
  for (const { version, how } of history) {
    const place = how === "rolled back" ? way.lastIndexOf(version) : -1;
    if (place >= 0) way.length = place + 1;
    else if (way.at(-1) !== version) way.push(version);
  }
  const active = way.at(-1);
  return way.slice(0, -1).findLast((version) => version !== active && isThere(version)) ?? null;
}
