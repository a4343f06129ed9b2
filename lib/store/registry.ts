/**
 * Models on disk: a folder of versions, and which one is active.
 *
 * ```
 * models/
 *   active            the name of the active version, replaced atomically
 *   activations       which versions were active before, a line of JSON each; absent = nobody noted it
 *   candidate         the version that is tried beside the active one, if any
 *   v0001/model.json  never changed once it is there
 * ```
 *
 * @module
 */
import { type HandDecisions, NO_DECISIONS, readDecisions } from "../template/hand/decisions.ts";
import { type Model, ModelError, modelSnapshot, restoreModel } from "../model/model.ts";
import {
  type Activation,
  activationsText,
  type ActivationWay,
  previousActivation,
  readActivations,
  settledActivations,
} from "./activations.ts";

const VERSION = /^v\d{4,}$/;
/** What a version, or one of the other files, is written to first. */
const DRAFT = /^(?:draft|active|activations|candidate)-[0-9a-f-]{36}$/;

/** A version that is tried beside the active one. */
export interface Candidate {
  version: string;
  /** Since when, ms since the epoch; NaN where nobody noted it. */
  since: number;
}

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
    return this.#read("active").trim() || null;
  }

  /** Which versions were active, oldest first; the last one is. */
  activations(): Activation[] {
    const active = this.active();
    return settledActivations(readActivations(this.#read("activations")), active, this.#activeSince());
  }

  /** The version that was active before the active one and is still there; `null` = none. */
  previous(): string | null {
    const versions = new Set(this.versions());
    return previousActivation(this.activations(), (version) => versions.has(version));
  }

  /** The version that is tried beside the active one; `null` = none. */
  candidate(): Candidate | null {
    const [one] = readActivations(this.#read("candidate"));
    if (one === undefined || one.version === this.active() || !this.versions().includes(one.version)) {
      return null;
    }
    return { version: one.version, since: one.at };
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
   * Makes a version the active one. What was active before is remembered; where the process dies in between, the one before stays.
   *
   * @param noted When it is, ms since the epoch, and how it came to be; default: nobody knows.
   * @throws {ModelError} if there is no such version.
   */
  async activate(version: string, noted: { at?: number; how?: ActivationWay } = {}): Promise<void> {
    this.#require(version, "activate");
    const { at = NaN, how = "activated" } = noted, before = this.activations();
    if (before.at(-1)?.version !== version) {
      await this.#replace("activations", activationsText([...before, { version, at, how }]));
    }
    await this.#replace("active", version + "\n");
  }

  /**
   * Has a version tried beside the active one, in place of the one that was.
   *
   * @param noted When it is, ms since the epoch; default: nobody knows.
   * @throws {ModelError} if there is no such version, or it is the active one.
   */
  async propose(version: string, { at = NaN }: { at?: number } = {}): Promise<void> {
    this.#require(version, "try");
    if (version === this.active()) throw new ModelError(`Cannot try model ${version}: it is active`);
    await this.#replace("candidate", activationsText([{ version, at, how: "trained" }]));
  }

  /** Ends the trial of a candidate; its version stays. */
  async withdraw(): Promise<void> {
    await removed(`${this.folder}/candidate`);
  }

  /**
   * Takes a version away, whole: a process that dies on the way leaves none that is half there.
   *
   * @throws {ModelError} if there is no such version, or it is active or being tried.
   */
  async remove(version: string): Promise<void> {
    this.#require(version, "remove");
    if (version === this.active() || version === this.candidate()?.version) {
      throw new ModelError(`Cannot remove model ${version}: it is in use`);
    }
    const draft = `${this.folder}/draft-${crypto.randomUUID()}`;
    await Deno.rename(`${this.folder}/${version}`, draft);
    await removed(draft);
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

  /** No number is given twice: those of versions that were active and are gone count too. */
  #next(): number {
    const named = [...this.versions(), ...this.activations().map(({ version }) => version)];
    return Math.max(0, ...named.map((version) => Number(version.slice(1)) || 0)) + 1;
  }

  #require(version: string, action: string): void {
    const versions = this.versions();
    if (versions.includes(version)) return;
    throw new ModelError(
      `Cannot ${action} model ${version}: ${this.folder} has ${versions.join(", ") || "none"}`,
    );
  }

  /** A file's text; empty where it is absent. */
  #read(name: string): string {
    try {
      return Deno.readTextFileSync(`${this.folder}/${name}`);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return "";
      throw error;
    }
  }

  #activeSince(): number {
    try {
      return Deno.statSync(`${this.folder}/active`).mtime?.getTime() ?? NaN;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return NaN;
      throw error;
    }
  }

  async #replace(name: string, text: string): Promise<void> {
    const draft = `${this.folder}/${name}-${crypto.randomUUID()}`;
    await writeDurably(draft, text);
    await Deno.rename(draft, `${this.folder}/${name}`);
  }
}

/** Takes a file or folder away where it is there. */
async function removed(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
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
