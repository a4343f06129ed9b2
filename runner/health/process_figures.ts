/**
 * How much this process takes of the machine.
 *
 * @module
 */
import { closeSync, openSync } from "node:fs";
import process from "node:process";

/** Figures of a process. */
export interface ProcessFigures {
  /** ms since the epoch. */
  startedAt: number;
  /** Seconds of processor time. */
  cpu: number;
  /** Bytes that it holds, and those of them that its objects take. */
  memory: number;
  heap: number;
  /**
   * The lowest file descriptor that is free; NaN where that can't be found out. How many are open is known only to those who may
   * do everything; this number grows where some are never given back.
   */
  descriptor: number;
}

/**
 * Figures of this process.
 *
 * @param now ms since the epoch.
 * @param file A file that may be read, to ask for a descriptor.
 */
export function processFigures(now: number, file: string): ProcessFigures {
  const { rss, heapUsed } = Deno.memoryUsage(), { user, system } = process.cpuUsage();
  return {
    startedAt: now - performance.now(),
    cpu: (user + system) / 1e6,
    memory: rss,
    heap: heapUsed,
    descriptor: lowestFree(file),
  };
}

/** Most bytes that this process has held so far. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** The system gives the lowest one. */
function lowestFree(file: string): number {
  try {
    const descriptor = openSync(file, "r");
    closeSync(descriptor);
    return descriptor;
  } catch (error) {
    if ((error as { code?: string }).code !== undefined) return NaN; // it is gone, or no descriptor is free
    throw error;
  }
}
