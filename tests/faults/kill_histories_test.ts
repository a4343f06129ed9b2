/**
 * Runs that are killed at any moment come to what one undisturbed run comes to, and tell everybody once.
 *
 * `DEEPSCAN_HISTORIES=200` makes it 200 histories; `DEEPSCAN_HISTORY=17` repeats the one with that seed.
 */
import assert from "node:assert/strict";
import { disturbed, type Plot, undisturbed } from "./history.ts";
import { differences, type Outcome } from "./outcome.ts";

const HISTORIES = Number(Deno.env.get("DEEPSCAN_HISTORIES") ?? 3);
const ONLY = Deno.env.get("DEEPSCAN_HISTORY");
const LANES = 2;

/** What the history with this seed is about: half under a budget, a tenth with the autoencoder, a fifth with late lines. */
function plotOf(seed: number): Plot {
  const cheap = ["new-template", "unseen-vector"];
  return {
    seed,
    logs: seed % 4,
    detectors: seed % 10 === 9 ? [...cheap, "autoencoder"] : cheap,
    rule: seed % 4 < 2 ? "budget" : "quantile",
    trained: seed % 2 === 0,
    late: seed % 5 === 3 ? .01 : 0,
  };
}

const expectations = new Map<string, Promise<Outcome>>();

function expected(plot: Plot): Promise<Outcome> {
  const { logs, detectors, rule, late } = plot, key = `${logs} ${detectors} ${rule} ${late}`;
  if (!expectations.has(key)) expectations.set(key, undisturbed(plot));
  return expectations.get(key)!;
}

const told: string[] = [];
const sum = { kills: 0, runs: 0, messages: 0, repeats: 0 };

function messagesOf({ channels }: Outcome): number {
  return Object.values(channels).flat().length;
}

async function check(seed: number): Promise<void> {
  const plot = plotOf(seed), wanted = await expected(plot);
  let faults: string[];
  try {
    const outcome = await disturbed(plot);
    faults = differences(wanted, outcome, plot.late);
    sum.kills += outcome.kills;
    sum.runs += outcome.runs;
    sum.messages += messagesOf(outcome);
    sum.repeats += outcome.repeats;
    // Each kill can fall at most once between an answer and its being noted.
    if (outcome.repeats > outcome.kills) faults.push(`${outcome.repeats} repeats, ${outcome.kills} kills`);
  } catch (error) {
    faults = [error instanceof Error ? error.stack ?? error.message : String(error)];
  }
  if (faults.length > 0) {
    console.log(`history ${seed} differs`);
    told.push(
      `DEEPSCAN_HISTORY=${seed} (${JSON.stringify(plot)}): ${faults.length} differences`,
      ...faults.slice(0, 5),
    );
  }
}

Deno.test("detect comes to the same verdicts, alerts and messages however often it is killed", async () => {
  const seeds = ONLY === undefined ? Array.from({ length: HISTORIES }, (_, i) => i + 1) : [Number(ONLY)];
  const queue = [...seeds];
  const lane = async () => {
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) await check(seed);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const { kills, runs, messages, repeats } = sum;
  console.log(
    `${seeds.length} histories: ${runs} runs, ${kills} of them killed, ${messages} messages, ` +
      `${repeats} of them a repeat with the same key`,
  );
  assert.equal(told.join("\n"), "");
  assert.ok(kills >= seeds.length, `only ${kills} runs were killed`);
  for (const outcome of await Promise.all(expectations.values())) {
    assert.ok(outcome.state.verdicts.length > 100 && messagesOf(outcome) > 0);
    assert.equal(outcome.repeats, 0);
  }
});
