import assert from "node:assert/strict";
import fc from "fast-check";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { levelOfSeverity, LEVELS } from "../../lib/record/level.ts";
import { cellsOf, CountedStretch } from "../../lib/model/mapped/counted_stretch.ts";
import { COUNT_SLOT, RecordCounts, TEMPLATE_SLOT } from "../../lib/model/record_counts.ts";

interface Row {
  time: number;
  service: number;
  severity: number;
  template: number;
}

const rows = fc.array(
  fc.record<Row>({
    time: fc.oneof(fc.integer({ min: 0, max: 4 * TEMPLATE_SLOT }), fc.constantFrom(NaN, Infinity, -1, 9e15)),
    service: fc.integer({ min: 0, max: 40 }),
    severity: fc.integer({ min: 0, max: 24 }),
    template: fc.integer({ min: 0, max: 300 }),
  }),
  { maxLength: 200 },
);

function sums(entries: Iterable<readonly [key: string, count: number]>): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [key, count] of entries) if (count > 0) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/** What `counts` holds, by names that do not depend on the order. */
function taken(counts: RecordCounts) {
  const { services, templates, times } = counts.take();
  const levels = [...services].flatMap(({ start, service, levels }) =>
    Array.from(levels, (count, i) => [`${start} ${service} ${LEVELS[i]}`, count] as const)
  );
  return {
    levels: sums(levels),
    templates: sums(
      Array.from(templates, ({ start, template, isError, records }) => [
        `${start} ${template} ${isError}`,
        records,
      ]),
    ),
    times: times.map(({ template, first, last, records }) => `${template} ${first} ${last} ${records}`),
  };
}

function expected(all: readonly Row[]) {
  const timed = all.filter(({ time }) => Math.abs(time) <= 8.64e15),
    slot = (time: number, size: number) => Math.floor(time / size) * size;
  const byTemplate = [...Map.groupBy(timed, ({ template }) => template)].sort(([a], [b]) => a - b);
  return {
    levels: sums(
      timed.map((
        { time, service, severity },
      ) => [`${slot(time, COUNT_SLOT)} ${service} ${levelOfSeverity(severity)}`, 1]),
    ),
    templates: sums(
      timed.map((
        { time, template, severity },
      ) => [`${slot(time, TEMPLATE_SLOT)} ${template} ${severity >= 17}`, 1]),
    ),
    times: byTemplate.map(([template, own]) => {
      const times = own.map(({ time }) => time);
      return `${template} ${Math.min(...times)} ${Math.max(...times)} ${own.length}`;
    }),
  };
}

Deno.test("RecordCounts.add() counts every record that has a time once, in whatever order they come", () => {
  fc.assert(fc.property(rows, (all) => {
    const services = new Dictionary();
    for (let i = 0; i <= 40; i++) services.internText(`s${i}`);
    const batch = new LogBatch(services), counts = new RecordCounts(services);
    batch.length = all.length;
    all.forEach(({ time, service, severity, template }, i) => {
      [batch.timestamp[i], batch.service[i]] = [time, service];
      [batch.severity[i], batch.template[i]] = [severity, template];
    });
    const middle = all.length >> 1;
    counts.add(batch, 0, middle);
    counts.add(batch, middle, all.length);
    assert.deepEqual(taken(counts), expected(all));
    assert.deepEqual([counts.size, taken(counts)], [0, { levels: {}, templates: {}, times: [] }]);
  }));
});

Deno.test("CountedStretch.countIn() counts what others counted, under the numbers that templates have here", () => {
  const services = new Dictionary(), counts = new RecordCounts(services);
  const part = {
    ...{ from: 0, to: 600_000, records: 6, untimed: 1, first: 0, last: 310_000, births: [] },
    windows: [{
      service: "web",
      start: 300_000,
      lines: 4,
      pairs: Int32Array.of(2 << 3 | 4, 3, 5 << 3 | 2, 1),
      facts: {},
    }],
    events: [{ time: 7, service: "db", template: 5, severity: 21, keys: ["a", "b"] }, {
      ...{ time: null, service: "db", template: 5, severity: 9, keys: ["a"] },
    }],
  };
  const renamed = Int32Array.from({ length: 6 }, (_, i) => i === 5 ? 9 : i);
  for (const cell of cellsOf(part, 300_000)) {
    new CountedStretch(part, cell, { watermark: 0, isFirst: false, isLast: false, renamed }).countIn(counts);
  }
  const db = services.internText("db"), web = services.internText("web");
  assert.deepEqual(taken(counts), {
    levels: { [`300000 ${web} error`]: 3, [`300000 ${web} info`]: 1, [`0 ${db} fatal`]: 1 },
    templates: { "0 2 true": 3, "0 9 true": 1, "0 9 false": 1 },
    times: ["2 300000 300000 3", "9 7 300000 2"],
  });
});
