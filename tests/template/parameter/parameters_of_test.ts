import assert from "node:assert/strict";
import fc from "fast-check";
import { Miner } from "../../../lib/template/miner.ts";
import { parametersOf } from "../../../lib/template/parameter/parameters_of.ts";
import { shopLines } from "../lines.ts";

const of = (text: string, line: string, anywhere = false) =>
  parametersOf({ id: "T", text }, line, { anywhere }).map((found) => [found.ordinal, found.kind, found.text]);

Deno.test("parametersOf() gives the values of a line, typed and in comparable units", () => {
  const [block, size, from] = parametersOf(
    { id: "T1", text: "Received block blk_<*> of size <*> from <*>" },
    "Received block blk_-1608 of size 91178 from /10.250.14.224",
  );
  assert.deepEqual(block, {
    ...{ slot: "T1#0", ordinal: 0, name: "blk", kind: "id", value: null, unit: "", text: "-1608" },
    ...{ start: 19, end: 24 },
  });
  assert.deepEqual([size.kind, size.value], ["number", 91_178]);
  assert.deepEqual([from.kind, from.text], ["address", "/10.250.14.224"]);
});

Deno.test("parametersOf() goes by the line's own unit, not the template's", () => {
  const value = (line: string) => parametersOf({ id: "T", text: "done in <*> ms" }, line)[0].value;
  assert.deepEqual([value("done in 12 ms"), value("done in 12 s"), value("done in 2 min")], [
    12,
    12_000,
    120_000,
  ]);
  assert.equal(
    parametersOf({ id: "T", text: "elapsed_ms=<*> bytes=<*>" }, "elapsed_ms=12 bytes=7")[0].kind,
    "duration",
  );
});

Deno.test("parametersOf() leaves out the slots that a line lacks", () => {
  assert.deepEqual(of("sent (<*> KB) by <*>", "sent by ann"), [[1, "word", "ann"]]);
  assert.deepEqual(of("sent (<*> KB) by <*>", "sent (3 MB) by ann"), [[0, "size", "3 MB"], [
    1,
    "word",
    "ann",
  ]]);
});

Deno.test("parametersOf() takes values of several words whole, and names with a number apart", () => {
  assert.deepEqual(of("error: <*> while reading <*>", "error: connection reset by peer while reading /x"), [
    [0, "text", "connection reset by peer"],
    [1, "path", "/x"],
  ]);
  assert.deepEqual(of("node<*> is up", "node7 is up"), [[0, "id", "7"]]);
  assert.deepEqual(of("replicas <*>, <*>", "replicas 10.0.0.1, 10.0.0.2"), [
    [0, "address", "10.0.0.1"],
    [1, "address", "10.0.0.2"],
  ]);
});

Deno.test("parametersOf() leaves marks with the value that they stand at", () => {
  assert.deepEqual(of('sent <*> <*> "<*>"', 'sent 12292 "https://a.example/b" "curl/8"'), [
    [0, "number", "12292"],
    [1, "url", '"https://a.example/b"'],
    [2, "path", "curl/8"],
  ]);
});

Deno.test("parametersOf() finds the message within a record where it may stand anywhere", () => {
  assert.deepEqual(
    of(
      "lookup of <*> failed after <*>",
      "2026-03-02T10:00:00Z ERROR [w-7] lookup of ann failed after 3s\n  at x",
      true,
    ),
    [[0, "word", "ann"], [1, "duration", "3s"]],
  );
});

Deno.test("parametersOf() counts characters, not bytes, and redacts what leaves", () => {
  const line = "größe für ann@shop.example password=hunter2 ok";
  const found = parametersOf({ id: "T", text: "größe für <*> password=<*> ok" }, line);
  assert.deepEqual(found.map(({ text }) => text), ["<email>", "<secret>"]);
  assert.deepEqual(found.map(({ start, end }) => line.slice(start, end)), ["ann@shop.example", "hunter2"]);
});

Deno.test("parametersOf() never throws, and values are parts of the line, in order", () => {
  const text = fc.array(fc.constantFrom("<*>", " ", "a", "=", "err", "(", '"', ":", "7", "ms", "é", "\0"), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(
      text,
      fc.array(fc.oneof(fc.string(), text.map((parts) => parts.join("")))),
      (template, line) => {
        let end = 0;
        for (const found of parametersOf({ id: "T", text: template.join("") }, line.join(""))) {
          assert.ok(found.start >= end && found.end > found.start && found.end <= line.join("").length);
          end = found.end;
        }
      },
    ),
  );
});

Deno.test("parametersOf() puts every value back: a mined template with its values is the line", () => {
  const miner = new Miner(), lines = shopLines(400, 5).map(({ line }) => line);
  const learn = (line: string) => {
    const bytes = new TextEncoder().encode(line);
    return miner.learnLine(bytes, 0, bytes.length);
  };
  const indices = lines.map(learn);
  let whole = 0;
  lines.forEach((line, i) => {
    const template = miner.template(indices[i]),
      values = parametersOf(template, line, { redact: (text) => text });
    let filled = "", at = 0;
    const parts = template.text.split("<*>");
    if (values.length !== parts.length - 1) return;
    parts.forEach((part, slot) => filled += part + (slot < values.length ? values[slot].text : ""));
    for (const { start, end } of values) at += end - start;
    assert.equal(filled.replace(/\s+/g, " "), line.replace(/\s+/g, " "));
    assert.ok(at > 0 || values.length === 0);
    whole++;
  });
  assert.ok(whole > 380, `${whole} of 400 lines have a value for each slot`);
});

Deno.test("parametersOf() takes the values of a record's first line, whatever numbers its stack trace has", () => {
  const record =
    "2026-03-04T10:17:03.971Z ERROR order=4711 invoice failed ⏎ com.example.NumberRangeException: R2026 is full ⏎ " +
    "at com.example.NumberRange.next(NumberRange.java:88) ⏎ at java.lang.Thread.run(Thread.java:1583) ⏎ ... 4 more";
  assert.deepEqual(of("order=<*> invoice failed", record, true), [[0, "id", "4711"]]);
  const last = record.replace("order=4711 invoice failed", "invoice failed order=4711");
  assert.deepEqual(of("invoice failed order=<*>", last, true), [[0, "id", "4711"]]);
  assert.deepEqual(
    of("invoice failed at <*>", "invoice failed at 2026-03-04 10:17:03 ⏎ at a.b(C.java:88)", true),
    [
      [0, "time", "2026-03-04 10:17:03"],
    ],
  );
});
