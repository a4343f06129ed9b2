/**
 * Alerts as lines of JSON in a file, or on standard output: for programs that follow it.
 *
 * @module
 */
import { ChannelError, type ChannelKind } from "./channel.ts";

/**
 * The file channel: each message is one line, `{"key": …, "told": …}` and the {@linkcode Message}; `key` is the same when it is written
 * again, `told` when that was (ISO 8601, UTC).
 */
export const fileChannel: ChannelKind = {
  name: "file",
  title: "writes alerts into a file, as JSON",
  open: ({ file }, world, name = "file") => {
    if (file === undefined) return Promise.resolve(null);
    const { path } = file;
    return Promise.resolve({
      name,
      spacing: 0,
      send: async (message, { key }) => {
        const line = JSON.stringify({ key, told: new Date(world.now()).toISOString(), ...message });
        if (path === "-") {
          world.write(`${line}\n`);
          return { answer: "printed", remark: "" };
        }
        try {
          await world.appendLine(path, line);
        } catch (error) {
          throw new ChannelError(`Cannot send to ${name}: ${(error as Error).message}`);
        }
        return { answer: `written to ${path}`, remark: "" };
      },
    });
  },
};
