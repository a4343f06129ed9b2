import assert from "node:assert/strict";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { stdinInput } from "../../lib/source/stdin.ts";
import { withMerge } from "../../lib/template/hand/decisions.ts";
import type { Catalogue } from "../../lib/template/catalogue.ts";
import { Examples } from "../../lib/model/examples.ts";
import { fitStream } from "../../lib/model/fit.ts";
import { Judge } from "../../lib/model/judge.ts";
import { learn } from "../../lib/model/learn.ts";
import type { StreamModel } from "../../lib/model/stream_model.ts";
import { createWindows, streamSettings } from "../../lib/model/stream_settings.ts";

const SETTINGS = streamSettings({ name: "web", window: 60_000 });
const log = (...lines: string[]) =>
  stdinInput(new Blob(lines.map((line) => `2026-03-02T${line}\n`)).stream());

/** The reasons of a minute with two errors that training did not have. */
async function reasonsOf(model: StreamModel, catalogue: Catalogue) {
  const services = new Dictionary(), examples = new Examples(), windows = createWindows(SETTINGS, services);
  const input = log(
    "11:00:01Z ERROR disk full",
    "11:00:02Z ERROR no space left",
    "11:00:03Z INFO all is well",
  );
  const batch = (await new RecordReader(input, { services, fallbackService: "web" }).next())!;
  catalogue.match(batch);
  windows.add(batch, 0, batch.length);
  examples.note(batch, 0, batch.length);
  const judged = new Judge({ model, catalogue, services }).judge(
    windows.closeAll(),
    windows,
    examples,
  );
  return judged.anomalous.get(0)!.reasons;
}

Deno.test("Judge names templates as people do: reasons of those that they merged are one", async () => {
  const learned = await learn(SETTINGS, [log("10:00:01Z INFO all is well")]);
  const model = await fitStream(learned, {
      detectors: ["new-template"],
      threshold: { rule: "quantile", level: .999, k: 3 },
    }),
    { catalogue } = learned;
  const apart = await reasonsOf(model, catalogue);
  assert.deepEqual(apart.map(({ title }) => title).sort(), ["disk full", "no space left"]);
  const [full, left] = catalogue.provisional();
  const decided = catalogue.decided(withMerge(catalogue.decisions, left, full, 0));
  const [reason, ...more] = await reasonsOf(model, decided);
  assert.deepEqual(more, []);
  assert.deepEqual([reason.id, reason.title, reason.actual], [full.id, "disk full", 2]);
  assert.ok(Math.abs(reason.share - 1) < 1e-9);
  assert.match(reason.example, /ERROR disk full/);
});
