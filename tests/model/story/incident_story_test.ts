import assert from "node:assert/strict";
import fc from "fast-check";
import type { Reason, Verdict } from "../../../lib/explain/reason.ts";
import { incidentStory, type StoryOptions } from "../../../lib/model/story/incident_story.ts";
import { InputError } from "../../../lib/source/input.ts";
import { calm, calmModel, DAY, HOUR, type Line, logOf, MINUTE, TODAY } from "./made_incident.ts";

const FROM = TODAY + 10 * HOUR, TO = FROM + 30 * MINUTE;

/** The story of calm logs with other lines among them, and without some. */
async function told(
  added: readonly Line[],
  options: Partial<StoryOptions> & { verdicts?: Verdict[]; without?: (line: Line) => boolean } = {},
) {
  const { verdicts = [], without = () => false, ...rest } = options;
  const lines = [...calm(TODAY - DAY, TODAY + 12 * HOUR).filter((line) => !without(line)), ...added];
  const streams = [{ model: await calmModel(), inputs: logOf(lines), verdicts }];
  return await incidentStory(streams, { from: FROM, to: TO, ...rest });
}

const at = (seconds: number, text: string): Line => ({ time: FROM + 1000 * seconds, text });
const times = (count: number, from: number, step: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => at(from + step * i, text(i)));

Deno.test("incidentStory() tells the first rare event and the worst symptom, with what makes each worth telling", async () => {
  const { lines } = await told([
    at(12, "WARN replica lags behind by 40 s"),
    ...times(90, 300, 2, (i) => `WARN queue is full, dropped job ${i}`),
    at(700, "FATAL out of memory"),
    at(710, "INFO engine restarted"),
  ]);
  const marks = new Map(lines.map(({ text, marks }) => [text, marks]));
  assert.deepEqual(marks.get("replica lags behind by 40 s"), ["first ever seen"]);
  assert.deepEqual(marks.get("out of memory"), ["first ever seen", "worst symptom"]);
  assert.deepEqual(marks.get("queue is full, dropped job 0"), ["first ever seen", "burst begins"]);
  assert.equal(lines[0].text, "replica lags behind by 40 s");
  assert.deepEqual(lines.map(({ offset }) => offset / 1000).slice(0, 2), [0, 288]);
  assert.deepEqual([lines[0].level, lines[0].service, lines[0].stream], ["warn", "shop", "shop"]);
});

Deno.test("incidentStory() has both also where far more would be worth telling than it may have lines", async () => {
  const words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"];
  const noise = words.flatMap((word, i) =>
    words.map((other, j) => at(100 + 10 * i + j, `ERROR ${word} ${other} ${"x".repeat(i + 1)} broke`))
  );
  const { lines } = await told([at(1, "INFO lease given up"), ...noise, at(1500, "FATAL engine stopped")], {
    lines: 5,
  });
  assert.equal(lines.length, 5);
  assert.equal(lines[0].text, "lease given up");
  assert.equal(lines.at(-1)!.text, "engine stopped");
});

Deno.test("incidentStory() has five lines where the span has so many, however little happened, and fewer where it hasn't", async () => {
  assert.equal((await told([])).lines.length, 5);
  const only = await told([at(1, "ERROR first"), at(2, "ERROR second")], { without: () => true, lead: 0 });
  assert.deepEqual(only.lines.map(({ text }) => text), ["first", "second"]);
  assert.deepEqual((await told([], { without: () => true })).lines, []);
});

Deno.test("incidentStory() tells where a service falls silent and where it speaks again", async () => {
  const gap = ({ time }: Line) => time > FROM + 5 * MINUTE && time < FROM + 20 * MINUTE;
  const { lines } = await told([], { without: gap });
  const marks = lines.flatMap(({ marks, time }) => marks.map((mark) => [mark, (time - FROM) / MINUTE]));
  assert.ok(marks.some(([mark, minute]) => mark === "silence begins" && minute === 5), JSON.stringify(marks));
  assert.ok(marks.some(([mark, minute]) => mark === "silence ends" && minute === 20), JSON.stringify(marks));
  const forGood = await told([], { without: ({ time }) => time > FROM });
  assert.ok(forGood.lines.some(({ marks }) => marks.includes("silence begins")));
  assert.ok(!forGood.lines.some(({ marks }) => marks.includes("silence ends")));
});

Deno.test("incidentStory() tells the last record of a message that is always there and stays away", async () => {
  const { lines, changes } = await told([], {
    without: ({ time, text }) => text.includes("health") && time >= FROM - 5 * MINUTE,
  });
  assert.equal(lines.find(({ marks }) => marks.includes("vanished"))?.text, "health check ok");
  assert.deepEqual(
    changes.filter(({ kind }) => kind === "vanished").map(({ template, during, before, dayBefore }) => [
      template,
      during,
      before,
      dayBefore,
    ]),
    [["health check ok", 0, 35, 35]],
  );
});

