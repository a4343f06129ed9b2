/**
 * One run at a time: a lock that the kernel releases when its owner dies.
 *
 * @module
 */

/** Who holds a lock, as its owner wrote it down. */
export interface LockOwner {
  pid: number;
  /** Milliseconds since the epoch. */
  since: number;
  /** Whether it is a service, which holds the lock as long as it runs; absent = no. */
  isService?: boolean;
}

/**
 * A held lock. Nothing needs cleaning up after a crash: the lock dies with its process, the file's text doesn't matter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RunLock } from "./run_lock.ts";
 *
 * const path = await Deno.makeTempFile();
 * const first = RunLock.take(path, { pid: 1, since: 0 });
 * if (!(first instanceof RunLock)) throw new Error("the lock was free");
 * assert(!(RunLock.take(path, { pid: 2, since: 5 }) instanceof RunLock));
 * first.release();
 * ```
 */
export class RunLock {
  private constructor(readonly file: Deno.FsFile) {}

  /** Takes the lock at `path`, or says who has it. */
  static take(path: string, owner: LockOwner): RunLock | LockOwner {
    const file = Deno.openSync(path, { create: true, read: true, write: true });
    if (!file.tryLockSync(true)) {
      file.close();
      return readOwner(path);
    }
    file.truncateSync(0);
    file.writeSync(new TextEncoder().encode(JSON.stringify(owner)));
    return new RunLock(file);
  }

  /**
   * Holds the lock at `path` against those who {@linkcode take} it, together with others who only look; writes nothing.
   *
   * @throws {Deno.errors.NotFound} if nobody has ever taken it.
   */
  static look(path: string): RunLock | LockOwner {
    const file = Deno.openSync(path);
    if (file.tryLockSync(false)) return new RunLock(file);
    file.close();
    return readOwner(path);
  }

  /** Gives the lock back. */
  release(): void {
    this.file.unlockSync();
    this.file.close();
  }
}

function readOwner(path: string): LockOwner {
  try {
    const { pid, since, isService } = JSON.parse(Deno.readTextFileSync(path));
    if (Number.isInteger(pid) && Number.isFinite(since)) {
      return { pid, since, ...(isService === true ? { isService } : {}) };
    }
  } catch (error) {
    // The owner has the lock but has not written its name yet: it is known to exist, and that is enough.
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { pid: NaN, since: NaN };
}
