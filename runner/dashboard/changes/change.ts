/**
 * What people can change from the pages.
 *
 * @module
 */
import type { z } from "zod";
import { type Registry, State } from "../../../lib/mod.ts";
import type { Plan } from "../../context.ts";
import { pause } from "../../pause.ts";
import { isFile } from "../../is_file.ts";

/** What a change works on. */
export interface ChangePlace {
  plan: Plan;
  registry: Registry;
  /** Who makes it. */
  who: string;
  /** ms since the epoch. */
  now: number;
}

/** What came of a change. */
export interface Changed {
  /** In words, for people. */
  said: string;
  /** What it was about: an id, in words. */
  about: string;
  /** What was said with it, without secrets; absent = nothing. */
  note?: string;
}

/** A change that can be made. */
export interface Change<Schema extends z.ZodType = z.ZodType> {
  /** One sentence. */
  about: string;
  /** The fields that it takes. */
  fields: Schema;
  run(fields: z.output<Schema>, place: ChangePlace): Promise<Changed>;
}

/** A change as one of many. */
export function oneOfMany<Schema extends z.ZodType>(change: Change<Schema>): Change {
  return change as unknown as Change;
}

/** A change that was not made, in words for whoever asked. */
export class ChangeError extends Error {
  override readonly name = "ChangeError";

  /** @param status Of the answer: 409 = it can't be done as things are, 503 = later it can. */
  constructor(message: string, readonly status: 400 | 403 | 404 | 409 | 503, options?: ErrorOptions) {
    super(message, options);
  }
}

/** How long another process may hold what is to be changed, and between two tries, ms. */
const PATIENCE = 5_000, BETWEEN = 100;

/**
 * Has `change` change the state. Another process that writes is waited for, while other requests are answered.
 *
 * @throws {ChangeError} if there is no state, or another process writes all the time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type Registry, State } from "../../../lib/mod.ts";
 * import { defaultConfig } from "../../config.ts";
 * import { changeState } from "./change.ts";
 *
 * const config = defaultConfig(await Deno.makeTempDir());
 * await Deno.mkdir(config.state.directory, { recursive: true });
 * const plan = { kind: "settings" as const, config, path: null };
 * await assert.rejects(changeState(plan, () => {}), /Cannot change anything: there was no run yet/);
 * State.open(`${config.state.directory}/state.db`).close();
 * assert.deepEqual(await changeState(plan, (state) => state.streams()), []);
 * ```
 */
export async function changeState<T>(
  { config }: Plan,
  change: (state: State) => T,
  { patience = PATIENCE }: { patience?: number } = {},
): Promise<T> {
  const path = `${config.state.directory}/state.db`;
  if (!isFile(path)) throw new ChangeError("Cannot change anything: there was no run yet", 409);
  for (let waited = 0;; waited += BETWEEN) {
    try {
      return changeOnce(path, change);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waited >= patience) {
        throw new ChangeError("Cannot change the state: another process is writing to it; try again", 503, {
          cause: error,
        });
      }
      await pause(BETWEEN);
    }
  }
}

function changeOnce<T>(path: string, change: (state: State) => T): T {
  const state = State.open(path, { wait: 0 });
  try {
    return change(state);
  } finally {
    state.close();
  }
}

/** Deno tells SQLite's own number only of some errors; the words are SQLite's. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /^database (?:table )?is locked$/.test(error.message) || isBusy(error.cause);
}

/**
 * Has `change` change the registry, when no other process does.
 *
 * @throws {ChangeError} if another process changes it for too long; the change is not made later.
 */
export async function changeRegistry<T>(
  registry: Registry,
  change: () => Promise<T>,
  { patience = PATIENCE }: { patience?: number } = {},
): Promise<T> {
  const busy = () =>
    new ChangeError("Cannot change what is active: another process is changing the models; try again", 503);
  let isLate = false;
  const late = new AbortController();
  const waiting = pause(patience, late.signal).then(() => {
    if (late.signal.aborted) return null;
    isLate = true;
    throw busy();
  });
  const changing = registry.exclusively(async () => {
    if (isLate) throw busy();
    late.abort(); // from here on it is made, however long that takes
    return await change();
  });
  return await Promise.race([waiting.then(() => changing), changing]);
}
