import assert from "node:assert/strict";
import { Registry, versionSummary } from "../../lib/mod.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("versionSummary() says what keeps a version from being used", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder);
    await registry.save({ version: "", parent: null, createdAt: 7, seed: 3, streams: [] });
    assert.equal(versionSummary(folder, "v0001").bytes, Deno.statSync(`${folder}/v0001/model.json`).size);
    const damaged = {
      "{": /its file is damaged/,
      '{"format": 2}': /it has format 2/,
      "[]": /Cannot restore/,
    };
    for (const [text, problem] of Object.entries(damaged)) {
      await Deno.writeTextFile(`${folder}/v0001/model.json`, text);
      assert.match(versionSummary(folder, "v0001").problem, problem);
    }
  }));
