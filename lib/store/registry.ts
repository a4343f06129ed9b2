/**
 * Models on disk: a folder of versions, and which one is active.
 *
 * ```
 * models/
 *   active            the name of the active version, replaced atomically
 *   v0001/model.json  never changed once it is there
 * ```
 *
 * @module
 */
import { type HandDecisions, NO_DECISIONS, readDecisions } from "../template/hand/decisions.ts";
import { type Model, ModelError, modelSnapshot, restoreModel } from "../model/model.ts";

const VERSION = /^v\d{4,}$/;
/** What a version, or the name of the active one, is written to first. */
const DRAFT = /^(?:draft|active)-[0-9a-f-]{36}$/;

/**
 * A registry of model versions.
 *
 * @example An empty registry
 * ```ts
 * import assert from "node:assert/strict";
 * import { Registry } from "./registry.ts";
 *
 * const registry = new Registry(await Deno.makeTempDir());
 * assert(registry.versions().length === 0);
 * assert(registry.active() === null);
 * ```
 */
export class Registry {
  /** @param folder Created with the first version. */
  constructor(readonly folder: string) {}

  /** Names of all versions, oldest first. */
  versions(): string[] {
    try {
      return [...Deno.readDirSync(this.folder)].map((entry) => entry.name).filter((name) =>
        VERSION.test(name)
      )
        .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }

  /** Name of the active version; `null` = none. */
  active(): string | null {
    try {
      return Deno.readTextFileSync(`${this.folder}/active`).trim() || null;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  }

  /**
   * The model of a version.
   *
   * @throws {ModelError} if there is no such version, or it is damaged or of another format.
   */
  async load(version: string): Promise<Model> {
    const path = `${this.folder}/${version}/model.json`;
    let snapshot: unknown;
    try {
      snapshot = JSON.parse(await Deno.readTextFile(path));
    } catch (cause) {
      const reason = cause instanceof Deno.errors.NotFound
        ? "there is no such version"
        : `${cause}; train a new one`;
      throw new ModelError(`Cannot use model ${version} in ${this.folder}: ${reason}`, { cause });
    }
    return await restoreModel(snapshot, version);
  }

  /** The active model; `null` = there is none yet. */
  async loadActive(): Promise<Model | null> {
    const version = this.active();
    return version === null ? null : await this.load(version);
  }

  /**
   * What people decided about the templates of a stream of the active model, also where this program can't use that model any
   * more: decisions outlive models. None where its file is gone or damaged.
   *
   * @throws {TypeError} if the decisions are there but of another shape.
   */
  async decisions(stream: string): Promise<HandDecisions> {
    const version = this.active();
    if (version === null) return NO_DECISIONS;
    try {
      const { streams } = JSON.parse(await Deno.readTextFile(`${this.folder}/${version}/model.json`));
      if (!Array.isArray(streams)) return NO_DECISIONS;
      return readDecisions(streams.find((each) => each?.settings?.name === stream)?.catalogue?.decisions);
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof Deno.errors.NotFound) return NO_DECISIONS;
      throw error;
    }
  }

  /** Writes `model` as the next version and returns it under its name. It is there whole or not at all. */
  async save(model: Model): Promise<Model> {
    const text = JSON.stringify(modelSnapshot(model)) + "\n";
    await Deno.mkdir(this.folder, { recursive: true });
    const draft = `${this.folder}/draft-${crypto.randomUUID()}`;
    await Deno.mkdir(draft);
    await writeDurably(`${draft}/model.json`, text);
    for (let number = this.#next();; number++) {
      const version = `v${String(number).padStart(4, "0")}`;
      try {
        await Deno.rename(draft, `${this.folder}/${version}`);
        return { ...model, version };
      } catch (error) {
        if (this.versions().includes(version)) continue; // another run took the name
        throw error;
      }
    }
  }

  /**
   * Makes a version the active one.
   *
   * @throws {ModelError} if there is no such version.
   */
  async activate(version: string): Promise<void> {
    if (!this.versions().includes(version)) {
      throw new ModelError(
        `Cannot activate model ${version}: ${this.folder} has ${this.versions().join(", ") || "none"}`,
      );
    }
    const draft = `${this.folder}/active-${crypto.randomUUID()}`;
    await writeDurably(draft, version + "\n");
    await Deno.rename(draft, `${this.folder}/active`);
  }

  /**
   * Runs `change` – read what is active, save, activate – while no other process does the same: of two at once neither undoes
   * the other. The kernel gives the lock back when its owner dies; what that one had begun to write goes now.
   */
  async exclusively<T>(change: () => Promise<T>): Promise<T> {
    await Deno.mkdir(this.folder, { recursive: true });
    const lock = await Deno.open(`${this.folder}/registry.lock`, { create: true, write: true });
    try {
      await lock.lock(true);
      await this.#removeDrafts();
      return await change();
    } finally {
      lock.close();
    }
  }

  async #removeDrafts(): Promise<void> {
    for await (const { name } of Deno.readDir(this.folder)) {
      if (DRAFT.test(name)) await Deno.remove(`${this.folder}/${name}`, { recursive: true });
    }
  }

  #next(): number {
    const last = this.versions().at(-1);
    return last === undefined ? 1 : Number(last.slice(1)) + 1;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  try {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.syncData();
  } finally {
    file.close();
  }
}
