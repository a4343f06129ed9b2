import assert from "node:assert/strict";
import { Dictionary } from "../../../lib/record/dictionary.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { RecordCounts } from "../../../lib/model/record_counts.ts";
import { State } from "../../../lib/store/state.ts";

const DAY = 86_400_000, HOUR = 3_600_000;

/** A line: time, service, severity, template. */
type Line = [time: number, service: string, severity: number, template: number];

const TEMPLATES = ["started", "disk full", "bye"].map((text, i) => ({
  ...{ id: `T${i}`, text, severity: i === 1 ? 17 : 9, count: 0, provisional: i > 0 },
}));

function counted(lines: readonly Line[], cuts: readonly number[] = []) {
  const state = State.open(":memory:"), services = new Dictionary(), counts = new RecordCounts(services);
  state.counts.know("shop", "v0001", () => TEMPLATES.slice(0, 1));
  const names = {
    services,
    template: (number: number) => TEMPLATES[number],
    example: (number: number) => `${TEMPLATES[number].text}!`,
  };
  let from = 0;
  for (const to of [...cuts, lines.length]) {
    const batch = new LogBatch(services), rows = lines.slice(from, to);
    batch.length = rows.length;
    rows.forEach(([time, service, severity, template], i) => {
      batch.timestamp[i] = time;
      batch.service[i] = services.internText(service);
      batch.severity[i] = severity;
      batch.template[i] = template;
    });
    counts.add(batch, 0, rows.length);
    state.transaction(() => state.counts.add("shop", counts.take(), names));
    from = to;
  }
  return state;
}

function dump(state: State): unknown {
  const all = (sql: string) => state.database.prepare(sql).all().map((row) => Object.values(row).join(" "));
  return {
    records: all(
      `select service, is_all, size, start, none, debug, info, warn, error, fatal from record_count
      join series on number = series order by 1, 2, 3, 4`,
    ),
    templates: all("select id, text, level, first, last, records, example, model from template order by id"),
    hours: all(
      "select id, size, start, template_count.records, errors from template_count join template on number = template order by 1, 2, 3",
    ),
  };
}

const LINES: Line[] = [
  [10, "db", 9, 0],
  [299_999, "db", 17, 1],
  [300_000, "web", 0, 0],
  [NaN, "web", 9, 0], // in no slot
  [HOUR + 5, "db", 21, 1],
  [20, "db", 13, 0], // late
  [DAY, "db", 9, 2],
];

Deno.test("State.counts sums records up by service, level and slot, templates by hour and day", () => {
  const state = counted(LINES);
  assert.deepEqual(dump(state), {
    records: [
      ...[" 1 300000 0 0 0 1 1 1 0", " 1 300000 300000 1 0 0 0 0 0", " 1 300000 3600000 0 0 0 0 0 1"],
      ...[" 1 300000 86400000 0 0 1 0 0 0", " 1 3600000 0 1 0 1 1 1 0", " 1 3600000 3600000 0 0 0 0 0 1"],
      ...[" 1 3600000 86400000 0 0 1 0 0 0", " 1 86400000 0 1 0 1 1 1 1", " 1 86400000 86400000 0 0 1 0 0 0"],
      ...["db 0 300000 0 0 0 1 1 1 0", "db 0 300000 3600000 0 0 0 0 0 1", "db 0 300000 86400000 0 0 1 0 0 0"],
      ...["db 0 3600000 0 0 0 1 1 1 0", "db 0 3600000 3600000 0 0 0 0 0 1"],
      ...[
        "db 0 3600000 86400000 0 0 1 0 0 0",
        "db 0 86400000 0 0 0 1 1 1 1",
        "db 0 86400000 86400000 0 0 1 0 0 0",
      ],
      ...["web 0 300000 300000 1 0 0 0 0 0", "web 0 3600000 0 1 0 0 0 0 0", "web 0 86400000 0 1 0 0 0 0 0"],
    ],
    templates: [
      "T0 started 9  300000 3 started! v0001", // the model knew it: nobody knows since when it is there
      "T1 disk full 17 299999 3600005 2 disk full! ",
      "T2 bye 9 86400000 86400000 1 bye! ",
    ],
    hours: [
      ...["T0 3600000 0 3 0", "T0 86400000 0 3 0"],
      ...["T1 3600000 0 1 1", "T1 3600000 3600000 1 1", "T1 86400000 0 2 2"],
      ...["T2 3600000 86400000 1 0", "T2 86400000 86400000 1 0"],
    ],
  });
  state.close();
});

Deno.test("State.counts comes to the same wherever checkpoints are", () => {
  const whole = counted(LINES), expected = dump(whole);
  for (const cuts of [[1], [3, 4], [1, 2, 3, 4, 5, 6]]) {
    const state = counted(LINES, cuts);
    assert.deepEqual(dump(state), expected);
    state.close();
  }
  whole.close();
});

Deno.test("State.counts.forget() forgets slots that are over before a time, and templates that nobody knows any more", () => {
  const state = counted(LINES);
  assert.ok(state.counts.forget("shop", DAY) > 0);
  const { records, templates, hours } = dump(state) as Record<string, string[]>;
  assert.deepEqual(records.filter((row) => !row.includes(" 86400000 ")), []);
  assert.deepEqual(templates.map((row) => row.split(" ")[0]), ["T0", "T2"]); // T0 is in the model
  assert.deepEqual(hours, ["T2 3600000 86400000 1 0", "T2 86400000 86400000 1 0"]);
  assert.equal(state.counts.forget("other", DAY), 0);
  state.close();
});

Deno.test("State.counts.prune() keeps the shortest slots for a fortnight, and looks once a day", () => {
  const state = counted([[0, "db", 9, 0], [20 * DAY, "db", 9, 0]]);
  const sizes = () =>
    state.database.prepare("select distinct size, start from record_count order by size, start").all().map((
      row,
    ) => Object.values(row).join(" "));
  state.counts.prune("shop", -DAY, 20 * DAY);
  assert.deepEqual(sizes(), [
    `300000 ${20 * DAY}`,
    ...["3600000 0", `3600000 ${20 * DAY}`, "86400000 0", `86400000 ${20 * DAY}`],
  ]);
  state.counts.prune("shop", DAY, 20 * DAY + 5);
  assert.equal(sizes().length, 5); // the same day
  state.counts.prune("shop", DAY, 21 * DAY);
  assert.equal(sizes().length, 3);
  state.close();
});

Deno.test("State.counts.prune() leaves the same whenever in a day it looks", () => {
  const slots = Array.from({ length: 16 * 24 }, (_, i): Line => [i * HOUR, "db", 9, 0]);
  const left = [15 * DAY, 15 * DAY + 7 * HOUR, 16 * DAY - 1].map((reached) => {
    const state = counted(slots);
    state.counts.prune("shop", reached - 15 * DAY, reached);
    const rows = state.database.prepare(
      "select size, min(start) as first, count(*) as n from record_count group by size",
    );
    const found = rows.all().map((row) => Object.values(row).join(" "));
    state.close();
    return found;
  });
  assert.equal(left[0][0], `300000 ${DAY} ${15 * 24 * 2}`); // of all services, and of the one
  assert.deepEqual([left[1], left[2]], [left[0], left[0]]);
});

Deno.test("State.counts.know() takes what was born for known once a model knows it", () => {
  const state = counted(LINES);
  state.counts.know("shop", "v0002", () => [{ ...TEMPLATES[1], text: "disk <*>" }]);
  const { templates } = dump(state) as Record<string, string[]>;
  assert.equal(templates[1], "T1 disk <*> 17 299999 3600005 2 disk full! v0002");
  state.close();
});
