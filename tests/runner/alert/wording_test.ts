import assert from "node:assert/strict";
import type { Reason } from "../../../lib/explain/reason.ts";
import {
  countsText,
  detectorsText,
  noteText,
  techniquesText,
  whatOf,
} from "../../../runner/alert/wording.ts";
import { sampleAlert, sampleReason, sampleThreat } from "./sample_alert.ts";

/** What an alert with one reason is titled by. */
function what(some: Partial<Reason>, lines = 9): string {
  return whatOf(sampleAlert({ reasons: [sampleReason({ share: 1, ...some })], lines }));
}

const order = { kind: "order", id: "t1 t2", title: "login <*>" } as const;
const took = {
  kind: "value",
  id: "t1 took",
  title: "Request served in <*>",
  actual: 4100,
  expected: 300,
} as const;

Deno.test("whatOf() says each kind in words", () => {
  const total = { kind: "total", id: "", title: "all events" } as const;
  const gone = { title: "(shop) CMD (<*>)", actual: 0, expected: 5 };
  assert.deepEqual([
    what({ title: "disk <*> failed" }),
    what({ kind: "unseen", title: "disk <*> failed" }),
    what({ ...gone }),
    what({ ...gone, note: "last seen 2026-03-05 01:10 UTC, usually every 10 min" }),
    what({ ...gone, actual: 2 }),
    what({ kind: "level", id: "error", title: "error", actual: 43, expected: 3 }),
    what({ kind: "other", id: "other", title: "other known templates", actual: 40, expected: 12 }),
    what({ ...total, actual: 412, expected: 130 }),
    what({ ...total, actual: 12, expected: 130, span: 1_800_000 }),
    what({ ...total, actual: 0, expected: 130 }, 0),
    what({ ...total, actual: 12, expected: 130, span: 1_800_000 }, 0),
    what({ ...total, actual: 0, expected: 130, span: 1_800_000 }, 0),
    what({ ...total, actual: 40, expected: 1.1, span: 7_200_000 }, 0),
    what({ ...gone, span: 21_600_000 }),
    what(
      { ...total, actual: 0, expected: 5, note: "last seen 2026-03-05 01:10 UTC, usually every 5 min" },
      0,
    ),
    what({ ...order, note: "followed by: logout <*>" }),
    what({ ...took, note: "4.1 s, usually at most 0.3 s" }),
  ], [
    "disk <*> failed",
    "new: disk <*> failed",
    "missing: (shop) CMD (<*>) (0 instead of 5)",
    "overdue: (shop) CMD (<*>), last seen 2026-03-05 01:10 UTC, usually every 10 min",
    "fewer: (shop) CMD (<*>) (2 instead of 5)",
    "Records of level error: 43 instead of 3",
    "Other known templates: 40 instead of 12",
    "far more records than usual: 412 instead of 130",
    "far fewer records than usual: 12 instead of 130 in the last 30 min",
    "silent: no records, 130 expected",
    "silent: no records, 12 instead of 130 in the last 30 min",
    "silent: no records, 130 expected in the last 30 min",
    "far more records than usual: 40 instead of 1.1 in the last 2 h",
    "missing: (shop) CMD (<*>) (0 instead of 5 in the last 6 h)",
    "silent: no records, last seen 2026-03-05 01:10 UTC, usually every 5 min",
    "unusual order: `login <*>` directly before `logout <*>`",
    "unusual value: `took` of `Request served in <*>`: 4.1 s, usually at most 0.3 s",
  ]);
});

Deno.test("whatOf() says of a threat what it did and what it is called", () => {
  assert.equal(
    whatOf(sampleAlert({ reasons: [sampleThreat()] })),
    "1,078 failed logins from 192.0.2.7 (T1110.001 Password Guessing)",
  );
});

Deno.test("whatOf() stays within a line, however long templates are", () => {
  const long = "x".repeat(400);
  for (
    const some of [{ title: long }, { ...order, title: long, note: `followed by: ${long}` }, {
      ...took,
      title: long,
      note: long,
    }]
  ) {
    assert.ok(what(some).length <= 200, what(some));
  }
});

Deno.test("countsText() counts events, and says what stands for itself in its own words", () => {
  const counts = (some: Partial<Reason>) => countsText(sampleReason({ actual: 3, expected: 0, ...some }));
  assert.deepEqual([
    counts({}),
    counts({ actual: 1, expected: 8.345692e-6 }),
    counts({ kind: "total", actual: 412, expected: 130, span: 1_800_000 }),
    counts({ ...order, note: "followed by: logout", expected: .5 }),
    counts({ ...order, note: "`login` at the end, never so in training" }),
    counts({ ...took, note: "4.1 s, usually at most 0.3 s" }),
    counts({ note: "`login <*>` is missing", actual: 0, expected: 1 }),
    counts({ note: "has been rising", span: 10_800_000 }),
    countsText(sampleThreat()),
  ], [
    "3 times, expected 0",
    "1 time, expected 0",
    "412 records in the last 30 min, expected 130",
    "3 times, expected 0.5",
    "3 times, never so in training",
    "4.1 s, usually at most 0.3 s",
    "0 times, expected 1",
    "3 times in the last 3 h, expected 0, has been rising",
    "1,078 failed logins from 192.0.2.7, T1110.001 Password Guessing, severity low, since 2026-03-02 13:00 UTC",
  ]);
});

Deno.test("noteText() is empty where the title says it already", () => {
  assert.deepEqual(
    [{ ...order, note: "followed by: logout" }, {}].map((some) => noteText(sampleReason(some))),
    ["", ""],
  );
});

Deno.test("detectorsText() names the first in any case, and others that can be seen", () => {
  assert.equal(detectorsText([]), "");
  assert.equal(detectorsText([{ detector: "a", share: 0.001 }, { detector: "b", share: 0.001 }]), "a 0 %");
});

Deno.test("techniquesText() names each technique once", () => {
  const other = { id: "T1190", name: "Exploit Public-Facing Application" };
  assert.equal(
    techniquesText([sampleThreat(), sampleReason(), sampleThreat(), sampleThreat({ technique: other })]),
    "T1110.001 Password Guessing, T1190 Exploit Public-Facing Application",
  );
});
