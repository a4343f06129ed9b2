import assert from "node:assert/strict";
import { readVerdicts } from "../../lib/evaluate/judged_windows.ts";
import { readLabels } from "../../lib/evaluate/labels.ts";

Deno.test("readLabels() reads keys in the project's and in loghub's columns, the last label of a key winning", () => {
  const read = readLabels([
    { key: "a", label: "1", kind: "crash" },
    { key: "b", label: "no", kind: "" },
    { key: "a", label: "normal", kind: "" },
  ]);
  assert.deepEqual(read, {
    by: "key",
    labels: [{ key: "a", anomalous: false, kind: "" }, { key: "b", anomalous: false, kind: "" }],
  });
  const loghub = readLabels([{ BlockId: "blk_-1", Label: "Anomaly" }]);
  assert.deepEqual(loghub.labels, [{ key: "blk_-1", anomalous: true, kind: "" }]);
});

Deno.test("readLabels() reads spans, in UTC where no zone is named", () => {
  const { by, labels } = readLabels([
    {
      start: "2026-03-02T10:00:00Z",
      end: "2026-03-02T12:00:00+01:00",
      service: " web ",
      label: "true",
      kind: "scan",
    },
    { start: "2026-03-02 10:00:00.5", end: "2026-03-03", service: "*", label: "0" },
  ]);
  assert.equal(by, "span");
  const ten = Date.UTC(2026, 2, 2, 10);
  assert.deepEqual(labels, [
    { start: ten, end: ten + 3_600_000, service: "web", anomalous: true, kind: "scan" },
    { start: ten + 500, end: Date.UTC(2026, 2, 3), service: "*", anomalous: false, kind: "" },
  ]);
});

Deno.test("readLabels() says which row it can't read, and why", () => {
  const span = { start: "2026-03-02", end: "2026-03-03", service: "web", label: "1" };
  assert.throws(() => readLabels([]), /^TypeError: Cannot read labels: there are none$/);
  assert.throws(
    () => readLabels([{ key: "a", label: "maybe" }]),
    /^SyntaxError: Cannot read row 1 of the labels: maybe says neither/,
  );
  assert.throws(() => readLabels([{ key: "a" }]), /^TypeError: .*it has no column label$/);
  assert.throws(() => readLabels([{ name: "a", label: "1" }]), /^TypeError: .*it has no column key$/);
  assert.throws(() => readLabels([span, { ...span, end: "soon" }]), /^SyntaxError: Cannot read row 2 .*soon/);
  assert.throws(() => readLabels([{ ...span, end: "2026-03-01" }]), /^RangeError/);
  assert.throws(() => readLabels([{ ...span, end: "" }]), /^RangeError/);
  assert.throws(() => readLabels([{ ...span, start: "2026-02-31T25:00" }]), SyntaxError);
});

Deno.test("readVerdicts() reads sessions without times, and the service from a window's key", () => {
  const row = { start: "", end: "", score: "0.5", anomalous: "false" };
  const [session, window, odd] = readVerdicts([
    { ...row, key: "user@host" },
    { ...row, key: "web@eu@2026-03-02T10:00:00.000Z", score: "Infinity", anomalous: "true" },
    { ...row, key: "" },
  ]);
  assert.deepEqual([session.service, session.start, session.anomalous], [null, NaN, false]);
  assert.deepEqual([window.service, window.score, window.anomalous], ["web@eu", Infinity, true]);
  assert.equal(odd.key, "");
});

Deno.test("readVerdicts() refuses rows without the columns, or with unreadable values", () => {
  const row = { key: "a", start: "", end: "", score: "1", anomalous: "true" };
  const { key: _, ...keyless } = row;
  assert.throws(() => readVerdicts([keyless as unknown as Record<string, string>]), TypeError);
  for (const change of [{ score: "" }, { score: "high" }, { anomalous: "" }, { start: "yesterday" }]) {
    assert.throws(() => readVerdicts([{ ...row, ...change }]), SyntaxError);
  }
});
