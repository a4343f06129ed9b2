/**
 * Which versions of a registry are still needed.
 *
 * @module
 */
import { type Registry, type State, type VersionSummary, versionSummary } from "../../lib/mod.ts";

/** What is kept beside the newest versions. */
export interface KeepOptions {
  /** How many of the newest versions stay in any case. */
  keep: number;
  /** What is known of scanned streams; `null` = nothing was scanned. */
  state: State | null;
}

/**
 * The versions that must not go, each with why: the newest ones, the active one, those that it has its weights from, the one that
 * a rollback leads to, the one that is tried, and those that the state goes by.
 */
export function keptVersions(registry: Registry, { keep, state }: KeepOptions): Map<string, string> {
  const versions = registry.versions(), active = registry.active(), kept = new Map<string, string>();
  const note = (version: string | null | undefined, why: string) => {
    if (version && versions.includes(version) && !kept.has(version)) kept.set(version, why);
  };
  note(active, "active");
  note(registry.candidate()?.version, "being tried");
  note(registry.previous(), "a rollback leads to it");
  for (const version of ancestors(registry, active)) note(version, "the active one has its weights from it");
  for (const version of state?.modelsInUse() ?? []) note(version, "open windows or alerts go by it");
  for (const version of versions.slice(-Math.max(1, keep))) note(version, "one of the newest"); // its name must not come again
  return kept;
}

/** The versions that a version is a mere change of, and the one that was active when those were trained. */
function ancestors({ folder }: Registry, active: string | null): string[] {
  const found: string[] = [];
  let child = active === null ? null : versionSummary(folder, active);
  while (child?.parent != null && !found.includes(child.parent)) {
    found.push(child.parent);
    const parent = versionSummary(folder, child.parent);
    child = isSameTraining(child, parent) ? parent : null;
  }
  return found;
}

function isSameTraining(one: VersionSummary, other: VersionSummary): boolean {
  const data = ({ seed, streams }: VersionSummary) =>
    [seed, ...streams.map(({ fingerprint }) => fingerprint)].join();
  return data(one) === data(other);
}

/** Takes away every version that isn't needed; to be called while nobody else changes the registry. */
export async function pruneVersions(registry: Registry, options: KeepOptions): Promise<string[]> {
  const kept = keptVersions(registry, options);
  const gone = registry.versions().filter((version) => !kept.has(version));
  for (const version of gone) await registry.remove(version);
  return gone;
}
