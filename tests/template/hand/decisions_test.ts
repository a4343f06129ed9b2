import assert from "node:assert/strict";
import fc from "fast-check";
import { Catalogue } from "../../../lib/template/catalogue.ts";
import {
  type HandDecisions,
  mergedInto,
  NO_DECISIONS,
  readDecisions,
  withMerge,
  withoutMerge,
  withoutPin,
  withPin,
} from "../../../lib/template/hand/decisions.ts";
import { Miner } from "../../../lib/template/miner.ts";
import type { SavedProvisional } from "../../../lib/template/saved_template.ts";

const encoder = new TextEncoder();
const again = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const template = (id: string): SavedProvisional => ({
  ...{ id: id.repeat(8), hash: id.repeat(16), text: `text of ${id}`, severity: 0, count: 1, form: null },
});
const ids = [..."abcdef"].map((letter) => template(letter));

function learned(...lines: string[]): Miner {
  const miner = new Miner();
  for (const line of lines) {
    const bytes = encoder.encode(line);
    miner.learnLine(bytes, 0, bytes.length);
  }
  return miner;
}

function number(catalogue: Catalogue, line: string): number {
  const bytes = encoder.encode(line);
  return catalogue.matchLine(bytes, 0, bytes.length);
}

function name(catalogue: Catalogue, line: string): string {
  const { id, text } = catalogue.template(number(catalogue, line));
  return catalogue.resolve(id, text).text;
}

const savedOf = (catalogue: Catalogue, line: string) => {
  const at = number(catalogue, line);
  return at < catalogue.frozen ? catalogue.exported()[at] : catalogue.provisional()[at - catalogue.frozen];
};

Deno.test("withMerge() lets every id lead to one template, whatever was merged in what order", () => {
  const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 });
  fc.assert(
    fc.property(pairs, (pairs) => {
      let decisions: HandDecisions = NO_DECISIONS;
      const group = ids.map((_, i) => i); // by union of sets
      for (const [a, b] of pairs) {
        if (group[a] === group[b]) {
          assert.throws(() => withMerge(decisions, ids[a], ids[b], 0), RangeError);
          continue;
        }
        decisions = withMerge(decisions, ids[a], ids[b], 0);
        const [from, into] = [group[a], group[b]];
        group.forEach((each, i) => each === from ? group[i] = into : undefined);
      }
      const roots = ids.map((each) => (mergedInto(decisions, each.id) ?? each).id);
      ids.forEach((_, a) =>
        ids.forEach((_, b) => assert.equal(roots[a] === roots[b], group[a] === group[b]))
      );
      assert.deepEqual(readDecisions(again(decisions)), decisions);
    }),
  );
});

Deno.test("withoutMerge() and withoutPin() bring back what was before, and keep what was done", () => {
  const [a, b] = ids, before = withPin(NO_DECISIONS, { text: "job <*>", of: null }, "1234567890", 1);
  const after = withoutMerge(withMerge(before, b, a, 2), b.id, 3);
  assert.deepEqual([after.pins, after.merges], [before.pins, before.merges]);
  assert.deepEqual(withoutPin(after, "job <*>", "1234567890", 4).pins, []);
  assert.deepEqual(after.events.map(({ kind, at }) => [kind, at]), [["pin", 1], ["merge", 2], ["split", 3]]);
});

Deno.test("withoutMerge(), withPin() and withoutPin() refuse what makes no sense", () => {
  const decisions = withPin(NO_DECISIONS, { text: "job <*>", of: null }, "1234567890", 1);
  assert.throws(() => withoutMerge(decisions, ids[0].id, 1), RangeError);
  assert.throws(() => withPin(decisions, { text: "job <*>", of: "x" }, "1234567890", 1), RangeError);
  assert.throws(() => withoutPin(decisions, "jobs <*>", "1234567890", 1), RangeError);
});

