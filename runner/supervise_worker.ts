/**
 * A worker from its start to its end, and the next one where settings are read anew.
 *
 * @module
 */

/** What {@linkcode superviseWorker} starts, and by what. */
export interface Supervised<Rights> {
  /** Works out what the worker may do. */
  rights: () => Promise<Rights>;
  /** Starts it. */
  spawn: (rights: Rights) => Deno.ChildProcess;
  /** Whether SIGHUP means to read the settings anew; else it is handed on. */
  reloads: boolean;
}

/**
 * Runs a worker, hands signals on to it, and returns its exit code.
 *
 * At SIGHUP one that `reloads` is ended and started anew with what it may do by then; what it can't read of that is said, and the
 * worker goes on.
 */
export async function superviseWorker<Rights>(
  { rights, spawn, reloads }: Supervised<Rights>,
): Promise<number> {
  let next: Rights | null = await rights(), worker: Deno.ChildProcess | null = null, isEnding = false;
  const handOn = (signal: Deno.Signal) => {
    try {
      worker?.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // a TypeError says that the worker has ended already
    }
  };
  const reload = async () => {
    try {
      next = await rights();
      handOn("SIGTERM");
    } catch (error) {
      console.error(`deepscan: the settings are not read anew: ${(error as Error).message}`);
    }
  };
  const end = (signal: Deno.Signal) => () => (isEnding = true, handOn(signal));
  const listeners: [Deno.Signal, () => void][] = [
    ["SIGINT", end("SIGINT")],
    ["SIGTERM", end("SIGTERM")],
    ["SIGHUP", reloads ? () => void reload() : end("SIGHUP")],
  ];
  for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
  try {
    for (;;) {
      worker = spawn(next);
      next = null;
      const { code } = await worker.status;
      if (next === null || isEnding) return code;
    }
  } finally {
    for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
  }
}
