import assert from "node:assert/strict";
import { judgedStreams, openStateFolder } from "../../lib/store/state_folder.ts";
import { State } from "../../lib/store/state.ts";

Deno.test("openStateFolder() opens what a run has left, to read only, and makes nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.throws(
      () => openStateFolder(folder),
      /^StateError: Cannot look at the state: there is no .*state\.db/,
    );
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    const written = State.open(`${folder}/state.db`);
    written.putStream({ name: "shop", model: "v0001", detail: {} });
    written.close();
    const state = openStateFolder(folder);
    assert.deepEqual(state.streams(), ["shop"]);
    assert.throws(() => state.putStream({ name: "web", model: "v0001", detail: {} }), /readonly/);
    state.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("judgedStreams() gives the windows of alerts alone, by stream, with the model that judged", () => {
  const state = State.open(":memory:");
  const verdict = (stream: string, start: number) => ({
    ...{
      stream,
      key: `db@${start}`,
      kind: "window" as const,
      service: "db",
      start,
      end: start + 5,
      lines: 1,
    },
    ...{ score: 2, threshold: 1, anomalous: true, reasons: [] },
  });
  state.putVerdicts([verdict("shop", 20), verdict("shop", 10), verdict("shop", 90)], "v0001");
  state.putVerdicts([verdict("web", 10)], "v0002");
  state.putAlertsOf("shop", new Map([["db@10", "a1"], ["db@20", "a1"], ["db@90", "b2"]]));
  state.putAlertsOf("web", new Map([["db@10", "c3"]]));
  const judged = judgedStreams(state, [{ id: "a1", stream: "shop" }, { id: "c3", stream: "web" }]);
  assert.deepEqual(
    judged.map(({ stream, model, verdicts }) => [stream, model, verdicts.map(({ start }) => start)]),
    [
      ["shop", "v0001", [10, 20]],
      ["web", "v0002", [10]],
    ],
  );
  state.putStream({ name: "mail", model: "v0007", detail: {} }); // its verdicts are forgotten
  assert.deepEqual(judgedStreams(state, [{ id: "d4", stream: "mail" }]), [
    { stream: "mail", model: "v0007", verdicts: [] },
  ]);
  state.close();
});
