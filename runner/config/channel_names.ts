/**
 * What channels are called: in the outbox, in errors, on the command line.
 *
 * @module
 */
import type { AddresseesConfig } from "./schema.ts";

/** The name of a receiver's channel: `payments.email`. */
export function channelName(receiver: string, way: string): string {
  return `${receiver}.${way}`;
}

/**
 * Names of the channels that the settings ask for: those of everybody, or a receiver's.
 *
 * @param receiver Name of a receiver; default: none, what stands in `alerts.channels`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseConfig } from "../config.ts";
 * import { channelNames } from "./channel_names.ts";
 *
 * const { alerts } = await parseConfig("alerts: {receivers: {audit: {file: {path: audit.jsonl}}}}", "/etc/deepscan.yaml");
 * assert.deepEqual(channelNames(alerts), ["console"]);
 * assert.deepEqual(channelNames(alerts, "audit"), ["audit.file"]);
 * ```
 */
export function channelNames({ channels, receivers }: AddresseesConfig, receiver?: string): string[] {
  if (receiver !== undefined) {
    return asked(receivers[receiver] ?? {}).map((way) => channelName(receiver, way));
  }
  const { console: printed, ...others } = channels;
  return [...printed ? ["console"] : [], ...asked(others)];
}

function asked(ways: object): string[] {
  return Object.entries(ways).filter(([, settings]) => settings !== undefined).map(([way]) => way);
}
