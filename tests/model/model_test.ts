import assert from "node:assert/strict";
import { ModelError, modelSnapshot, restoreModel } from "../../lib/model/model.ts";
import { calmLog, modelOf } from "./made_logs.ts";

async function savedModel() {
  const streams = [await modelOf({ "a.log": calmLog(20) })];
  return modelSnapshot({ version: "", parent: "v0001", createdAt: 5, seed: -1, streams });
}

Deno.test("restoreModel() gives back what modelSnapshot() wrote, under the name of its version", async () => {
  const saved = JSON.parse(JSON.stringify(await savedModel())), model = await restoreModel(saved, "v0002");
  assert.deepEqual([model.version, model.parent, model.createdAt, model.seed], ["v0002", "v0001", 5, -1]);
  assert.deepEqual(modelSnapshot(model), saved);
});

Deno.test("restoreModel() refuses a model in which any one field is missing or of another type", async () => {
  const saved = await savedModel();
  for (const name of Object.keys(saved)) {
    for (const value of [undefined, { strange: [] }]) {
      await assert.rejects(
        () => restoreModel({ ...saved, [name]: value }, "v0002"),
        (error: Error) => error instanceof ModelError && /^Cannot use model v0002: /.test(error.message),
        name,
      );
    }
  }
});

Deno.test("restoreModel() says which stream is damaged, and what to do", async () => {
  const saved = await savedModel();
  await assert.rejects(
    () => restoreModel({ ...saved, streams: [saved.streams[0], {}] }, "v0002"),
    /Cannot use model v0002: Cannot restore a stream: streams\[1\]\.settings must be an object, .*; train a new one/,
  );
});
