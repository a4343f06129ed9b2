import assert from "node:assert/strict";
import { State } from "../../lib/store/state.ts";

const SAID = { alert: "a1", stream: "shop", said: "false" as const, note: "", at: 5 };

Deno.test("Feedback.put() remembers one word for each alert, the last one, and says whether anything changed", () => {
  const state = State.open(":memory:"), { feedback } = state;
  assert.equal(feedback.of("a1"), null);
  assert.equal(feedback.put(SAID), true);
  assert.equal(feedback.put({ ...SAID, at: 9 }), false);
  assert.deepEqual(feedback.of("a1"), SAID);
  assert.equal(feedback.put({ ...SAID, note: "backup", at: 9 }), true);
  assert.deepEqual(feedback.of("a1"), { ...SAID, note: "backup", at: 9 });
  state.close();
});

Deno.test("Feedback.all() gives what was said in a stream or in all, and what is taken back no more", () => {
  const state = State.open(":memory:"), { feedback } = state;
  feedback.put({ ...SAID, alert: "b" });
  feedback.put({ ...SAID, alert: "a", stream: "web" });
  assert.deepEqual(feedback.all().map(({ alert }) => alert), ["a", "b"]);
  assert.deepEqual(feedback.all("shop").map(({ alert }) => alert), ["b"]);
  assert.equal(feedback.remove("b"), true);
  assert.equal(feedback.remove("b"), false);
  assert.deepEqual(feedback.all("shop"), []);
  state.close();
});

Deno.test("Feedback.of() refuses a word that it doesn't know", () => {
  const state = State.open(":memory:");
  state.database.exec("insert into feedback values ('a1', 'shop', 'perhaps', '', 0)");
  assert.throws(() => state.feedback.of("a1"), TypeError);
  state.close();
});
