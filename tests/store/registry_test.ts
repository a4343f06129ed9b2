import assert from "node:assert/strict";
import { type Model, ModelError } from "../../lib/model/model.ts";
import { Registry } from "../../lib/store/registry.ts";
import { NO_DECISIONS, withPin } from "../../lib/template/hand/decisions.ts";
import { withFolder } from "../with_folder.ts";

const model: Model = { version: "", parent: null, createdAt: 7, seed: 3, streams: [] };

Deno.test("Registry.save() gives every model the next version and activates none", () =>
  withFolder(async (folder) => {
    const registry = new Registry(`${folder}/models`);
    assert.deepEqual([registry.versions(), registry.active(), await registry.loadActive()], [[], null, null]);
    assert.equal((await registry.save(model)).version, "v0001");
    assert.equal((await registry.save({ ...model, seed: 4 })).version, "v0002");
    assert.deepEqual([registry.versions(), registry.active()], [["v0001", "v0002"], null]);
    assert.deepEqual(await registry.load("v0002"), { ...model, seed: 4, version: "v0002" });
    assert.deepEqual([...Deno.readDirSync(`${folder}/models`)].map(({ name }) => name).sort(), [
      "v0001",
      "v0002",
    ]);
  }));

Deno.test("Registry.save() keeps versions apart that are saved at the same time", () =>
  withFolder(async (folder) => {
    const registries = Array.from({ length: 5 }, () => new Registry(folder));
    const saved = await Promise.all(registries.map((registry, seed) => registry.save({ ...model, seed })));
    assert.deepEqual(new Set(saved.map(({ version }) => version)).size, 5);
    for (const { version, seed } of saved) assert.equal((await registries[0].load(version)).seed, seed);
  }));

Deno.test("Registry.activate() moves to any version that is there, and only to one", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder);
    await registry.save(model);
    await registry.save({ ...model, seed: 4 });
    await registry.activate("v0002");
    assert.equal((await registry.loadActive())?.seed, 4);
    await registry.activate("v0001");
    assert.equal((await new Registry(folder).loadActive())?.seed, 3);
    await assert.rejects(
      () => registry.activate("v0009"),
      (error: Error) =>
        error instanceof ModelError && /Cannot activate model v0009: .* has v0001, v0002/.test(error.message),
    );
    assert.equal(registry.active(), "v0001");
  }));

Deno.test("Registry.versions() sorts by number and leaves out what is no version", () =>
  withFolder(async (folder) => {
    for (const name of ["v10000", "v9999", "v1", "draft-x", "notes"]) await Deno.mkdir(`${folder}/${name}`);
    assert.deepEqual(new Registry(folder).versions(), ["v9999", "v10000"]);
    assert.equal((await new Registry(folder).save(model)).version, "v10001");
  }));

Deno.test("Registry.exclusively() takes away what a killed process had begun to write, and nothing else", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder), half = crypto.randomUUID();
    await registry.save(model);
    await Deno.mkdir(`${folder}/draft-${half}`);
    await Deno.writeTextFile(`${folder}/draft-${half}/model.json`, "{");
    await Deno.writeTextFile(`${folder}/active-${half}`, "v00");
    await Deno.writeTextFile(`${folder}/draft-of-a-letter`, "");
    assert.equal(await registry.exclusively(() => Promise.resolve(registry.active())), null);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      ...["draft-of-a-letter", "registry.lock", "v0001"],
    ]);
  }));

Deno.test("Registry.load() names a version that is missing or damaged", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder);
    await registry.save(model);
    await assert.rejects(
      () => registry.load("v0007"),
      /Cannot use model v0007 in .*: there is no such version/,
    );
    const path = `${folder}/v0001/model.json`, text = await Deno.readTextFile(path);
    for (const damaged of ["", text.slice(0, 20), "[]", "null"]) {
      await Deno.writeTextFile(path, damaged);
      await assert.rejects(() => registry.load("v0001"), ModelError);
    }
  }));

