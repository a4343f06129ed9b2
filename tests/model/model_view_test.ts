import assert from "node:assert/strict";
import { fitStream } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import { type Model, modelSnapshot, restoreModel } from "../../lib/model/model.ts";
import { scanOnce } from "../../lib/model/scan_once.ts";
import { streamSettings } from "../../lib/model/stream_settings.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { stdinInput } from "../../lib/source/stdin.ts";
import { JUPYTER, type Shown } from "../../lib/table/jupyter.ts";

const log = (...lines: string[]) =>
  stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream());

/** What a notebook shows of an object, as text and as HTML. */
async function shown(object: unknown): Promise<[string, string]> {
  const bundle = await (object as Shown)[JUPYTER]();
  return [String(bundle["text/plain"]), String(bundle["text/html"])];
}

async function fitted() {
  const settings = streamSettings({ name: "web", window: 60_000 });
  const learned = await learn(settings, [
    log("10:00:01 INFO request 7 served", "10:01:02 INFO request 8 served"),
  ]);
  return await fitStream(learned, {
    detectors: ["new-template"],
    threshold: { rule: "quantile", level: .99, k: 3 },
  });
}

Deno.test("a batch shows its first records, redacted", async () => {
  const reader = new RecordReader(log("10:00:02 ERROR <b>password=hunter2</b>", "10:00:03 INFO end"), {
    format: "iso8601",
    services: new Dictionary(),
    fallbackService: "web",
  });
  const batch = (await reader.next())!, [text, html] = await shown(batch);
  assert.match(text, /^A batch of 1 record, 1 of them understood, in \d+ bytes\n/);
  assert.match(text, /2026-03-02T10:00:02\.000Z\terror\tweb\t1\t<b>/);
  assert.ok(!text.includes("hunter2") && !html.includes("hunter2"));
  assert.ok(html.includes("&lt;b&gt;password"));
  reader.close();
});

Deno.test("a catalogue, a stream's model and a model say what they are", async () => {
  const stream = await fitted(), [catalogue] = await shown(stream.catalogue);
  assert.match(catalogue, /^A catalogue of 1 template\n.*\n.*\t2\t9\trequest <\*> served/);
  const [streamText] = await shown(stream);
  assert.match(
    streamText,
    /^Model of stream web: 1 template, learned from 2 windows of 2 records, 2026-03-02T10:00:01/,
  );
  assert.ok(streamText.includes(stream.trained.fingerprint));

  const saved: Model = { version: "", parent: "v0001", createdAt: 0, seed: 0, streams: [stream] };
  const restored = await restoreModel(JSON.parse(JSON.stringify(modelSnapshot(saved))), "v0002");
  const [modelText] = await shown(restored);
  assert.match(modelText, /^Model v0002, made after v0001, 1970-01-01T00:00:00\.000Z\n/);
  assert.equal((await shown(restored.streams[0]))[0], streamText);
});

Deno.test("judged windows show the anomalous ones and why, or that there are none", async () => {
  const model = await fitted();
  const anomalous = await scanOnce(model, [
    log("11:00:01 INFO request 9 served", "11:01:30 ERROR disk full"),
  ]);
  assert.match((await shown(anomalous))[0], /^2 windows, 1 of them anomalous\n.*\n.*\tdisk full/);
  const calm = await scanOnce(model, [log("11:00:01 INFO request 9 served")]);
  assert.match((await shown(calm))[0], /^1 window, 0 of them anomalous$/);
});
