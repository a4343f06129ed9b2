import assert from "node:assert/strict";
import fc from "fast-check";
import type { StreamSettings } from "../../../lib/model/stream_settings.ts";
import { WINDOW } from "../made_logs.ts";
import {
  calmRecords,
  deliveries,
  type Delivery,
  type HeldVerdict,
  lineOf,
  LiveStream,
  type MadeRecord,
  mapped,
  record,
  SETTINGS,
  sourceOf,
  trainedOn,
} from "./made_parts.ts";

const borders = fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 8 });
const history = fc.array(record, { minLength: 1, maxLength: 120, size: "max" });
/** All have times: one without is read together with whatever comes behind it. */
const timed = history.map((records) => records.filter(({ at }) => at !== null));
/** How many deliveries each run finds. */
const runs = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 });

const textOf = (parts: Delivery[]) => parts.flatMap(({ records }) => records.map(lineOf)).join("");

/** When a text was first seen is told as it was known then: it depends on when runs began, not on what they read. */
function timeless(verdicts: HeldVerdict[]): unknown {
  return verdicts.map((one) => ({
    ...one,
    reasons: one.reasons.map((reason) => ({ ...reason, firstSeen: null })),
  }));
}

/** Both ways to the same records. */
class Both {
  anomalous = 0;
  late = 0;
  born = 0;
  readonly #job: Parameters<typeof mapped>[1];

  private constructor(private readonly snapshot: unknown, settings: StreamSettings) {
    const { catalogue, watched } = snapshot as { catalogue: unknown; watched: never };
    this.#job = { settings, catalogue, watched };
  }

  static async trained(settings: StreamSettings): Promise<Both> {
    return new Both(await trainedOn(calmRecords(), settings), settings);
  }

  /** Reads deliveries as lines, and takes them as parts, in runs of so many. */
  async follow(parts: Delivery[], { lines: ofLines, parts: ofParts }: { lines: number[]; parts: number[] }) {
    const lines = new LiveStream(this.snapshot), counted = new LiveStream(this.snapshot);
    for (const some of inRuns(parts, ofLines)) await lines.readLines(textOf(some));
    const done = await Promise.all(parts.map((part) => mapped(part, this.#job)));
    for (const some of inRuns(done, ofParts)) await counted.takeParts(sourceOf(some));
    this.anomalous += lines.verdicts.filter(({ reasons }) => reasons.length > 0).length;
    this.born += lines.births.length;
    return { lines, counted };
  }

  /** Something must have happened. */
  assertLively(): void {
    assert.ok(this.anomalous > 50 && this.born > 25, `${this.anomalous} anomalous, ${this.born} born`);
  }
}

function inRuns<T>(all: T[], runs: number[]): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < all.length;) {
    groups.push(all.slice(at, at += runs[groups.length % runs.length]));
  }
  return groups;
}

function assertEqual({ lines, counted }: { lines: LiveStream; counted: LiveStream }): void {
  assert.deepEqual(counted.births, lines.births);
  assert.deepEqual([counted.records, counted.late], [lines.records, lines.late]);
  assert.deepEqual(counted.counts, lines.counts);
}

for (const [kind, settings] of Object.entries(SETTINGS)) {
  Deno.test(`scan() of a stream with ${kind} decides the same from lines and from mapped parts, however they were cut`, async () => {
    const both = await Both.trained(settings),
      parts = (records: MadeRecord[], cuts: number[]) => deliveries(records, cuts, 8 * WINDOW);
    await fc.assert(
      fc.asyncProperty(timed, borders, runs, async (records, cuts, runs) => {
        const { lines, counted } = await both.follow(parts(records, cuts), { lines: runs, parts: runs });
        assert.deepEqual(counted.verdicts, lines.verdicts);
        assertEqual({ lines, counted });
      }),
      { numRuns: 12 },
    );
    both.assertLively();
  });

  Deno.test(`scan() of a stream with ${kind} decides the same from lines in one run and from mapped parts in many`, async () => {
    const both = await Both.trained(settings),
      parts = (records: MadeRecord[], cuts: number[]) => deliveries(records, cuts, 8 * WINDOW);
    await fc.assert(
      fc.asyncProperty(history, borders, runs, async (records, cuts, runs) => {
        const { lines, counted } = await both.follow(parts(records, cuts), {
          lines: [Infinity],
          parts: runs,
        });
        assert.deepEqual(timeless(counted.verdicts), timeless(lines.verdicts));
        assertEqual({ lines, counted });
      }),
      { numRuns: 12 },
    );
    both.assertLively();
  });
}
