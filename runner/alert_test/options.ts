/**
 * The command line of `deepscan alerts test`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { channelNames } from "../config/channel_names.ts";
import type { AddresseesConfig } from "../config/schema.ts";
import { UsageError } from "../context.ts";

const OPTIONS = {
  receiver: { type: "string" },
  config: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What stands on the command line. */
export interface AlertTestOptions {
  /** Whose channels are tried; `null` = all. */
  receiver: string | null;
  json: boolean;
}

/** Whether arguments of `deepscan alerts` ask for a test. */
export function asksForTest(args: string[]): boolean {
  const { positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: false });
  return positionals[0] === "test";
}

/**
 * Reads the command line, `test` included.
 *
 * @throws {UsageError} for what is not known.
 */
export function alertTestOptions(args: string[]): AlertTestOptions {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (positionals.length === 1) return { receiver: values.receiver ?? null, json: values.json ?? false };
  } catch (error) {
    throw new UsageError(`Cannot read the command line: ${(error as Error).message.split(/[.\n]/)[0]}`);
  }
  throw new UsageError("Cannot test channels: expected nothing behind `test` but options");
}

/**
 * The channels to try, by name: all, or those of a receiver.
 *
 * @throws {UsageError} if there is no such receiver.
 */
export function testedChannels(alerts: AddresseesConfig, receiver: string | null): string[] {
  const receivers = Object.keys(alerts.receivers);
  if (receiver === null) {
    return [...channelNames(alerts), ...receivers.flatMap((name) => channelNames(alerts, name))];
  }
  if (receivers.includes(receiver)) return channelNames(alerts, receiver);
  const known = receivers.length === 0 ? "the settings name none" : `known are ${receivers.join(", ")}`;
  throw new UsageError(`Cannot test channels: there is no receiver "${receiver}", ${known}`);
}
