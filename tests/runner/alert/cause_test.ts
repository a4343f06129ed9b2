import assert from "node:assert/strict";
import type { Reason } from "../../../lib/explain/reason.ts";
import { causeId, isNews, isThreat, leadingReason } from "../../../runner/alert/cause.ts";
import { sampleReason, sampleThreat } from "./sample_alert.ts";

/** Levels by the beginning of a template's id. */
const levelOf = ({ id }: Reason) => ({ i: 9, w: 13, e: 17, f: 21 })[id[0]] ?? 0;

const of = (id: string, share: number, some: Partial<Reason> = {}) =>
  sampleReason({ id, share, expected: 0, ...some });
const lead = (...reasons: Reason[]) => leadingReason(reasons, levelOf)?.id;

Deno.test("causeId() is the same for events of a template, known or not, and another one for each other kind", () => {
  assert.equal(causeId({ kind: "unseen", id: "T1" }), causeId({ kind: "template", id: "T1" }));
  const kinds = ["template", "order", "value", "level", "total", "other", "source"] as const;
  assert.equal(new Set(kinds.map((kind) => causeId({ kind, id: "T1" }))).size, kinds.length);
});

Deno.test("leadingReason() is the threat with the largest share, or one that does harm, before any error", () => {
  assert.equal(lead(sampleThreat({ id: "a", share: .6 }), of("fatal", .4)), "a");
  assert.equal(lead(of("fatal", .97), sampleThreat({ id: "a", share: .03, severity: "critical" })), "a");
  assert.equal(lead(of("fatal", .6), sampleThreat({ id: "a", share: .4 })), "fatal");
  assert.equal(lead(of("info", .7), sampleThreat({ id: "a", share: .3 })), "a");
  assert.equal(lead(of("info", .9), sampleThreat({ id: "a", share: .1 })), "info");
  assert.equal(lead(of("", .95, { kind: "total" }), sampleThreat({ id: "a", share: .05 })), "a");
});

Deno.test("leadingReason() is that nothing was logged, before what would have been", () => {
  const total = { kind: "total", id: "", actual: 0, expected: 130 } as const;
  assert.equal(lead(of("info", .6, { actual: 0, expected: 9 }), of("", .4, total)), "");
  assert.equal(lead(of("", .6, { ...total, actual: 400 }), of("info", .4)), "info");
});

Deno.test("leadingReason() takes an order and a value for as telling as a template", () => {
  assert.equal(lead(of("i1 i2", .6, { kind: "order" }), of("info", .4)), "i1 i2");
  assert.equal(lead(of("error", .6, { kind: "level" }), of("i1 took", .4, { kind: "value" })), "i1 took");
  assert.equal(lead(of("error", .8, { kind: "level" }), of("i1 took", .2, { kind: "value" })), "error");
  assert.equal(lead(of("e1 e2", .6, { kind: "order" }), of("error", .4)), "error");
});

Deno.test("isThreat() holds where nothing else is telling but how much there was", () => {
  const threat = sampleThreat({ share: .1 }), total = of("", .8, { kind: "total" });
  assert.equal(isThreat([total, threat], threat), true);
  assert.equal(isThreat([total, threat, of("info", .05)], threat), true);
  assert.equal(isThreat([total, threat, of("info", .1)], threat), false);
  assert.equal(isThreat([of("info", .9), threat], of("info", .9)), false);
  assert.equal(isThreat([], undefined), false);
});

Deno.test("isNews() holds for a threat, and for no order or value", () => {
  assert.deepEqual([
    isNews(sampleThreat(), levelOf),
    isNews(of("e1 e2", 1, { kind: "order" }), levelOf),
    isNews(of("e1 took", 1, { kind: "value" }), levelOf),
    isNews(of("error", 1), levelOf),
  ], [true, false, false, true]);
});
