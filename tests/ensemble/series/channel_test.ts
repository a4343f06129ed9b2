import assert from "node:assert/strict";
import { record } from "../../../lib/detector/series/record.ts";
import { scorerKind } from "../../../lib/detector/series/window_scorer.ts";
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import { Channel, type ChannelState } from "../../../lib/ensemble/series/channel.ts";
import { NAMES, WINDOW, windowAt } from "../../detector/series/windows.ts";

const OPTIONS = { windowMs: WINDOW, names: NAMES };
/** Scores a window by its lines. */
const LINES = scorerKind({ name: "lines", score: ({ lines }) => lines, parts: () => [] });

/** Judges windows with so many lines each; the places that fired. */
function judged(channel: Channel, state: ChannelState, lines: readonly number[]): number[] {
  return lines.flatMap((count, i) => {
    const window = windowAt(i, [[0, count]]),
      verdict = channel.judge(state, window),
      fired = verdict.evidence > 1;
    channel.step(state, window, verdict, { fired, alerted: fired, line: verdict.line });
    return fired ? [i] : [];
  });
}

function noise(length: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length }, () => 10 + Math.floor(1000 * random() ** 8));
}

Deno.test("Channel keeps its budget on scores of any distribution", () => {
  const channel = new Channel(LINES, 1, OPTIONS, 0), state = channel.start();
  judged(channel, state, noise(480, 1));
  const fired = judged(channel, state, noise(48 * 30, 2)).length;
  assert(fired >= 8 && fired <= 75, `${fired} alerts in 30 days at 1 a day`);
  const { nominal, realised } = channel.describe(state);
  assert(nominal === 1 && realised! > 0.25 && realised! < 2.5, `${realised}`);
});

Deno.test("Channel has a cautious line at first, the rolling one when it is trusted, never one below the least", () => {
  const channel = new Channel(record, 1, OPTIONS), state = channel.start();
  assert.equal(channel.line(state), record.cautious);
  judged(channel, state, new Array(48 * 5).fill(20));
  assert.equal(channel.line(state), record.least);
});

Deno.test("Channel forgets the scores of its first days", () => {
  const early = new Array(48).fill(0).map((_, i) => i % 7 === 0 ? 5000 : 10), later = noise(48 * 7, 3);
  const spoiled = new Channel(LINES, 1, OPTIONS, 0), clean = new Channel(LINES, 1, OPTIONS, 0);
  const [a, b] = [spoiled.start(), clean.start()];
  judged(spoiled, a, [...early, ...later]);
  judged(clean, b, later);
  assert(spoiled.line(a) < 2 * clean.line(b), `${spoiled.line(a)} and ${clean.line(b)}`);
});

Deno.test("Channel load() refuses the state of another kind of line", () => {
  const channel = new Channel(record, 1, OPTIONS),
    saved = channel.save(channel.start()) as Record<string, unknown>;
  channel.load(JSON.parse(JSON.stringify(saved)));
  for (const change of [{ rolling: null }, { alerts: -1 }, { windows: 0.5 }, { detector: null }]) {
    assert.throws(() => channel.load({ ...saved, ...change }), TypeError, JSON.stringify(change));
  }
});