Deno.test("readDecisions() refuses what it doesn't know", () => {
  const good = again(
    withMerge(withPin(NO_DECISIONS, { text: "job <*>", of: null }, "1", 1), ids[0], ids[1], 2),
  );
  assert.deepEqual(readDecisions(undefined), NO_DECISIONS);
  for (const field of ["pins", "merges", "events"]) {
    assert.throws(() => readDecisions({ ...good, [field]: undefined }), TypeError);
    assert.throws(() => readDecisions({ ...good, [field]: [{}] }), TypeError);
  }
  assert.throws(() => readDecisions({ ...good, events: [{ ...good.events[0], kind: "lost" }] }), TypeError);
});

Deno.test("Catalogue.decided() names what was merged alike, and changes no number of a known template", () => {
  const { catalogue } = learned("disk is full", "no space left", "link is up").freeze();
  const [full, left] = [savedOf(catalogue, "disk is full"), savedOf(catalogue, "no space left")];
  const decided = catalogue.decided(withMerge(NO_DECISIONS, left, full, 5));
  const lines = ["disk is full", "no space left", "link is up"];
  assert.deepEqual(lines.map((line) => number(decided, line)), lines.map((line) => number(catalogue, line)));
  assert.deepEqual(lines.map((line) => name(decided, line)), ["disk is full", "disk is full", "link is up"]);
  assert.deepEqual(
    lines.map((line) => name(Catalogue.fromJSON(again(decided)), line)),
    lines.map((line) => name(decided, line)),
  );
  const { decisions, ...back } = decided.decided(withoutMerge(decided.decisions, left.id, 6)).toJSON();
  assert.deepEqual(back, catalogue.toJSON());
  assert.deepEqual([decisions?.merges, decisions?.events.length], [[], 2]);
});

Deno.test("Catalogue.decided() makes a template born while scanning part of a known one, and takes it back", () => {
  const { catalogue } = learned("disk is full", "link is up").freeze();
  const born = savedOf(catalogue, "no space left"), full = savedOf(catalogue, "disk is full");
  assert.equal(number(catalogue, "no space left"), 2);
  const decided = catalogue.decided(withMerge(NO_DECISIONS, born, full, 5));
  assert.equal(number(decided, "no space left"), 0);
  assert.deepEqual([...decided.adopt([born])], [0]);
  assert.equal(decided.size, 2);
  const back = decided.decided(withoutMerge(decided.decisions, born.id, 6));
  assert.deepEqual([number(back, "no space left"), back.template(2).id], [2, born.id]);
});

Deno.test("Miner.freeze() merges again what people merged in the training before, and goes on telling it", () => {
  const first = learned("disk is full", "no space left").freeze().catalogue;
  const decisions = withMerge(
    NO_DECISIONS,
    savedOf(first, "disk is full"),
    savedOf(first, "no space left"),
    5,
  );
  const miner = learned("link is up", "disk is full", "no space left", "disk is full");
  const { catalogue, map } = miner.freeze(decisions);
  assert.equal(map[1], map[2]);
  assert.equal(number(catalogue, "disk is full"), number(catalogue, "no space left"));
  assert.equal(name(catalogue, "disk is full"), "no space left");
  assert.equal(catalogue.template(map[1]).count, 3);
  assert.deepEqual(miner.lineage.filter(({ reason }) => reason === "by hand").map(({ kind }) => kind), [
    "merge",
  ]);
  assert.deepEqual(catalogue.decisions, decisions);
});

Deno.test("Miner.freeze() lets what was merged and stayed away go on being part of the other", () => {
  const first = learned("disk is full", "no space left").freeze().catalogue;
  const decisions = withMerge(
    NO_DECISIONS,
    savedOf(first, "disk is full"),
    savedOf(first, "no space left"),
    5,
  );
  const without = learned("link is up", "no space left").freeze(decisions).catalogue;
  assert.equal(number(without, "disk is full"), number(without, "no space left"));
  const renamed = learned("link is up", "disk is full").freeze(decisions).catalogue;
  assert.equal(name(renamed, "disk is full"), "no space left");
});
