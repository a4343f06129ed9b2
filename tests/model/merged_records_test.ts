import assert from "node:assert/strict";
import fc from "fast-check";
import { MergedRecords, type Slice } from "../../lib/model/merged_records.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { line, MadeLog, merged, settingsOf, START, WINDOW } from "./made_logs.ts";

/** Contents of the rows of a slice. */
function contents({ batch, from, to }: Slice): string[] {
  return Array.from({ length: to - from }, (_, i) => batch.record(from + i).content);
}

async function rest(records: MergedRecords): Promise<string[]> {
  const all: string[] = [];
  for (let slice = await records.next(); slice !== null; slice = await records.next()) {
    all.push(...contents(slice));
  }
  return all;
}

/** Logs whose lines say their log, number and second; in each log seconds never fall. */
const logs = fc.array(
  fc.array(fc.nat(40), { maxLength: 12 }).map((gaps) => {
    let second = 0;
    return gaps.map((gap) => second += gap);
  }),
  { minLength: 1, maxLength: 4 },
);

const textOf = (seconds: number[], log: number) =>
  seconds.map((second, i) => line(second, `${log}.${i}`)).join("");

Deno.test("MergedRecords hands rows out by time, then log, then offset", async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.integer({ min: 1, max: 200 }), async (logs, piece) => {
      const inputs = logs.map((seconds, log) => new MadeLog(`${log}.log`, textOf(seconds, log), piece));
      const expected = logs.flatMap((seconds, log) => seconds.map((second, i) => ({ second, log, i })))
        .sort((a, b) => a.second - b.second || a.log - b.log || a.i - b.i);
      assert.deepEqual(await rest(merged(inputs)), expected.map(({ log, i }) => `${log}.${i}`));
    }),
    { numRuns: 60, seed: 3 },
  );
});

Deno.test("MergedRecords goes on from its positions with exactly the rows that are left, wherever it stopped", async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(30), fc.integer({ min: 1, max: 200 }), async (logs, stop, piece) => {
      const texts = logs.map(textOf),
        whole = await rest(merged(texts.map((text, i) => new MadeLog(`${i}.log`, text))));
      const first = merged(texts.map((text, i) => new MadeLog(`${i}.log`, text, piece)));
      const before: string[] = [];
      for (let i = 0; i < stop; i++) {
        const slice = await first.next();
        if (slice === null) break;
        before.push(...contents(slice));
      }
      const positions = await first.positions();
      const second = merged(
        texts.map((text, i) => new MadeLog(`${i}.log`, text, piece, positions[i].position.offset)),
        { readers: new Map(positions.map(({ name, reader }) => [name, reader])), logs: first.logs },
      );
      assert.deepEqual([...before, ...await rest(second)], whole);
    }),
    { numRuns: 60, seed: 4 },
  );
});

Deno.test("MergedRecords.next() ends a slice at the border of a time window", async () => {
  const records = merged([
    new MadeLog("a.log", line(10, "a") + line(59, "b") + line(60, "c") + line(130, "d")),
  ]);
  const slices: string[][] = [];
  for (let slice = await records.next(); slice !== null; slice = await records.next()) {
    slices.push(contents(slice));
  }
  assert.deepEqual(slices, [["a", "b"], ["c"], ["d"]]);
});

Deno.test("MergedRecords.next() leaves what `until` holds back unread, and says that there is some", async () => {
  const records = merged([new MadeLog("a.log", line(10, "a") + line(70, "b"))]);
  assert.equal(await records.start(), START + 10_000);
  records.until = START + WINDOW;
  assert.deepEqual(await rest(records), ["a"]);
  assert.equal(records.pending, true);
  const [{ position }] = await records.positions();
  assert.equal(position.offset, line(10, "a").length);
});

Deno.test("MergedRecords.watermark() is held back by a log at its end only while that is not idle", async () => {
  const idle = 5 * WINDOW;
  const texts = { "a.log": line(0, "a"), "b.log": line(100, "b") + line(299, "c") + line(301, "d") };
  const records = merged(Object.entries(texts).map(([name, text]) => new MadeLog(name, text)));
  const seen: [string, number][] = [];
  for (let slice = await records.next(); slice !== null; slice = await records.next()) {
    seen.push([contents(slice).join(), (records.watermark(idle) - START) / 1000]);
  }
  // "a" is silent from 0 on: with 299 it lies within five minutes of the latest, with 301 no longer.
  assert.deepEqual(seen.map(([content]) => content), ["a", "b", "c", "d"]);
  assert.deepEqual(seen.slice(1).map(([, watermark]) => watermark), [0, 0, 301]);
});

Deno.test("MergedRecords.watermark() goes on with real time where logs are at their end, and never back", async () => {
  const records = merged([new MadeLog("a.log", line(10, "a") + line(20, "b"))]);
  await rest(records);
  assert.equal(records.watermark(WINDOW), START + 20_000);
  assert.equal(records.watermark(WINDOW, START + 500_000), START + 500_000);
  assert.equal(records.watermark(WINDOW), START + 500_000);
});

Deno.test("MergedRecords gives a row without a time the place behind the row before it", async () => {
  const json = (message: string, seconds?: number) =>
    JSON.stringify({ ...(seconds !== undefined && { time: new Date(START + seconds * 1000) }), message }) +
    "\n";
  const a = new MadeLog("a.log", json("late", 50));
  const b = new MadeLog("b.log", json("early", 10) + json("untimed") + json("latest", 60));
  const records = new MergedRecords([a, b], {
    ...{ settings: settingsOf({ format: "json" }), services: new Dictionary() },
  });
  assert.deepEqual(await rest(records), ["early", "untimed", "late", "latest"]);
});
