/**
 * Old indices of findings, deleted where the cluster doesn't do that itself.
 *
 * @module
 */
import { ElasticsearchError, failureOf } from "../../lib/mod.ts";
import { type Client, request } from "./cluster_setup.ts";
import { type FindingsSettings, monthlyPatterns } from "./index_template.ts";

/**
 * Whether an index is to go: its month ended, and it was made, longer ago than findings are kept. An index that a repetition
 * of old logs has just filled stays that long, as it does where the cluster's lifecycle management deletes it.
 *
 * @param created When it was made, ms since the epoch.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isExpired } from "./expiry.ts";
 *
 * const keep = 30 * 86_400_000, now = Date.UTC(2026, 5, 1);
 * assert(isExpired({ index: "deepscan-alerts-2026.03", created: Date.UTC(2026, 2, 1) }, keep, now));
 * assert(!isExpired({ index: "deepscan-alerts-2026.05", created: Date.UTC(2026, 2, 1) }, keep, now));
 * ```
 */
export function isExpired(
  { index, created }: { index: string; created: number },
  keep: number,
  now: number,
): boolean {
  const month = /-(\d{4})\.(\d{2})$/.exec(index);
  if (month === null) return false;
  const end = Date.UTC(Number(month[1]), Number(month[2])); // months count from 0: the first of the next one
  return Math.max(end, created) + keep < now;
}

/**
 * Deletes the indices that are to go; their names.
 *
 * @throws {ElasticsearchError} if that is not possible; it takes the privileges `view_index_metadata` and `delete_index`.
 */
export async function deleteExpired(
  client: Client,
  settings: FindingsSettings,
  now: number,
): Promise<string[]> {
  try {
    const path = `/${
      monthlyPatterns(settings).join(",")
    }/_settings?filter_path=*.settings.index.creation_date`;
    const found = await request(client, "GET", path) as Record<string, IndexSettings>;
    const old = Object.entries(found)
      .map(([index, { settings }]) => ({ index, created: Number(settings.index.creation_date) }))
      .filter((one) => isOurs(one.index, settings) && isExpired(one, settings.keep, now)).map(({ index }) =>
        index
      ).sort();
    for (const index of old) await request(client, "DELETE", `/${index}`);
    return old;
  } catch (error) {
    const failure = failureOf("delete indices of findings that are older than they are kept", error);
    if (failure.kind !== "privilege") throw failure;
    const { message, kind, status } = failure;
    throw new ElasticsearchError(`${message}; the role deepscan_keeper may`, kind, status, { cause: error });
  }
}

/** Whether an index is one that DeepScan makes: what else has a name that begins so is nobody's business. */
function isOurs(index: string, settings: FindingsSettings): boolean {
  return monthlyPatterns(settings).some((pattern) =>
    index.startsWith(pattern.slice(0, -1)) && index.length === pattern.length + 6
  );
}

interface IndexSettings {
  settings: { index: { creation_date: string } };
}
