/**
 * Which version of the model is active: making another one so.
 *
 * @module
 */
import type { Candidate, Registry, State } from "../../lib/mod.ts";
import type { Config } from "../config.ts";
import { type Promotion, promotionOf } from "./promotion.ts";
import { lackingIn, promote } from "./shadow.ts";
import { lookAtTrial, type LookedAtTrial } from "./trial_text.ts";

/** Another version is active now. */
export interface Move {
  before: string | null;
  version: string;
}

/**
 * Makes a version the active one; to be called exclusively, see `Registry.exclusively`.
 *
 * @param at ms since the epoch.
 * @throws {ModelError} if there is none of this name, or it can't be used.
 */
export async function activateVersion(registry: Registry, version: string, at: number): Promise<Move> {
  const before = registry.active();
  if (before !== version) {
    await registry.load(version); // one that can't be used is refused here
    await registry.activate(version, { at, how: "activated" });
  }
  return { before, version };
}

/**
 * Makes the version active that was so before; to be called exclusively.
 *
 * @param at ms since the epoch.
 * @throws {Error} if there is none, or it can't be used.
 */
export async function rollBack(registry: Registry, at: number): Promise<Move> {
  const before = requiredVersion(registry.active(), registry), version = registry.previous();
  if (version === null) {
    throw new Error(
      `Cannot roll back: no version that is still in ${registry.folder} was active before ${before}`,
    );
  }
  await registry.load(version);
  await registry.activate(version, { at, how: "rolled back" });
  return { before, version };
}

/** How a candidate is promoted. */
export interface PromoteOptions {
  config: Config;
  /** What was judged by the active model; `null` = nothing. */
  state: State | null;
  /** ms since the epoch. */
  at: number;
  /** Whether it is promoted whatever its trial has come to. */
  force: boolean;
}

/**
 * Makes the candidate the active version, if its trial allows it.
 *
 * @throws {Error} if there is no candidate, its trial does not allow it, or somebody else has changed the registry meanwhile.
 */
export async function promoteCandidate(
  registry: Registry,
  { config, state, at, force }: PromoteOptions,
): Promise<Move> {
  const { version } = candidateOf(registry), before = registry.active();
  const trial = trialOutcome(await registry.load(version), await registry.loadActive(), { config, state });
  if (!force) {
    const { outcome, why } = trial?.promotion ?? { outcome: "wait", why: ["it has judged nothing yet"] };
    if (outcome !== "promote") {
      throw new Error(`Cannot promote model ${version}: ${why.join("; ")}; --force does it all the same`);
    }
  }
  if (!await promote(registry, { version, at, from: before ?? undefined })) {
    throw new Error(`Cannot promote model ${version}: another process has changed the registry meanwhile`);
  }
  return { before, version };
}

type Model = Awaited<ReturnType<Registry["load"]>>;

/** What came of a version's trial; `null` where it had none. */
export function trialOutcome(
  model: Model,
  active: Model | null,
  { config, state }: Pick<PromoteOptions, "config" | "state">,
): { looked: LookedAtTrial; promotion: Promotion } | null {
  const looked = lookAtTrial(model.version, config.state.directory, state);
  if (looked === null) return null;
  const lacking = active === null ? [] : lackingIn(model, active);
  return { looked, promotion: promotionOf(looked.figures, config.model.shadow, lacking) };
}

/**
 * The version that is tried.
 *
 * @throws {Error} if there is none.
 */
export function candidateOf(registry: Registry): Candidate {
  const candidate = registry.candidate();
  if (candidate !== null) return candidate;
  throw new Error(
    `Cannot work on a candidate: none is tried in ${registry.folder}; \`deno task train --shadow\` makes one`,
  );
}

/**
 * The active version.
 *
 * @throws {Error} if there is none.
 */
export function requiredVersion(version: string | null, { folder }: Registry): string {
  if (version !== null) return version;
  throw new Error(`Cannot work on models: none is active in ${folder}; \`deno task train\` learns one`);
}
