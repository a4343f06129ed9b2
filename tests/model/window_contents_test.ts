import assert from "node:assert/strict";
import { fitStream } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import { scanOnce } from "../../lib/model/scan_once.ts";
import { streamSettings } from "../../lib/model/stream_settings.ts";
import { windowContents } from "../../lib/model/window_contents.ts";
import { stdinInput } from "../../lib/source/stdin.ts";

const log = (lines: readonly string[]) => [
  stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream()),
];
const THRESHOLD = { rule: "quantile", level: .99, k: 3 }; // so little says nothing of false alarms a day

/** Learns some lines and judges those and others. */
async function scanned(session: string | null, calm: readonly string[], later: readonly string[]) {
  const settings = streamSettings({ name: "shop", window: 60_000, session });
  const model = await fitStream(await learn(settings, log(calm)), {
    detectors: ["new-template"],
    threshold: THRESHOLD,
  });
  const lines = [...calm, ...later];
  return { model, found: await scanOnce(model, log(lines)), inputs: () => log(lines) };
}

const CALM = [
  "10:00:01 INFO page served",
  "10:00:02 INFO page served",
  "10:01:01 INFO page served",
  "10:01:02 INFO page served",
  "10:01:03 INFO mail sent to anna@example.com",
];

Deno.test("windowContents() gives what is far from usual first, also what a window lacks", async () => {
  const later = [...Array(6).keys()].map((i) => `10:02:0${i} INFO mail sent to b${i}@example.org`);
  const { model, found, inputs } = await scanned(null, CALM, later);
  const held = (await windowContents(found, [2], { model, inputs: inputs() })).get(2)!;
  assert.deepEqual(held.map(({ text, count, usual }) => [text, count, usual]), [
    ["mail sent to <*>", 6, .5],
    ["page served", 0, 2],
  ]);
  assert.deepEqual(held.map(({ line }) => line), ["2026-03-02T10:02:00 INFO mail sent to <email>", ""]);
});

Deno.test("windowContents() puts the templates that are asked for first, and stops at its limit", async () => {
  const { model, found, inputs } = await scanned(null, CALM, [
    "10:02:01 INFO disk full",
    "10:02:02 INFO page served",
  ]);
  const page = model.catalogue.known.find(({ text }) => text === "page served")!;
  const contents = await windowContents(found, [2, 0], {
    ...{ model, inputs: inputs(), templates: 1 },
    first: (row) => row === 2 ? [page.id, "no such id"] : [],
  });
  assert.deepEqual([...contents.keys()], [2, 0]);
  assert.deepEqual(contents.get(2)!.map(({ text, line }) => [text, line]), [
    ["page served", "2026-03-02T10:02:02 INFO page served"],
  ]);
  assert.equal(contents.get(0)!.length, 1);
});

Deno.test("windowContents() gives a session's own lines in their order, and none of a longer key", async () => {
  const order = (key: number, minute: string) => [
    `10:${minute}:01 INFO order=${key} cart validated`,
    `10:${minute}:02 INFO order=${key} paid`,
  ];
  const calm = [...order(1, "00"), ...order(2, "01"), "10:01:30 INFO pool is well"];
  const { model, found, inputs } = await scanned(
    "order=(\\d+)",
    calm,
    [...order(77, "02"), ...order(7, "02")].sort(),
  );
  const row = [...found.windows.start.keys()].find((i) => found.windows.key(i) === "7")!;
  const held = (await windowContents(found, [row], { model, inputs: inputs() })).get(row)!;
  assert.deepEqual(held.map(({ line }) => line), order(7, "02").map((line) => `2026-03-02T${line}`));
  assert.deepEqual(held.map(({ count, usual }) => [count, usual]), [[1, 1], [1, 1]]);
  assert.deepEqual(await windowContents(found, [], { model, inputs: inputs() }), new Map());
});
