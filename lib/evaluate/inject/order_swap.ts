/**
 * Neighbouring lines in the wrong order.
 *
 * @module
 */
import { originalBytes } from "../log/log_edit.ts";
import type { RecordedLog } from "../log/recorded_log.ts";
import type { ServiceGround } from "./ground.ts";
import { placesWith, templateText, type WindowInjection } from "./injection.ts";

/** Share of the followers of a message that are one other message, from which on that one is predictable. */
const PREDICTABLE = 0.5;
/** How often the first message must have come. */
const KNOWN = 20;

/** Two templates, the second of which usually follows the first. */
interface Pair {
  first: number;
  second: number;
}

/**
 * In one window, every line and the one that usually follows it change places; their times stay where they were.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { orderSwap } from "./order_swap.ts";
 *
 * assert.equal(orderSwap.on, "window");
 * ```
 */
export const orderSwap: WindowInjection = {
  on: "window",
  name: "order-swap",
  title: "two lines in the wrong order",
  prepare(ground, dice) {
    const { log, windows, writer } = ground, pairs = pairsOf(ground);
    if (pairs.length === 0) return null;
    const { first, second } = dice.pick(pairs);
    return {
      windows: 1,
      places: placesWith(
        ground,
        (one, i, all) => i + 1 < all.length && isPair(log, one, all[i + 1], { first, second }),
      ),
      async plant(at, edit) {
        const records = windows.get(at) ?? [];
        let swapped = 0;
        for (let i = 0; i + 1 < records.length; i++) {
          const [one, other] = [records[i], records[i + 1]];
          if (!isPair(log, one, other, { first, second })) continue;
          const early = await writer.write(other, { time: log.records[one].time });
          const late = await writer.write(one, { time: log.records[other].time });
          if (early === null || late === null) return null;
          edit.replace(one, closed(early.bytes, originalBytes(log, one)));
          edit.replace(other, closed(late.bytes, originalBytes(log, other)));
          swapped++;
          i++;
        }
        const names = [second, first].map((template) => `"${templateText(log, template)}"`);
        return swapped === 0 ? null : `${names.join(" before ")}, ${swapped} times`;
      },
    };
  },
};

/** A log's last line may lack its newline: the one that takes its place does too. */
function closed(bytes: Uint8Array, original: Uint8Array): Uint8Array {
  return original.at(-1) === 10 ? bytes : bytes.subarray(0, -1);
}

function isPair({ records }: RecordedLog, one: number, other: number, { first, second }: Pair): boolean {
  const [a, b] = [records[one], records[other]];
  return a.template === first && b.template === second && a.input === b.input;
}

/** Predictable pairs of the training part. */
function pairsOf({ log: { records }, windows, trained }: ServiceGround): Pair[] {
  const followers = new Map<number, Map<number, number>>();
  for (let window = trained.from; window < trained.to; window++) {
    const own = windows.get(window) ?? [];
    own.slice(1).forEach((record, i) => {
      const first = records[own[i]].template, second = records[record].template;
      const counts = followers.get(first) ?? new Map<number, number>();
      followers.set(first, counts.set(second, (counts.get(second) ?? 0) + 1));
    });
  }
  return [...followers].flatMap(([first, counts]) => {
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return [...counts].filter(([second, count]) =>
      second !== first && total >= KNOWN && count >= PREDICTABLE * total
    )
      .map(([second]) => ({ first, second }));
  });
}
