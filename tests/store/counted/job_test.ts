import assert from "node:assert/strict";
import { streamSettings } from "../../../lib/model/stream_settings.ts";
import {
  countedIndex,
  type Job,
  type JobDefinition,
  jobId,
  readJob,
  saveJob,
} from "../../../lib/store/counted/job.ts";
import { Miner } from "../../../lib/template/miner.ts";

function definition(change: Partial<JobDefinition> = {}): JobDefinition {
  const miner = new Miner(), line = new TextEncoder().encode("took 12 ms");
  miner.learnLine(line, 0, line.length);
  return {
    settings: streamSettings({ name: "shop", session: "order=(\\d+)" }),
    ...{
      index: "logs-*",
      fields: {},
      query: null,
      watched: null,
      catalogue: miner.freeze().catalogue.toJSON(),
    },
    ...change,
  };
}

function jobOf(definition: JobDefinition): Job {
  return { id: jobId(definition), definition, width: 60_000, period: "month", begun: 5 };
}

Deno.test("jobId() depends on all that the work depends on, and on nothing else", () => {
  const id = jobId(definition()), { settings } = definition();
  assert.match(id, /^[0-9a-f]{20}$/);
  assert.equal(jobId(JSON.parse(JSON.stringify(definition()))), id);
  const turned = Object.fromEntries(Object.entries(definition()).reverse()) as unknown as JobDefinition;
  assert.equal(jobId(turned), id);
  const others: Partial<JobDefinition>[] = [
    { index: "logs" },
    { query: { match_all: {} } },
    { fields: { message: ["msg"] } },
    { settings: { ...settings, window: 60_000 } },
    { watched: { quantities: {}, values: {} } },
    { after: [{ job: "a", width: 1, done: 0, parts: [], upTo: null }] },
  ];
  const ids = others.map((change) => jobId(definition(change)));
  assert.equal(new Set([id, ...ids]).size, others.length + 1);
});

Deno.test("readJob() reads what saveJob() writes, and refuses what is another", () => {
  const job = jobOf(definition()), saved = JSON.parse(JSON.stringify(saveJob(job)));
  assert.deepEqual(readJob(job.id, saved), job);
  assert.throws(() => readJob(job.id, { ...saved, version: 1 }), /version 1 of it is not 2/);
  assert.throws(() => readJob("0".repeat(20), saved), /its text was changed/);
  assert.throws(() => readJob(job.id, { ...saved, period: "week" }), /period must be day, month, year/);
  assert.throws(() => readJob(job.id, {}), TypeError);
});

Deno.test("countedIndex() is named by the period that a part begins in", () => {
  const from = Date.UTC(2026, 2, 2, 23),
    names = (["day", "month", "year"] as const).map((period) => {
      return countedIndex({ id: "abc", period }, from);
    });
  assert.deepEqual(names, [
    "deepscan-counted-abc-2026.03.02",
    "deepscan-counted-abc-2026.03",
    "deepscan-counted-abc-2026",
  ]);
});
