/**
 * The state that runs have left in a folder, for those who only look at it.
 *
 * @module
 */
import type { Verdict } from "../explain/reason.ts";
import type { AlertFacts } from "./alert_facts.ts";
import { StateError } from "./schema.ts";
import { State } from "./state.ts";

/** Name of the database in its folder. */
const DATABASE = "state.db";

/**
 * Opens the state in a folder to read it; it is never created.
 *
 * @throws {StateError} if there is none, with what makes one, or it can't be used.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openStateFolder } from "./state_folder.ts";
 *
 * const folder = await Deno.makeTempDir();
 * assert.throws(() => openStateFolder(folder), /there is no .*state\.db; `deno task detect` makes it/);
 * ```
 */
export function openStateFolder(folder: string): State {
  const path = `${folder}/${DATABASE}`;
  try {
    Deno.statSync(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new StateError(`Cannot look at the state: there is no ${path}; \`deno task detect\` makes it`, {
      cause,
    });
  }
  return State.open(path, { readOnly: true });
}

/** What was judged of one stream in an incident. */
export interface JudgedStream {
  stream: string;
  /** Version of the model that judged. */
  model: string;
  /** Verdicts on the windows of its alerts, earliest first. */
  verdicts: Verdict[];
}

/**
 * The anomalous windows of alerts, by stream, in the order in which streams are named.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { judgedStreams } from "./state_folder.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 60_000, lines: 9, score: 4,
 *   threshold: 1, anomalous: true, reasons: [] };
 * state.putStream({ name: "shop", model: "v0002", detail: {} });
 * state.putVerdicts([verdict, { ...verdict, key: "db@b" }], "v0001");
 * state.putAlertsOf("shop", new Map([["db@a", "a1"]]));
 * const [{ stream, model, verdicts }] = judgedStreams(state, [{ id: "a1", stream: "shop" }]);
 * assert.deepEqual([stream, model, verdicts.map(({ key }) => key)], ["shop", "v0001", ["db@a"]]);
 * state.close();
 * ```
 */
export function judgedStreams(
  state: State,
  alerts: readonly Pick<AlertFacts, "id" | "stream">[],
): JudgedStream[] {
  const byStream = Map.groupBy(alerts, ({ stream }) => stream);
  return [...byStream].map(([stream, own]) => {
    const ids = new Set(own.map(({ id }) => id));
    const windows = state.alertedWindows(stream).filter(({ alert }) => ids.has(alert));
    const verdicts = windows.map(({ key }) => state.verdict(stream, key)).filter((verdict) =>
      verdict !== null
    );
    return { stream, model: windows.at(-1)?.model ?? state.stream(stream)?.model ?? "", verdicts };
  });
}
