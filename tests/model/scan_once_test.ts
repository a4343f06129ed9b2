import assert from "node:assert/strict";
import { type ScannedLog, scanOnce } from "../../lib/model/scan_once.ts";
import { calmLog, line, MadeLog, modelOf, settingsOf, START, WINDOW } from "./made_logs.ts";

/** Calm minutes, of which one has an error that training never showed. */
const withError = calmLog(20, 100) + line(60 * 120 + 5, "disk failed: checksum mismatch", "ERROR") +
  calmLog(10, 120);

Deno.test("scanOnce() judges every window, and says why one is anomalous with a line of its own", async () => {
  const model = await modelOf({ "a.log": calmLog(100) });
  const { windows, score, threshold, anomalous, stats, inputs } = await scanOnce(model, [
    new MadeLog("a.log", withError),
  ]);
  assert.equal(windows.length, 30);
  assert.equal(stats.records, 61);
  assert.deepEqual([...score.keys()].filter((i) => score[i] > threshold), [20]);
  const verdict = anomalous.get(20)!;
  assert.equal(verdict.key, "a.log@2026-03-02T02:00:00.000Z");
  assert.match(verdict.reasons[0].example, /checksum mismatch/);
  assert.deepEqual(inputs.map(({ name, format, quality }) => [name, format, quality.records]), [
    ["a.log", "iso8601", 61],
  ]);
});

Deno.test("scanOnce() comes to the same however bytes come, and scores equal windows once for all scans", async () => {
  const model = await modelOf({ "a.log": calmLog(100) });
  const scanned: ScannedLog[] = [];
  for (const piece of [Infinity, 97, 1]) {
    scanned.push(await scanOnce(model, [new MadeLog("a.log", withError, piece)]));
  }
  for (const { windows, score, anomalous } of scanned) {
    assert.deepEqual(score, scanned[0].score);
    assert.deepEqual([...windows.start], [...scanned[0].windows.start]);
    assert.deepEqual([...anomalous], [...scanned[0].anomalous]);
  }
  assert.deepEqual(scanned.map(({ scored }) => scored), [2, 0, 0]); // the calm minutes, and the error
});

Deno.test("scanOnce() keeps a session in one piece however long it was silent, and calls nothing late", async () => {
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: WINDOW }, lateness: 0 });
  const model = await modelOf({ "a.log": line(0, "order=1 paid") + line(9, "order=1 shipped") }, settings);
  const log = line(5000, "order=2 paid") + line(9999, "order=3 paid") + line(0, "order=2 shipped");
  const { windows, stats } = await scanOnce(model, [new MadeLog("a.log", log)]);
  assert.deepEqual([...windows.start.keys()].map((i) => [windows.key(i), windows.lines[i]]), [["2", 2], [
    "3",
    1,
  ]]);
  assert.equal(stats.late, 0);
});

Deno.test("scanOnce() tells the order of events of each session, and of none where there are no sessions", async () => {
  const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: WINDOW } });
  const teach = line(0, "order=1 paid") + line(9, "order=1 shipped");
  const model = await modelOf({ "a.log": teach }, settings), { catalogue } = model;
  const log = line(1, "order=2 shipped") + line(2, "order=2 paid") + line(3, "order=2 paid");
  const { windows, sequences } = await scanOnce(model, [new MadeLog("a.log", log)]);
  const texts = Array.from(sequences!.read(windows.sequence[0])!, (index) => catalogue.template(index).text);
  assert.deepEqual(texts.map((text) => text.split(" ").at(-1)), ["shipped", "paid", "paid"]);

  const calm = await modelOf({ "a.log": calmLog(20) });
  assert.equal((await scanOnce(calm, [new MadeLog("a.log", calmLog(2))])).sequences, null);
});

Deno.test("scanOnce() takes only records of its span of time", async () => {
  const model = await modelOf({ "a.log": calmLog(100) }), counts: number[] = [];
  const { windows, stats, anomalous } = await scanOnce(model, [new MadeLog("a.log", withError)], {
    from: START + 121 * WINDOW,
    to: START + 125 * WINDOW,
    onProgress: (records) => counts.push(records),
  });
  assert.deepEqual([...windows.lines], [2, 2, 2, 2]);
  assert.equal(stats.records, 8);
  assert.equal(anomalous.size, 0);
  assert.equal(counts.at(-1), 8);
});

Deno.test("scanOnce() of an empty input finds no window", async () => {
  const model = await modelOf({ "a.log": calmLog(20) });
  const { windows, anomalous, quality } = await scanOnce(model, [new MadeLog("a.log", "")]);
  assert.deepEqual([windows.length, anomalous.size, quality.records], [0, 0, 0]);
});

Deno.test("scanOnce() takes secrets of the user's own patterns out of the lines that it shows", async () => {
  const model = await modelOf({ "a.log": calmLog(20) }, settingsOf({ redact: ["customer-\\d+"] }));
  const log = calmLog(5) + line(299, "customer-17 was charged twice", "ERROR");
  const { anomalous } = await scanOnce(model, [new MadeLog("a.log", log)]);
  const [{ reasons }] = anomalous.values(), [{ example }] = reasons.filter(({ kind }) => kind === "unseen");
  assert.match(example, /<redacted> was charged twice/);
});

Deno.test("scanOnce() closes the logs also where their reading fails", async () => {
  const model = await modelOf({ "a.log": calmLog(100) }), input = new MadeLog("a.log", withError);
  let closed = 0;
  input.close = () => void closed++;
  input.read = () => Promise.reject(new TypeError("broken"));
  await assert.rejects(() => scanOnce(model, [input]), /broken/);
  assert.ok(closed > 0);
});
