/**
 * Takes parts of a job and maps them, whatever happens on the way.
 *
 * @module
 */
import { ElasticsearchError } from "../../source/elasticsearch/failure.ts";
import { type HeldPart, type Holder, LeaseLostError } from "./held_part.ts";
import { type MapContext, type MapOutcome, mapPart } from "./map_part.ts";
import type { FoundPart, Part } from "./part.ts";

/** Waits before a part that was interrupted is begun again, ms; where they are used up, it is given back. */
const WAITS = [500, 1000, 2000, 4000, 8000];

/** How a {@linkcode PartWorker} works. */
export interface PartWorkerOptions extends MapContext, Holder {
  /** Told of what goes wrong and is tried again. */
  say?: (text: string) => void;
}

/**
 * Works at one job. Any number of workers do so at once, on any machine: a part is taken by compare-and-set, and one whose worker
 * is silent for longer than its lease is taken over.
 */
export class PartWorker {
  readonly #options: PartWorkerOptions;

  constructor(options: PartWorkerOptions) {
    this.#options = options;
  }

  /**
   * Maps a part that nobody works at, one from `from` on first.
   *
   * @returns `null` where there is none.
   * @throws {ElasticsearchError} if the cluster is away for long, or refuses.
   */
  async mapOne(from = -Infinity): Promise<(MapOutcome & { part: Part }) | null> {
    const free = await this.#options.parts.free();
    const [later, earlier] = [
      free.filter((part) => part.from >= from),
      free.filter((part) => part.from < from),
    ];
    for (const part of [...later, ...earlier]) {
      const outcome = await this.map(part);
      if (outcome !== null) return { ...outcome, part };
      if (this.#options.signal?.aborted) break;
    }
    return null;
  }

  /** Maps this part; `null` = somebody else was quicker, or it was stopped. */
  async map(part: FoundPart): Promise<MapOutcome | null> {
    const { parts, owner, lease, signal } = this.#options;
    if (signal?.aborted) return null;
    const held = await parts.take(part, { owner, lease });
    return held === null ? null : await this.#mapHeld(held);
  }

  async #mapHeld(held: HeldPart): Promise<MapOutcome | null> {
    const { cluster: { surroundings: { pause, random } }, signal, say } = this.#options;
    for (let attempt = 0;; attempt++) {
      try {
        if (attempt > 0) await held.keep();
        return await mapPart(held, this.#options);
      } catch (error) {
        if (signal?.aborted) return await giveBack(held);
        if (error instanceof LeaseLostError) {
          say?.(error.message);
          return null;
        }
        if (!isPassing(error) || attempt === WAITS.length) {
          await giveBack(held);
          throw error;
        }
        say?.(error.message);
        await pause(WAITS[attempt] * (0.5 + random() / 2));
      }
    }
  }
}

/** Nobody needs to wait for the lease's end; where the cluster is away, they will. */
async function giveBack(held: HeldPart): Promise<null> {
  await held.release().catch((error) => {
    if (!(error instanceof ElasticsearchError)) throw error;
  });
  return null;
}

/** Whether it may go better the next time. */
function isPassing(error: unknown): error is ElasticsearchError {
  return error instanceof ElasticsearchError && (error.temporary || error.kind === "lost");
}
