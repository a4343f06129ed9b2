/**
 * A `ship --follow` that goes on while a test does something else.
 *
 * @module
 */
import { startTask } from "../runner/tasks/task.ts";

/** How long a test waits for something, ms. */
const PATIENCE = 120_000;

/** A run. */
export interface Following {
  /** What it said so far. */
  said(): string;
  /** Waits until something is so. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Ends it as a service manager does. */
  end(): Promise<{ code: number; said: string }>;
}

/** Starts it in a folder with settings. */
export function following(folder: string): Following {
  const child = startTask("deepscan", ["ship", "--follow"], { cwd: folder }, { stdout: "null" });
  const decoder = new TextDecoder();
  let text = "", ended = false;
  const read = (async () => {
    for await (const bytes of child.stderr) text += decoder.decode(bytes, { stream: true });
    ended = true;
  })();
  return {
    said: () => text,
    async until(isSo) {
      for (const deadline = Date.now() + PATIENCE; !(await isSo());) {
        if (ended || Date.now() > deadline) {
          if (!ended) child.kill("SIGTERM");
          throw new Error(`Cannot go on: it never came to that: ${text}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async end() {
      child.kill("SIGTERM");
      const { code } = await child.status;
      await read;
      return { code, said: text };
    },
  };
}