Deno.test("incidentStory() says what came more and less often, and not what comes so every day", async () => {
  const daily = (day: number) => times(80, day, 1, (i) => `INFO report ${i} written`);
  const { changes } = await told([
    ...daily(100),
    ...daily(100 - 86_400),
    ...times(60, 100, 3, (i) => `ERROR payment ${i} refused`),
  ], { without: ({ time, text }) => text.includes("served") && time >= FROM && time % (20 * MINUTE) !== 0 });
  const kinds = changes.map(({ kind, template, level }) => [kind, template, level]);
  assert.deepEqual(kinds[0], ["new", "payment <*> refused", "error"]);
  assert.ok(kinds.some(([kind, template]) => kind === "less" && template === "request <*> served in <*> ms"));
  assert.ok(!kinds.some(([, template]) => template.startsWith("report")), JSON.stringify(kinds));
});

Deno.test("incidentStory() compares with nothing where the log doesn't reach back", async () => {
  const { changes } = await told(times(60, 0, 3, (i) => `ERROR payment ${i} refused`), {
    without: ({ time }) => time < FROM - MINUTE,
  });
  assert.deepEqual(
    changes.map(({ template, before, dayBefore }) => [template, before, dayBefore]),
    [["payment <*> refused", null, null]],
  );
});

Deno.test("incidentStory() compares with no span that the log begins within, and takes nothing in it for new", async () => {
  const refused = times(60, 0, 3, (i) => `ERROR payment ${i} refused`);
  const once = at(-600, "ERROR payment 0 refused");
  const { changes, lines } = await told([...refused, once], {
    without: ({ time }) => time < FROM - 12 * MINUTE,
  });
  assert.deepEqual(changes, []); // five of 35 minutes say nothing of "more often"
  assert.ok(lines.every(({ marks }) => !marks.includes("first ever seen") && !marks.includes("rare")));
  const dayAgo = await told(refused, { without: ({ time }) => time < FROM - DAY + 10 * MINUTE });
  assert.equal(dayAgo.changes[0].kind, "new");
  assert.ok(dayAgo.changes.every(({ before, dayBefore }) => before !== null && dayBefore === null));
});

const reason: Reason = {
  ...{ detector: "d", kind: "template", id: "", title: "", share: 1, actual: 3, expected: 0 },
  ...{ firstSeen: null, example: "" },
};
const verdict: Verdict = {
  ...{ stream: "shop", key: "", kind: "window", service: "shop", start: FROM, end: TO, lines: 9 },
  ...{ score: 4, threshold: 1, anomalous: true, reasons: [] },
};

Deno.test("incidentStory() tells the first record of a reason in its windows, and one that names who is behind a threat", async () => {
  const { catalogue } = await calmModel();
  const [{ id }] = catalogue.known.filter(({ text }) => text.startsWith("cache evicted"));
  const window = { ...verdict, key: "shop@a", reasons: [{ ...reason, id }] };
  const source = {
    ...verdict,
    ...{ key: "shop@b", start: FROM + 10 * MINUTE },
    reasons: [{ ...reason, kind: "source" as const, id: "scanner 192.0.2.7", title: "192.0.2.7" }],
  };
  const { lines } = await told([
    at(900, "INFO login refused for 192.0.2.77"),
    at(901, "INFO login refused for 192.0.2.7"),
  ], { verdicts: [window, source] });
  const reasons = lines.filter(({ marks }) => marks.includes("first of the reasons"));
  assert.deepEqual(reasons.map(({ text }) => text.replace(/\d+ entries/, "N entries")), [
    "cache evicted N entries",
    "login refused for 192.0.2.7",
  ]);
});

Deno.test("incidentStory() tells the steps of the worst session, and of no other", async () => {
  const steps = (order: number, from: number) => [
    at(from, `INFO order=${order} begun`),
    at(from + 2, `INFO order=${order} paid`),
    at(from + 4, `INFO order=${order} paid`),
  ];
  const session = (order: number, from: number, score: number): Verdict => ({
    ...verdict,
    ...{ key: `${order}@${new Date(FROM + 1000 * from).toISOString()}`, kind: "session", score },
    ...{ start: FROM + 1000 * from, end: FROM + 1000 * (from + 4) },
  });
  const { lines } = await told([...steps(7, 60), ...steps(8, 62), ...steps(9, 600)], {
    verdicts: [session(7, 60, 2), session(8, 62, 9)],
  });
  const told7 = lines.filter(({ marks }) => marks.includes("step of the worst session"));
  assert.deepEqual(told7.map(({ text }) => text), ["order=8 begun", "order=8 paid", "order=8 paid"]);
});

