import assert from "node:assert/strict";
import { recordLog } from "../../../lib/evaluate/log/recorded_log.ts";
import { BEGIN, MINUTE, recorded, textInput, textOf } from "../made_log.ts";

const LOG = `
2026-03-02T00:00:00.000Z INFO order=1 order=2 merged
2026-03-02T00:01:00.000Z ERROR lost
  at pay (shop.js:1)
2026-03-02T00:02:00.000Z INFO order=1 shipped`;

Deno.test("recordLog() knows each record's bytes, message, time, level, template and sessions", async () => {
  const { records, inputs: [input], keys, catalogue } = await recorded(LOG, {
    session: { pattern: "order=(\\d+)" },
  });
  const part = (from: number, to: number) => textOf(input.bytes.subarray(from, to));
  const timed = records.filter(({ time }) => !Number.isNaN(time));
  assert.deepEqual(timed.map(({ time }) => (time - BEGIN) / MINUTE), [0, 1, 2]);
  const [first, error, last] = timed;
  assert.equal(part(error.start, error.end), "2026-03-02T00:01:00.000Z ERROR lost\n  at pay (shop.js:1)\n");
  assert.equal(part(error.contentStart, error.contentEnd), "lost");
  assert.ok(error.severity >= 17 && first.severity < 13);
  assert.deepEqual([first, last].map((record) => record.keys.map((key) => keys.text(key))), [["1", "2"], [
    "1",
  ]]);
  assert.equal(part(last.start, last.end), "2026-03-02T00:02:00.000Z INFO order=1 shipped");
  assert.match(catalogue.template(last.template).text, /shipped/);
  assert.equal(records.at(-1)!.end, input.bytes.length);
});

Deno.test("recordLog() numbers the records of several inputs one behind the other, by one catalogue", async () => {
  const log = await recordLog([
    textInput("job 1 done\njob 2 done\n", "a.log"),
    textInput("job 3 done\n", "b.log"),
  ], {
    ...{ format: "content", service: "file", session: null, window: MINUTE, utcOffset: 0 },
  });
  assert.deepEqual(log.inputs.map(({ first, last }) => [first, last]), [[0, 2], [2, 3]]);
  assert.deepEqual(log.records.map(({ service }) => log.services.text(service)), ["a.log", "a.log", "b.log"]);
  assert.equal(new Set(log.records.map(({ template }) => template)).size, 1);
});

Deno.test("recordLog() takes records without a time along with the one before them", async () => {
  const { records } = await recorded("2026-03-02T00:00:00Z INFO up\n2026-03-02T00:05:00Z INFO up\n");
  assert.deepEqual(records.map(({ around }) => around - BEGIN), [0, 5 * MINUTE]);
  const timeless = await recorded("up\ndown\n", { format: "content" });
  assert.deepEqual(timeless.records.map(({ around }) => around), [-Infinity, -Infinity]);
});
