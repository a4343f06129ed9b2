/**
 * `deepscan ship`: from the settings to a run that nobody else is in the way of.
 *
 * @module
 */
import { connect, putLogTemplate, RunLock, Shipped } from "../../lib/mod.ts";
import { type Context, type Plan, UsageError } from "../context.ts";
import { clusterOf, isIndex } from "../elasticsearch/cluster.ts";
import type { ShipOptions } from "./options.ts";
import { type Shipment, ShippingRun } from "./shipping_run.ts";

/**
 * Ships; returns the exit code.
 *
 * @throws {UsageError} if the settings name no cluster, or not the stream.
 */
export async function ship(options: ShipOptions, { config }: Plan, context: Context): Promise<number> {
  const { elasticsearch, ship: { index, data_stream: dataStream } } = config;
  if (elasticsearch === undefined) {
    throw new UsageError("Cannot ship: the settings name no cluster; add elasticsearch.nodes");
  }
  const streams = config.streams.filter(({ name }) => options.stream === null || name === options.stream)
    .map((stream) => ({ ...stream, inputs: stream.inputs.filter((input) => !isIndex(input)) }))
    .filter(({ inputs }) => inputs.length > 0);
  if (streams.length === 0) {
    throw new UsageError(`Cannot ship: there is no stream ${options.stream ?? "that reads files"}`);
  }
  const client = await connect(await clusterOf(elasticsearch, context.env));
  try {
    if (!options.setup) return await shipLocked({ client, streams, config, options }, context);
    const isNew = await putLogTemplate(client, { index, dataStream });
    context.stderr(`the index template deepscan-${index} ${isNew ? "was put" : "is there already"}\n`);
    return 0;
  } finally {
    await client.close();
  }
}

/** Two runs would read the same lines twice. */
async function shipLocked(shipment: Shipment, context: Context): Promise<number> {
  const folder = `${shipment.config.state.directory}/ship`;
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = RunLock.take(`${folder}/lock`, { pid: Deno.pid, since: context.now() });
  if (!(lock instanceof RunLock)) {
    context.stderr(`another run ships since ${new Date(lock.since).toISOString()}: nothing to do\n`);
    return 0;
  }
  const shipped = Shipped.open(`${folder}/positions.db`);
  try {
    return await new ShippingRun(shipment, { shipped, folder }, context).run();
  } finally {
    shipped.close();
    lock.release();
  }
}
