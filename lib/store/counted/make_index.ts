/**
 * Indices that are there when they are needed.
 *
 * @module
 */
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import type { Cluster } from "./cluster.ts";

/**
 * Makes an index unless it is there.
 *
 * @param settings Further settings of the index.
 * @returns Whether it was made now.
 */
export async function makeIndex(
  cluster: Cluster,
  index: string,
  mappings: Record<string, unknown>,
  settings: Record<string, unknown> = {},
): Promise<boolean> {
  const doing = `make the index ${index}`;
  const { status, body } = await cluster.ask<{ error?: { type?: string; reason?: string } }>(doing, {
    ...{ method: "PUT", path: `/${index}`, body: { mappings, settings }, expected: [400] },
  });
  if (status !== 400) return true;
  if (body.error?.type === "resource_already_exists_exception") return false;
  throw new ElasticsearchError(
    `Cannot ${doing}: ${body.error?.reason ?? "it is refused"}`,
    "request",
    status,
  );
}
