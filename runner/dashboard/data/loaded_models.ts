/**
 * Versions of the model, loaded once each: they never change.
 *
 * @module
 */
import {
  type Model,
  ModelError,
  type Registry,
  type VersionSummary,
  versionSummary,
} from "../../../lib/mod.ts";

/** Models, and summaries, that are kept in memory. */
const MODELS = 2, SUMMARIES = 200;

/**
 * Reads versions of a registry.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Registry } from "../../../lib/mod.ts";
 * import { LoadedModels } from "./loaded_models.ts";
 *
 * const models = new LoadedModels(new Registry(await Deno.makeTempDir()));
 * assert.equal(await models.load("v0001"), null);
 * assert.equal(models.summary("v0001").problem, "there is no such version");
 * ```
 */
export class LoadedModels {
  readonly #models = new Map<string, Promise<Model | null>>();
  readonly #summaries = new Map<string, VersionSummary>();

  constructor(private readonly registry: Registry) {}

  /** A version ready to look into; `null` = there is none, or it can't be used. */
  load(version: string): Promise<Model | null> {
    let model = this.#models.get(version);
    if (model === undefined) {
      forgetFirst(this.#models, MODELS);
      this.#models.set(version, model = this.#load(version));
    }
    return model;
  }

  /** A version as a list shows it. */
  summary(version: string): VersionSummary {
    let summary = this.#summaries.get(version);
    if (summary === undefined) {
      summary = versionSummary(this.registry.folder, version);
      if (summary.problem !== "") return summary;
      forgetFirst(this.#summaries, SUMMARIES);
      this.#summaries.set(version, summary);
    }
    return summary;
  }

  async #load(version: string): Promise<Model | null> {
    try {
      return await this.registry.load(version);
    } catch (error) {
      this.#models.delete(version);
      if (error instanceof ModelError) return null;
      throw error;
    }
  }
}

function forgetFirst(kept: Map<string, unknown>, most: number): void {
  if (kept.size >= most) kept.delete(kept.keys().next().value!);
}
