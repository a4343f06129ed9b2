import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { State } from "../../lib/store/state.ts";
import { verdict } from "./made_verdict.ts";
import { withFolder } from "../with_folder.ts";

function fill(state: State, count: number, from = 0): void {
  state.transaction(() =>
    state.putVerdicts(
      Array.from(
        { length: count },
        (_, i) => ({ ...verdict, key: `web@${from + i}`, start: from + i, end: from + i + 1 }),
      ),
      "v0001",
    )
  );
}

Deno.test("State.space.giveBack() makes the file as small as what is left, and loses nothing of it", () =>
  withFolder((folder) => {
    const path = `${folder}/state.db`, state = State.open(path), bytes = () => Deno.statSync(path).size;
    fill(state, 30_000);
    state.space.giveBack();
    const full = bytes();
    assert.ok(full > 2_000_000 && state.space.free === 0, `${full} bytes`);
    for (let i = 0; i < 3; i++) assert.equal(state.prune("a", 27_000).verdicts, i < 2 ? 10_000 : 6_999);
    assert.ok(state.space.used < full / 5 && state.space.free > full / 2);
    assert.equal(bytes(), full);
    state.space.giveBack();
    assert.ok(bytes() < full / 5, `${bytes()} of ${full} bytes`);
    assert.equal(state.verdicts().length, 3001);
    state.close();
    assert.equal(State.open(path, { readOnly: true }).verdicts().length, 3001);
  }));

Deno.test("State.open() leaves a database that an older program made as it is, and uses its room again", () =>
  withFolder((folder) => {
    const path = `${folder}/state.db`, old = new DatabaseSync(path);
    old.exec("create table other (a)");
    old.close();
    const state = State.open(path), bytes = () => Deno.statSync(path).size;
    fill(state, 20_000);
    for (let i = 0; i < 2; i++) state.prune("a", 90_000);
    state.space.giveBack();
    const full = bytes();
    fill(state, 19_000, 20_000);
    state.space.giveBack();
    assert.ok(bytes() < 1.1 * full && state.verdicts().length === 19_000, `${bytes()} of ${full} bytes`);
    state.close();
  }));

Deno.test("Deliveries.prune() forgets what was sent long ago of alerts that are gone, and nothing that waits", () => {
  const state = State.open(":memory:"), { deliveries } = state;
  state.putAlert({ id: "kept", stream: "a", status: "closed", start: 0, end: 1, body: "{}" });
  for (const [key, alert] of [["1", "kept"], ["2", "gone"], ["3", "gone"], ["4", "gone"], ["5", "gone"]]) {
    deliveries.enqueue({ key, alert, channel: "console", payload: "", dueAt: 0 });
  }
  for (const key of ["1", "2"]) deliveries.delivered(key, 100);
  deliveries.delivered("3", 500);
  deliveries.failed("4", { error: "no", now: 90, nextAt: 100, dead: true });
  assert.equal(deliveries.prune(400), 2);
  assert.deepEqual(state.database.prepare("select key from delivery").all().map(({ key }) => key), [
    "1",
    "3",
    "5",
  ]);
  state.close();
});

Deno.test("Learned.pruneNovelties() keeps first times of what is still unknown to the model", () => {
  const state = State.open(":memory:"), { learned } = state;
  for (const [template, time] of [["known", 5], ["born", 5], ["late", 50]] as const) {
    learned.putNovelty("a", template, time);
  }
  learned.putNovelty("b", "known", 5);
  learned.putBirths("a", 0, [{ id: "born" }]);
  assert.equal(learned.pruneNovelties("a", 10), 1);
  assert.deepEqual([...learned.novelties("a").keys()].sort(), ["born", "late"]);
  assert.equal(learned.novelties("b").size, 1);
  state.close();
});
