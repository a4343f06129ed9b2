import assert from "node:assert/strict";
import { alertExclusions } from "../../lib/store/alert_exclusions.ts";
import { State } from "../../lib/store/state.ts";

const VERDICT = {
  ...{ stream: "shop", service: "db", start: 0, end: 60_000, lines: 9, score: 4, threshold: 1 },
  ...{ anomalous: true, reasons: [] },
};

Deno.test("alertExclusions() asks for titles by the saved alert, and says null where it is forgotten", () => {
  const state = State.open(":memory:");
  try {
    state.putVerdicts([{ ...VERDICT, key: "db@a", kind: "window" }, {
      ...VERDICT,
      key: "o1",
      kind: "session",
    }], "v0001");
    state.putAlertsOf("shop", new Map([["db@a", "a1"], ["o1", "a2"]]));
    state.putAlert({ id: "a1", stream: "shop", status: "closed", start: 0, end: 1, body: "{}" });
    assert.deepEqual(alertExclusions("shop", state, String).map(({ name, title }) => [name, title]), [
      ["a1", "{}"],
      ["a2", "null"],
    ]);
    const [, { title, windows }] = alertExclusions("shop", state);
    assert.deepEqual([title, windows[0].kind, windows[0].key, windows[0].end], ["", "session", "o1", 60_001]);
  } finally {
    state.close();
  }
});
