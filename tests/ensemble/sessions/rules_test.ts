import assert from "node:assert/strict";
import { choose, type RatedRule } from "../../../lib/ensemble/sessions/calibration.ts";
import { KINDS, NEW, RARE, UNSEEN } from "../../../lib/ensemble/sessions/memory.ts";
import { either, fires, JOINED, type Rule } from "../../../lib/ensemble/sessions/rules.ts";

const rule = (...conditions: Rule["conditions"]): Rule => ({ name: "toy", conditions, frail: false });
const values = (set: Record<number, number>) => KINDS.map((_, kind) => set[kind] ?? 0);

Deno.test("fires() holds each condition to its level, the joined surprise and unseen counts", () => {
  assert.equal(fires(rule({ kind: NEW, level: 1 }), values({ [NEW]: 1 }), 0, 0), true);
  assert.equal(fires(rule({ kind: NEW, level: 2 }), values({ [NEW]: 1 }), 0, 9), false);
  assert.equal(fires(rule({ kind: JOINED, level: 2 }), values({}), 0, 2), true);
  assert.equal(fires(rule({ kind: NEW, level: 1, joined: 3 }), values({ [NEW]: 1 }), 0, 2), false);
  const rare = rule({ kind: RARE, level: 3, unseen: true });
  assert.equal(fires(rare, values({ [RARE]: 4 }), 0, 0), false);
  assert.equal(fires(rare, values({ [RARE]: 4, [UNSEEN]: 1 }), 0, 0), true);
});

Deno.test("either() fires where one of two rules does", () => {
  const both = either(rule({ kind: NEW, level: 1 }), rule({ kind: RARE, level: 3 }));
  assert.equal(fires(both, values({ [NEW]: 1 }), 0, 0), true);
  assert.equal(fires(both, values({ [RARE]: 3 }), 0, 0), true);
  assert.equal(fires(both, values({}), 0, 9), false);
});

const rated = (rate: number, recall: number): RatedRule => ({ ...rule(), rate, recall, forgiven: .01 });
const chosen = (rules: RatedRule[], budget: number) => choose(rules, rules.map(({ rate }) => rate), budget);

Deno.test("choose() takes a costly rule only where it finds much more, and a small budget makes it dearer", () => {
  assert.equal(chosen([rated(.002, .8), rated(.04, .85)], .01), 0);
  assert.equal(chosen([rated(.002, .3), rated(.04, .9)], .01), 1);
  assert.equal(chosen([rated(.002, .3), rated(.04, .9)], .001), 0);
});

Deno.test("choose() never spends twenty budgets where a cheaper rule is there", () => {
  assert.equal(chosen([rated(.15, .1), rated(.3, 1)], .01), 0);
  assert.equal(chosen([rated(.3, .1), rated(.4, 1)], .01), 0);
});
