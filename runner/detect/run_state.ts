/**
 * The state of a run: locked and open for one that moves on, a copy in memory for one that only looks.
 *
 * @module
 */
import { type LockOwner, RunLock, State } from "../../lib/mod.ts";
import { formatTime } from "../alert/plain_text.ts";
import type { Context } from "../context.ts";

/** Runs in a row that found another one at work before that is an alarm: half an hour of runs every five minutes. */
export const SKIPS_BEFORE_ALARM = 6;

/** The state for one run. */
export interface RunState {
  state: State;
  /** Where it lies, for messages. */
  path: string;
  /** Runs before this one that found another one at work. */
  skipped: number;
  /** Gives state and lock back. */
  close(): void;
}

/** Another run is at work. */
export interface BusyState {
  /** Who it is. */
  busy: string;
  /** How many runs in a row have found that, this one included; a service is always at work, and none of them. */
  skipped: number;
  isService: boolean;
}

/**
 * Takes the lock in the state's folder and opens the database; one run at a time.
 *
 * @param isService Whether it is taken for as long as a service runs.
 */
export async function beginRun(
  folder: string,
  context: Context,
  { isService = false }: { isService?: boolean } = {},
): Promise<RunState | BusyState> {
  await Deno.mkdir(folder, { recursive: true });
  const owner = { pid: Deno.pid, since: context.now(), ...(isService ? { isService } : {}) };
  const lock = RunLock.take(`${folder}/run.lock`, owner);
  const counter = `${folder}/skipped`, before = readCount(counter);
  if (!(lock instanceof RunLock)) {
    const isSkipped = !isService && !lock.isService, skipped = isSkipped ? before + 1 : 0;
    if (isSkipped) await Deno.writeTextFile(counter, `${skipped}\n`);
    return { busy: ownerText(lock), skipped, isService: lock.isService ?? false };
  }
  const path = `${folder}/state.db`;
  try {
    const state = State.open(path);
    if (before > 0) await Deno.remove(counter);
    return { state, path, skipped: before, close: () => (state.close(), lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The state as it is, to be tried on and thrown away; nothing is written, not even the lock's owner. */
export function beginLook(folder: string): RunState | BusyState {
  const path = `${folder}/state.db`, lock = lookLock(`${folder}/run.lock`);
  if (lock !== null && !(lock instanceof RunLock)) {
    return { busy: ownerText(lock), skipped: 0, isService: lock.isService ?? false };
  }
  try {
    const state = State.copy(path);
    return { state, path, skipped: 0, close: () => state.close() };
  } finally {
    lock?.release();
  }
}

/** `null` where no run has ever been. */
function lookLock(path: string): RunLock | LockOwner | null {
  try {
    return RunLock.look(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function ownerText({ pid, since, isService }: LockOwner): string {
  const from = Number.isFinite(since) ? ` since ${formatTime(since)}` : "";
  if (isService) return `\`deno task watch\` is at work (process ${pid}${from}); this run has nothing to do`;
  return `another run is at work (process ${pid}${from}); this one has nothing to do`;
}

function readCount(path: string): number {
  try {
    return Number.parseInt(Deno.readTextFileSync(path)) || 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
