/**
 * What a training is not to learn from because people were alerted on it.
 *
 * @module
 */
import type { ExcludedWindow, Exclusion } from "../model/excluded_windows.ts";
import { sessionKey } from "../window/session_identity.ts";
import type { AlertedWindow } from "./rows.ts";
import type { State } from "./state.ts";

/**
 * The anomalous windows of each alert of a stream, unless people said that nothing was the matter, or that it was meant to be.
 *
 * @param titleOf What an alert is about, in a few words, by its saved form (`null` = it is forgotten). Default: nobody says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { alertExclusions } from "./alert_exclusions.ts";
 * import { State } from "./state.ts";
 *
 * const state = State.open(":memory:");
 * const verdict = { stream: "shop", key: "db@a", kind: "window" as const, service: "db", start: 0, end: 60_000, lines: 9, score: 4,
 *   threshold: 1, anomalous: true, reasons: [] };
 * state.putVerdicts([verdict], "v0001");
 * state.putAlertsOf("shop", new Map([["db@a", "a1"]]));
 * const [{ why, name, windows }] = alertExclusions("shop", state);
 * assert.deepEqual([why, name, windows[0].service, windows[0].end], ["alert", "a1", "db", 60_000]);
 * state.close();
 * ```
 */
export function alertExclusions(
  stream: string,
  state: State,
  titleOf: (body: string | null) => string = () => "",
): Exclusion[] {
  const windows = Map.groupBy(state.alertedWindows(stream), ({ alert }) => alert);
  return [...windows].flatMap(([id, own]): Exclusion[] => {
    const said = state.feedback.of(id)?.said;
    if (said === "false" || said === "expected") return [];
    const title = titleOf(state.alert(id)?.body ?? null);
    return [{ why: "alert", name: id, title, certain: said === "true", windows: own.map(excludedWindow) }];
  });
}

function excludedWindow({ key, kind, service, start, end }: AlertedWindow): ExcludedWindow {
  if (kind === "window") return { kind, key: null, service, start, end };
  return { kind, key: sessionKey(key, start), service: null, start, end: end + 1 }; // a session's last record is in it
}
