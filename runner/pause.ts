/**
 * Waiting.
 *
 * @module
 */

/**
 * Waits so many ms, but not behind a signal.
 *
 * @param signal Ends the wait when it is aborted; default: nothing does.
 *
 * @example
 * ```ts
 * import { pause } from "./pause.ts";
 *
 * await pause(3_600_000, AbortSignal.abort()); // not at all
 * ```
 */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}
