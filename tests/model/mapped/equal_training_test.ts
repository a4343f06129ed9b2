import assert from "node:assert/strict";
import fc from "fast-check";
import { fitStream } from "../../../lib/model/fit.ts";
import { learn, type LearnedStream } from "../../../lib/model/learn.ts";
import { streamSnapshot } from "../../../lib/model/stream_model.ts";
import type { StreamSettings } from "../../../lib/model/stream_settings.ts";
import { templateNames } from "../../../lib/model/template_names.ts";
import { MadeLog, START, WINDOW } from "../made_logs.ts";
import {
  calmRecords,
  deliveries,
  lineOf,
  type MadeRecord,
  mapped,
  record,
  SETTINGS,
  sourceOf,
} from "./made_parts.ts";

const LOG = "elasticsearch:server-logs";
const borders = fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 8 });
/** Some text of which there is more than one line each minute, so that there is something to learn. */
const history = fc.array(record, { minLength: 30, maxLength: 300, size: "max" });

/** What was learned, in plain form. */
function plain(
  { history, windows, watched, services, catalogue, read, from, to, leftOut, ...learned }: LearnedStream,
) {
  const { vectors, collectors } = windows, names = templateNames(catalogue);
  const rows = history.rows().map(({ service, vector, facts, leftOut, ...row }) => ({
    ...row,
    service: services.text(service),
    counts: vectors.counts(vector),
    facts: collectors.saveNamed(facts),
    leftOut: leftOut !== undefined,
  }));
  const { complete } = learned, open = windows.closeAll().length;
  return {
    rows,
    watched,
    read,
    from,
    to,
    leftOut,
    complete,
    open,
    first: names.id(0),
    counts: counted(learned),
  };
}

/** Records of the span by hour and template: where windows are what is counted they are in the slot that begins theirs. */
function counted({ recordCounts }: Pick<LearnedStream, "recordCounts">): Record<string, number> | null {
  if (recordCounts === undefined) return null;
  const counts: Record<string, number> = {};
  for (const { start, template, isError, records } of recordCounts.take().templates) {
    const key = `${start} ${template} ${isError}`;
    counts[key] = (counts[key] ?? 0) + records;
  }
  return counts;
}

/** Learns from lines read twice, and from lines and mapped parts. */
async function bothWays(
  records: MadeRecord[],
  cuts: number[],
  settings: StreamSettings,
  options: { span?: number } = {},
) {
  const parts = deliveries(records, cuts, 8 * WINDOW),
    text = parts.flatMap(({ records }) => records.map(lineOf)).join("");
  const open = () => Promise.resolve([new MadeLog(LOG, text)]);
  const ofLines = await learn(settings, await open(), { ...options, reopen: open });
  const ofParts = await learn(settings, await open(), {
    ...options,
    mapped: async (catalogue, until) => {
      const job = { settings, catalogue: catalogue.toJSON(), watched: null };
      const within = parts.map((part) => ({
        ...part,
        records: part.records.filter(({ at }) => at === null || START + at < until),
      })).filter(({ records }) => records.length > 0);
      return sourceOf(await Promise.all(within.map((part) => mapped(part, job))));
    },
  });
  return { ofLines, ofParts };
}

for (const [kind, settings] of Object.entries(SETTINGS)) {
  Deno.test(`learn() of a stream with ${kind} learns the same from mapped parts as from a second reading`, async () => {
    await fc.assert(
      fc.asyncProperty(history, borders, async (records, cuts) => {
        const { ofLines, ofParts } = await bothWays(records, cuts, settings);
        assert.deepEqual(plain(ofParts), plain(ofLines));
      }),
      { numRuns: 12 },
    );
  });

  Deno.test(`learn() of a span of a stream with ${kind} leaves the same open from mapped parts`, async () => {
    const timed = history.map((records) => records.filter(({ at }) => at !== null));
    await fc.assert(
      fc.asyncProperty(timed, borders, fc.integer({ min: 1, max: 16 }), async (records, cuts, minutes) => {
        if (records.length === 0) return;
        const inTime = records.map((one) => ({ ...one, late: 0 }));
        const { ofLines, ofParts } = await bothWays(inTime, cuts, settings, { span: minutes * WINDOW });
        assert.equal(ofParts.windows.watermark, ofLines.windows.watermark);
        assert.deepEqual(plain(ofParts), plain(ofLines));
      }),
      { numRuns: 12 },
    );
  });

  Deno.test(`fitStream() makes the same model of a stream with ${kind} from mapped parts`, async () => {
    const records = calmRecords(2).filter(({ at }) => at! > -600 * WINDOW).map((one) => ({
      ...one,
      at: one.at! + 600 * WINDOW,
    }));
    const cuts = Array.from({ length: 10 }, (_, i) => 61 * (i + 1));
    const { ofLines, ofParts } = await bothWays(records, cuts, settings);
    const options = { seed: 3, detectors: ["new-template", "unseen-vector", "autoencoder"] };
    const [model, other] = [await fitStream(ofParts, options), await fitStream(ofLines, options)];
    assert.equal(model.trained.fingerprint, other.trained.fingerprint);
    assert.ok(Object.keys(model.watched.spreads ?? {}).length > 0);
    assert.deepEqual(
      JSON.parse(JSON.stringify(streamSnapshot(model))),
      JSON.parse(JSON.stringify(streamSnapshot(other))),
    );
  });
}
