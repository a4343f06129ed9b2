/**
 * The world around channels, as a command has it.
 *
 * @module
 */
import type { Context } from "../../context.ts";
import { appendLine } from "./append_line.ts";
import type { ChannelWorld } from "./channel.ts";

/**
 * What channels need, from what a command has.
 *
 * @param write Where the console channel prints.
 */
export function channelWorld(
  { env, now, isTerminal, stderr }: Pick<Context, "env" | "now" | "isTerminal" | "stderr">,
  write: (text: string) => void,
): ChannelWorld {
  return {
    ...{ env, now, write, appendLine },
    colour: isTerminal && !env("NO_COLOR"),
    readText: (path) => Deno.readTextFile(path),
    readBytes: (path) => Deno.readFile(path),
    note: (text) => stderr(`${text}\n`),
  };
}
