import assert from "node:assert/strict";
import { silenceLimit, troublesOf } from "../../../runner/health/source_troubles.ts";
import {
  lookedAt,
  readWatchedSource,
  type SourceLook,
  type WatchedSource,
} from "../../../runner/health/watched_source.ts";

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const NOTHING = { records: 0, unparsed: 0, problem: "" };

/** A source that was looked at so, one after the other. */
function looked(...looks: (Partial<SourceLook> & { now: number })[]): WatchedSource {
  let source: WatchedSource | null = null;
  for (const look of looks) {
    source = lookedAt(source, { ...NOTHING, newest: source?.newest ?? null, ...look });
  }
  return source!;
}

/** Looks every five minutes of a span of time; records come when `comes` says so. */
function everyFiveMinutes(span: number, comes: (now: number) => boolean): WatchedSource {
  let source: WatchedSource | null = null;
  for (let now = 0; now <= span; now += 5 * MINUTE) {
    const usual = source === null ? undefined : silenceLimit(source, "auto"), hasCome = comes(now);
    const newest: number | null = hasCome ? now : source?.newest ?? null;
    source = lookedAt(source, { ...NOTHING, records: Number(hasCome), newest, now, usual });
  }
  return source!;
}

Deno.test("lookedAt() takes no silence for longer than it certainly was: what came between two looks came after the first", () => {
  const source = looked({ now: 0, records: 1 }, { now: HOUR }, { now: 9 * HOUR, records: 1 });
  assert.deepEqual(source.silences, [[0, HOUR]]);
  assert.equal(source.deliveredAt, 9 * HOUR);
});

Deno.test("lookedAt() takes delay from the look before, so that runs may be rare", () => {
  const late = looked({ now: DAY, records: 1, newest: DAY }, {
    now: DAY + HOUR,
    records: 1,
    newest: DAY - HOUR,
  });
  assert.equal(late.delay, 0); // what was read before is newer still
  const behind = looked({ now: DAY, records: 1, newest: DAY - 2 * HOUR }, {
    now: DAY + HOUR,
    records: 1,
    newest: DAY - HOUR,
  });
  assert.equal(behind.delay, HOUR);
  const rare = looked({ now: DAY, records: 1, newest: DAY }, {
    now: 3 * DAY,
    records: 1,
    newest: 3 * DAY - HOUR,
  });
  assert.equal(rare.delay, 0); // nobody looked meanwhile: it may have come in time
});

Deno.test("lookedAt() keeps when a source that can't be read was looked at last", () => {
  const source = looked({ now: 0, records: 1, newest: 0 }, { now: HOUR, problem: "there is no such folder" });
  assert.deepEqual([source.lookedAt, source.deliveredAt, source.problem], [0, 0, "there is no such folder"]);
  assert.equal(looked({ now: 0 }, { now: HOUR, problem: "gone" }, { now: 2 * HOUR }).problem, "");
});

Deno.test("lookedAt() goes on from now where the clock is put back", () => {
  const back = looked({ now: 9 * DAY, records: 1, newest: 9 * DAY }, { now: DAY });
  assert.deepEqual([back.since, back.lookedAt, back.deliveredAt], [DAY, DAY, DAY]);
  const settings = { no_data: HOUR, max_delay: null, min_parsed: 0 };
  assert.deepEqual(troublesOf(back, settings, DAY + 2 * HOUR).map(({ value }) => value), [2 * HOUR]);
});

Deno.test("lookedAt() tells the share of what fits by a hundred records", () => {
  const first = looked({ now: 0, records: 60, unparsed: 60 });
  assert.equal(first.parsed, null);
  const second = lookedAt(first, { ...NOTHING, newest: null, now: 1, records: 60, unparsed: 0 });
  assert.deepEqual([second.parsed, second.read], [0.5, 0]);
});

Deno.test("silenceLimit() finds out how long a source is usually silent", () => {
  const busy = everyFiveMinutes(3 * DAY, () => true);
  assert.equal(silenceLimit(busy, "auto"), HOUR);
  const atNight = everyFiveMinutes(3 * DAY, (now) => now % DAY >= 8 * HOUR);
  assert.equal(silenceLimit(atNight, "auto"), 2 * 8 * HOUR); // of five to midnight, up to five to eight
  assert.equal(silenceLimit(everyFiveMinutes(12 * HOUR, () => true), "auto"), DAY);
  assert.equal(silenceLimit(busy, null), Infinity);
});

Deno.test("silenceLimit() learns nothing from a silence that was a trouble", () => {
  const outage = everyFiveMinutes(5 * DAY, (now) => now < 3 * DAY || now > 3 * DAY + 10 * HOUR);
  assert.equal(silenceLimit(outage, "auto"), HOUR);
});

Deno.test("silenceLimit() forgets a long silence after two weeks", () => {
  const once = (days: number) => everyFiveMinutes(days * DAY, (now) => now < 8 * HOUR || now > 16 * HOUR);
  assert.equal(silenceLimit(once(10), "auto"), 2 * (8 * HOUR + 5 * MINUTE));
  assert.equal(silenceLimit(once(16), "auto"), HOUR);
});

Deno.test("troublesOf() says each trouble by its limit", () => {
  const settings = { no_data: HOUR, max_delay: 15 * MINUTE, min_parsed: 0.5 };
  const source = { ...looked({ now: 0, records: 200, unparsed: 150, newest: 0 }), delay: HOUR };
  assert.deepEqual(troublesOf(source, settings, 2 * HOUR), [
    { kind: "no_data", since: 0, value: 2 * HOUR, limit: HOUR },
    { kind: "data_delay", since: 0, value: HOUR, limit: 15 * MINUTE },
    { kind: "unparsed", since: 0, value: 0.25, limit: 0.5 },
  ]);
  assert.deepEqual(troublesOf(source, { no_data: null, max_delay: null, min_parsed: 0 }, 9 * DAY), []);
});

Deno.test("readWatchedSource() reads what was saved and refuses what was not", () => {
  const source = looked({ now: 0, records: 5, newest: 3 }, { now: DAY });
  assert.deepEqual(readWatchedSource(JSON.parse(JSON.stringify(source))), source);
  assert.throws(() => readWatchedSource({ ...source, version: 2 }), /version must be 1, current value is 2/);
  assert.throws(
    () => readWatchedSource({ ...source, silences: [5] }),
    /silences\[0\] must be an array of two/,
  );
});
