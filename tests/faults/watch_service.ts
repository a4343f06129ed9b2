/**
 * `deno task watch` as a service that is started, signalled and killed.
 *
 * @module
 */
import { startTask, type TaskResult } from "../runner/tasks/task.ts";
import { killGroup } from "../services/kill_group.ts";

/** How a service is started. */
export interface ServiceOptions {
  /** A program to run it by, with its arguments, and what that needs in its environment. */
  through?: string[];
  env?: Record<string, string>;
}

/** A running `watch`, in a process group of its own. */
export class WatchService {
  /** All that it has said. */
  said = "";
  readonly ended: Promise<TaskResult>;
  readonly #child: Deno.ChildProcess;
  readonly #waiting = new Set<() => void>();

  /** Starts one as the user does who stands in `folder`. */
  constructor(folder: string, { through, env }: ServiceOptions = {}) {
    this.#child = startTask("watch", [], { cwd: folder, through, env, detached: true });
    this.ended = this.#follow();
  }

  /** Process id of the launcher. */
  get launcher(): number {
    return this.#child.pid;
  }

  /** Process id of the worker; `null` = there is none. */
  get worker(): number | null {
    const { pid } = this.#child;
    return Number(procText(`${pid}/task/${pid}/children`).trim().split(" ")[0]) || null;
  }

  /** Processor time that the worker has used so far, ms. */
  used(): number {
    const { worker } = this;
    return worker === null ? 0 : processorTime(worker).own;
  }

  /** Waits until it has said something behind what it had said at `from`, or has ended; whether it has said it. */
  async says(pattern: RegExp, from = 0): Promise<boolean> {
    let isOver = false;
    const over = this.ended.then(() => isOver = true);
    while (!pattern.test(this.said.slice(from))) {
      if (isOver) return false;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      await Promise.race([promise, over]);
    }
    return true;
  }

  /** Sends the launcher a signal, as a service manager does. */
  signal(signal: Deno.Signal): void {
    kill(this.launcher, signal);
  }

  /** Kills the worker, or all of it. Returns whether it was still alive. */
  kill(what: "worker" | "group"): boolean {
    const { worker } = this;
    if (what === "group") return killGroup(this.launcher);
    return worker !== null && kill(worker, "SIGKILL");
  }

  /** Ends it as a service manager does. */
  async stop(): Promise<TaskResult> {
    this.signal("SIGTERM");
    return await this.ended;
  }

  async #follow(): Promise<TaskResult> {
    const decoder = new TextDecoder(), stdout = new Response(this.#child.stdout).text();
    for await (const bytes of this.#child.stderr) {
      this.said += decoder.decode(bytes, { stream: true });
      for (const resolve of this.#waiting) resolve();
      this.#waiting.clear();
    }
    const { code } = await this.#child.status;
    return { code, stdout: await stdout, stderr: this.said };
  }
}

/** Sends a signal; whether there was somebody to take it. */
function kill(pid: number, signal: Deno.Signal): boolean {
  try {
    Deno.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Processor time of a process and of its children that have ended, ms (proc(5): fields 14 to 17 of `stat`, in hundredths of a second). */
export function processorTime(pid: number): { own: number; children: number } {
  const text = procText(`${pid}/stat`), fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const sum = (at: number) => 10 * (Number(fields[at]) + Number(fields[at + 1])) || 0;
  return { own: sum(11), children: sum(13) };
}

/** A file of `/proc`, which Deno lets nobody read who has not every right; empty where the process has ended. */
function procText(path: string): string {
  const { stdout } = new Deno.Command("cat", { args: [`/proc/${path}`], stderr: "null" }).outputSync();
  return new TextDecoder().decode(stdout);
}