Deno.test("Registry.exclusively() lets nobody else in before it is done, and goes on after an error", () =>
  withFolder(async (folder) => {
    const said: string[] = [], [one, two] = [new Registry(`${folder}/m`), new Registry(`${folder}/m`)];
    const first = one.exclusively(async () => {
      said.push("one begins");
      await new Promise((resolve) => setTimeout(resolve, 30));
      said.push("one ends");
      throw new Error("killed");
    });
    while (said.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const second = two.exclusively(() => Promise.resolve(said.push("two")));
    await assert.rejects(first, /killed/);
    await second;
    assert.deepEqual(said, ["one begins", "one ends", "two"]);
  }));

Deno.test("Registry.decisions() reads what people decided, also from a model that can't be used any more", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder), path = `${folder}/v0001/model.json`;
    assert.deepEqual(await registry.decisions("app"), NO_DECISIONS);
    await registry.save(model);
    await registry.activate("v0001");
    const decisions = withPin(NO_DECISIONS, { text: "job <*>", of: null }, "1234567890", 5);
    const old = { format: 99, streams: [{ settings: { name: "app" }, catalogue: { decisions } }] };
    await Deno.writeTextFile(path, JSON.stringify(old));
    await assert.rejects(() => registry.loadActive(), ModelError);
    assert.deepEqual(await registry.decisions("app"), decisions);
    assert.deepEqual(await registry.decisions("web"), NO_DECISIONS);
    for (const damaged of ["{", "7", "{}"]) {
      await Deno.writeTextFile(path, damaged);
      assert.deepEqual(await registry.decisions("app"), NO_DECISIONS);
    }
    await Deno.remove(path);
    assert.deepEqual(await registry.decisions("app"), NO_DECISIONS);
  }));

Deno.test("Registry.activations() remembers what was active and since when, and each rollback goes one further back", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder);
    assert.deepEqual([registry.activations(), registry.previous()], [[], null]);
    for (const at of [10, 20, 30]) {
      const { version } = await registry.save({ ...model, seed: at });
      await registry.activate(version, { at, how: "trained" });
      await registry.activate(version, { at: at + 5 }); // it is active already
    }
    assert.deepEqual(registry.activations().map(({ version, at }) => [version, at]), [
      ...[["v0001", 10], ["v0002", 20], ["v0003", 30]],
    ]);
    for (const version of ["v0002", "v0001"]) {
      assert.equal(registry.previous(), version);
      await registry.activate(version, { at: 40, how: "rolled back" });
    }
    assert.equal(registry.previous(), null);
    assert.equal(new Registry(folder).activations().length, 5);
  }));

Deno.test("Registry.activations() knows what is active where nobody noted it, and leaves out what was noted and not done", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder);
    for (const seed of [1, 2]) await registry.save({ ...model, seed });
    await Deno.writeTextFile(`${folder}/active`, "v0001\n");
    const [{ version, at }] = registry.activations();
    assert.deepEqual([version, at], ["v0001", Deno.statSync(`${folder}/active`).mtime!.getTime()]);
    await registry.activate("v0002", { at: 7 });
    assert.deepEqual([registry.activations().length, registry.previous()], [2, "v0001"]);
    await Deno.writeTextFile(`${folder}/active`, "v0001\n"); // as if the process had died before it was moved
    assert.deepEqual(registry.activations().map(({ version }) => version), ["v0001"]);
    await Deno.writeTextFile(`${folder}/activations`, "half a line");
    assert.deepEqual(registry.activations().map(({ version }) => version), ["v0001"]);
  }));

Deno.test("Registry.propose() has one version tried beside the active one, until it is withdrawn or active", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder);
    for (const seed of [1, 2, 3]) await registry.save({ ...model, seed });
    await registry.activate("v0001");
    await assert.rejects(() => registry.propose("v0001"), /Cannot try model v0001: it is active/);
    await assert.rejects(() => registry.propose("v0009"), /Cannot try model v0009/);
    await registry.propose("v0002", { at: 5 });
    await registry.propose("v0003", { at: 6 });
    assert.deepEqual(registry.candidate(), { version: "v0003", since: 6 });
    await assert.rejects(() => registry.remove("v0003"), /Cannot remove model v0003: it is in use/);
    await registry.withdraw();
    await registry.withdraw();
    assert.equal(registry.candidate(), null);
    await registry.propose("v0002");
    await registry.activate("v0002");
    assert.equal(registry.candidate(), null);
  }));

Deno.test("Registry.remove() takes a version away and gives its number to no other", () =>
  withFolder(async (folder) => {
    const registry = new Registry(folder);
    for (const seed of [1, 2]) await registry.activate((await registry.save({ ...model, seed })).version);
    await assert.rejects(() => registry.remove("v0002"), /it is in use/);
    await registry.activate("v0001", { how: "rolled back" });
    await registry.remove("v0002");
    assert.deepEqual(registry.versions(), ["v0001"]);
    assert.equal((await registry.save(model)).version, "v0003");
    assert.ok(![...Deno.readDirSync(folder)].some(({ name }) => name.startsWith("draft")));
  }));
