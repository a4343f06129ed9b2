/**
 * What a process is called among all that work at jobs.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { hostName } from "../ship/host_name.ts";

/** Machine, process, and what no two have in common: process numbers come again. */
export function workerName(): string {
  return `${hostName()}:${Deno.pid}:${randomUUID().slice(0, 8)}`;
}
