import assert from "node:assert/strict";
import { topReasons } from "../../lib/chart/top_reasons.ts";

const reason = (id: string, share: number, title = id) => ({ id, title, share });

Deno.test("topReasons() adds up shares over anomalous windows only, greatest first", () => {
  const chart = topReasons([
    { anomalous: true, reasons: [reason("a", 0.25), reason("b", 0.75)] },
    { anomalous: true, reasons: [reason("b", 1)] },
    { anomalous: false, reasons: [reason("c", 1)] },
  ]);
  assert.equal(chart.toText(), "Top reasons of 2 anomalous windows: b (1.75), a (0.25).");
});

Deno.test("topReasons() keeps reasons apart whose titles look alike", () => {
  const chart = topReasons([{
    anomalous: true,
    reasons: [reason("a", 0.6, "full"), reason("b", 0.4, "full")],
  }]);
  assert.equal(chart.toText(), "Top reasons of 1 anomalous window: full (0.6), full (2) (0.4).");
});

Deno.test("topReasons() draws at most `limit` bars", () => {
  const reasons = Array.from({ length: 30 }, (_, index) => reason(`t${index}`, 1 / 30));
  const { data } = topReasons([{ anomalous: true, reasons }], { limit: 3 }).spec as {
    data: { values: unknown[] };
  };
  assert.equal(data.values.length, 3);
  for (const limit of [0, -1, 1.5]) {
    assert.throws(() => topReasons([], { limit }), /^RangeError: Cannot chart reasons/);
  }
});

Deno.test("topReasons() of no anomalous window is an empty chart", () => {
  assert.equal(topReasons([{ anomalous: false, reasons: [] }]).toText(), "Top reasons: no anomalous windows");
});

Deno.test("topReasons() names reasons as people read them", () => {
  const order = { ...reason("T1 T2", 0.5, "login"), kind: "order", note: "followed by: logout" } as const;
  const level = { ...reason("error", 0.5), kind: "level" } as const;
  assert.match(
    topReasons([{ anomalous: true, reasons: [order, level] }]).toText(),
    /`login` directly before `logout` \(0\.5\), Records of level error \(0\.5\)/,
  );
});