Deno.test("incidentStory() redacts whatever it tells", async () => {
  const { lines, changes } = await told(
    times(9, 10, 2, (i) => `ERROR login of a${i} failed password=hunter${i}`),
  );
  const shown = JSON.stringify([lines, changes]);
  assert.match(shown, /password=<secret>/);
  assert.doesNotMatch(shown, /hunter/);
});

Deno.test("incidentStory() counts records by level around the incident, for pictures", async () => {
  const { levels, size, span } = await told([at(5, "ERROR once")]);
  assert.deepEqual([span.from, span.to], [FROM - 5 * MINUTE, TO]);
  assert.equal(levels.find(({ level }) => level === "error")?.count, 1);
  assert.ok(levels.every(({ time }) => time >= span.before.from - size && time < span.until));
});

Deno.test("incidentStory() refuses an incident without length and too few or too many lines", async () => {
  await assert.rejects(() => told([], { to: FROM }), /it must end behind its beginning/);
  for (const lines of [4, 21, 7.5]) {
    await assert.rejects(
      () => told([], { lines }),
      new RegExp(`lines must be 5 to 20, current value is ${lines}`),
    );
  }
});

Deno.test("incidentStory() is in order, within its limit, the same each time, and never without first and worst", async () => {
  const some = fc.array(
    fc.record({
      second: fc.integer({ min: 0, max: 1790 }),
      level: fc.constantFrom("WARN", "ERROR", "FATAL"),
      word: fc.integer({ min: 0, max: 30 }),
    }),
    { minLength: 1, maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(some, fc.integer({ min: 5, max: 20 }), async (events, limit) => {
      const added = events.map(({ second, level, word }) =>
        at(second, `${level} ${"abcdefg"[word % 7].repeat(3 + word)} failed`)
      );
      const { lines } = await told(added, { lines: limit }), again = await told(added, { lines: limit });
      assert.deepEqual(lines, again.lines);
      assert.ok(lines.length >= 5 && lines.length <= limit);
      assert.ok(lines.every(({ time }, i) => i === 0 || time >= lines[i - 1].time));
      const first = Math.min(...added.map(({ time }) => time));
      assert.ok(lines.some(({ time, marks }) => time === first && marks.includes("first ever seen")));
      const worst = ["FATAL", "ERROR", "WARN"].find((level) => events.some((one) => one.level === level))!;
      const symptom = lines.filter(({ marks }) => marks.includes("worst symptom"));
      assert.deepEqual(symptom.map(({ level }) => level), [worst.toLowerCase()]);
    }),
    { numRuns: 25 },
  );
});

Deno.test("incidentStory() closes all logs, also where it refuses to tell or one stream can't be read", async () => {
  const model = await calmModel();
  const closed = async (options: StoryOptions, isBroken = false) => {
    const counts = [0, 0];
    const streams = counts.map((_, i) => {
      const [input] = logOf(calm(FROM - HOUR, TO));
      input.close = () => counts[i]++;
      const other = isBroken ? { ...model, settings: { ...model.settings, format: "none such" } } : model;
      return { model: (i === 0 ? other : model) as typeof model, inputs: [input] };
    });
    await assert.rejects(() => incidentStory(streams, options), RangeError);
    return counts.every((count) => count > 0);
  };
  assert.ok(await closed({ from: FROM, to: TO, lines: 99 }));
  assert.ok(await closed({ from: TO, to: FROM }));
  assert.ok(await closed({ from: FROM, to: TO }, true));
});

Deno.test("incidentStory() tells an incident of one record, with the millisecond that it is in", async () => {
  const last = at(0.001, "FATAL out of memory");
  const { lines } = await told([last], { from: last.time, to: last.time + 1 });
  assert.equal(lines.find(({ marks }) => marks.includes("worst symptom"))?.text, "out of memory");
});

Deno.test("incidentStory() refuses a stream without any log, or of which nothing could be read", async () => {
  const model = await calmModel(), span = { from: FROM, to: TO };
  await assert.rejects(() => incidentStory([{ model, inputs: [] }], span), {
    name: "InputError",
    message: "Cannot tell an incident: nothing of stream shop could be read: it has no log",
  });
  const unreadable = () => {
    const [input] = logOf([]);
    input.read = () => Promise.reject(new InputError("Cannot read shop.log: permission denied", "shop.log"));
    return input;
  };
  await assert.rejects(
    () => incidentStory([{ model, inputs: [unreadable()] }], span),
    /nothing of stream shop could be read: .*permission denied/,
  );
  const [input] = logOf(calm(FROM - HOUR, TO));
  const { notes, lines } = await incidentStory([{ model, inputs: [input, unreadable()] }], span);
  assert.match(notes.map(({ text }) => text).join(), /permission denied/);
  assert.ok(lines.length > 0);
});
