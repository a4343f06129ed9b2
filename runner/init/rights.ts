/**
 * What `deepscan init` may do.
 *
 * @module
 */
import { defaultConfig } from "../config.ts";
import { readable } from "../config/permissions.ts";
import { type Plan, UsageError } from "../context.ts";
import { clusterRights, INDEX_PREFIX } from "../elasticsearch/cluster.ts";
import { parseRunOptions } from "../options.ts";
import { planOf } from "../plan.ts";
import { checkedCluster, type InitOptions, initOptions } from "./options.ts";

/** It looks at the paths and indices that it is given, and writes one file. */
export async function initRights(args: string[], { root, cwd }: { root: string; cwd: string }) {
  const options = initOptions(args, cwd), { paths, indices, output } = options;
  const read = [...paths.flatMap(readable), output], write = [output];
  if (indices.length === 0) return { read, write };
  const plan = await planFor(options, root, cwd), section = plan.config.elasticsearch;
  if (section === undefined) {
    throw new UsageError(
      `Cannot look at ${INDEX_PREFIX}${
        indices[0]
      }: say where the cluster is: --nodes https://es1.example.com:9200`,
    );
  }
  const reach = clusterRights(section);
  return { ...reach, read: [...read, ...reach.read], write, plan };
}

/** The settings that it goes by, which say where the cluster is. */
async function planFor({ indices, config, cluster }: InitOptions, root: string, cwd: string): Promise<Plan> {
  if (cluster === null) {
    return await planOf({ ...parseRunOptions([], cwd, []), inputs: indices, config }, root, cwd);
  }
  const settings = { ...defaultConfig(root), elasticsearch: checkedCluster(cluster) };
  return { kind: "input", config: settings, path: null };
}
