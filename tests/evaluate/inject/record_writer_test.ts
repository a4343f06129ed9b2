import assert from "node:assert/strict";
import { keysOf, RecordWriter } from "../../../lib/evaluate/inject/record_writer.ts";
import { FORMATS } from "../../../lib/record/formats/mod.ts";
import { BEGIN, MINUTE, ORDERS, ordersLog, recorded, servicesLog, textOf } from "../made_log.ts";

/** A day, an hour, a minute and a second. */
const LATER = 90_061_000;
/** A time of day without a date can't be moved to another day. */
const WITHOUT_DATE = /^\[10:00:00\]/;

for (const format of FORMATS) {
  Deno.test(`RecordWriter moves every record of ${format.name} that has a date`, async () => {
    const log = await recorded(format.examples.join("\n") + "\n", { format: format.name });
    const writer = new RecordWriter(log);
    for (const [i, { time, start, end, service }] of log.records.entries()) {
      const text = textOf(log.inputs[0].bytes.subarray(start, end));
      if (Number.isNaN(time) || WITHOUT_DATE.test(text)) continue;
      const written = await writer.write(i, { time: time + LATER });
      assert.ok(written !== null, text);
      assert.ok(Math.abs(written.time - time - LATER) < MINUTE, `${text} became ${textOf(written.bytes)}`);
      const again = await recorded(textOf(written.bytes), { format: format.name });
      assert.equal(again.services.text(again.records[0].service), log.services.text(service));
    }
  });
}

Deno.test("RecordWriter writes other messages into the header that is there", async () => {
  const cases = [["iso8601", /INFO disk full\n$/], ["syslog", /worker\[42\]: disk full\n$/], [
    "json",
    /"msg":"disk full","pid":42\}\n$/,
  ]];
  for (const [form, expected] of cases as ["iso8601", RegExp][]) {
    const writer = new RecordWriter(await recorded(servicesLog(1, form)));
    assert.match(textOf((await writer.write(0, { content: "disk full" }))!.bytes), expected);
  }
});

Deno.test("RecordWriter makes an error of a line where its format has levels, and none where it hasn't", async () => {
  const write = async (form: "iso8601" | "syslog" | "json") =>
    await new RecordWriter(await recorded(servicesLog(1, form))).write(0, {
      content: "disk full",
      severity: 17,
    });
  assert.match(textOf((await write("iso8601"))!.bytes), /ERROR disk full/);
  assert.match(textOf((await write("json"))!.bytes), /"level":"error"/);
  assert.equal(await write("syslog"), null);
});

Deno.test("RecordWriter gives out nothing that would be read otherwise", async () => {
  const writer = new RecordWriter(await recorded(servicesLog(1, "json")));
  assert.equal(await writer.write(0, { content: 'say "no"' }), null); // the quotes would end the string
  const orders = new RecordWriter(await recorded(ordersLog(2), ORDERS));
  assert.equal(await orders.write(0, { content: "paid by card" }), null); // the order's number would be gone
  assert.notEqual(await orders.write(0, { content: "paid by card", keys: [] }), null);
  assert.equal(await orders.write(0, { content: "order=1 and order=2" }), null);
});

Deno.test("RecordWriter takes the header next in time where it can't write a time, if that is near", async () => {
  const log = await recorded("[10:00:00] INFO in pay: paid\n[10:03:00] INFO in pay: shipped\n", {
    format: "python",
  });
  const writer = new RecordWriter(log), { time } = log.records[1];
  assert.equal(
    textOf((await writer.write(0, { time: time + MINUTE }))!.bytes),
    "[10:03:00] INFO in pay: paid\n",
  );
  assert.equal(await writer.write(0, { time: time + LATER }), null);
});

Deno.test("RecordWriter keeps a syslog line's year where the log goes over New Year", async () => {
  const log = await recorded("Dec 31 23:50:00 h su: one\nJan  1 00:10:00 h su: two\n", { format: "syslog" });
  const eve = log.records[0].time + 5 * MINUTE, written = await new RecordWriter(log).write(1, { time: eve });
  assert.deepEqual([textOf(written!.bytes), written!.time], ["Dec 31 23:55:00 h su: two\n", eve]);
});

Deno.test("keysOf() names a record's sessions", async () => {
  const log = await recorded("order=7 and order=8\n", { ...ORDERS, format: "content" });
  assert.deepEqual(keysOf(log, 0), ["7", "8"]);
  assert.ok(BEGIN > 0);
});
