import assert from "node:assert/strict";
import { FirstSeen, NEWS_FOR } from "../../lib/ensemble/first_seen.ts";

const INFO = 2, WARN = 3;
const names = {
  id: (index: number) => `id${index}`,
  text: String,
  severity: () => 9,
  indexOf: (id: string) => id === "gone" ? -1 : Number(id.slice(2)),
};

Deno.test("FirstSeen.isUsual() takes a harmless template for usual once it has been there for an hour", () => {
  const seen = new FirstSeen();
  const asked = [0, NEWS_FOR - 1, NEWS_FOR, 2 * NEWS_FOR].map((start) => seen.isUsual(7, start, INFO));
  assert.deepEqual(asked, [false, false, true, true]);
  assert.equal(seen.isUsual(8, 2 * NEWS_FOR, INFO), false);
});

Deno.test("FirstSeen.isUsual() never takes a warning or worse for usual", () => {
  const seen = new FirstSeen([[7, 0]]);
  assert.deepEqual([WARN - 1, WARN, 4, 5].map((level) => seen.isUsual(7, NEWS_FOR, level)), [
    true,
    false,
    false,
    false,
  ]);
});

Deno.test("FirstSeen.isUsual() moves the first time back for a window that begins earlier", () => {
  const seen = new FirstSeen([[7, 1000]]);
  assert.equal(seen.isUsual(7, 0, INFO), false);
  assert.equal(seen.isUsual(7, NEWS_FOR, INFO), true);
});

Deno.test("FirstSeen.copy() changes apart from its original", () => {
  const seen = new FirstSeen([[7, 0]]), copy = seen.copy();
  copy.isUsual(8, 5, INFO);
  assert.deepEqual(seen.save(names), { id7: 0 });
  assert.deepEqual(copy.save(names), { id7: 0, id8: 5 });
});

Deno.test("FirstSeen.load() gives back what save() gave, but for templates that are gone", () => {
  const saved = { id7: 0, gone: 1, id8: 5 };
  assert.deepEqual(FirstSeen.load(JSON.parse(JSON.stringify(saved)), names).save(names), { id7: 0, id8: 5 });
  assert.throws(() => FirstSeen.load({ id7: "0" }, names), {
    name: "TypeError",
    message: "Cannot restore first times: id7 has 0",
  });
});
