import assert from "node:assert/strict";
import { firstLines } from "../../lib/model/first_lines.ts";
import { fitStream } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import { scanOnce } from "../../lib/model/scan_once.ts";
import { streamSettings, type StreamSettingsOptions } from "../../lib/model/stream_settings.ts";
import { stdinInput } from "../../lib/source/stdin.ts";

/** The first lines in the first window of a log that is its own training. */
async function linesOf(text: string, settings: Partial<StreamSettingsOptions> = {}) {
  const log = () => [stdinInput(new Blob([text]).stream())];
  const learned = await learn(streamSettings({ name: "shop", window: 60_000, ...settings }), log());
  const threshold = { rule: "quantile", level: .99, k: 3 };
  const model = await fitStream(learned, { detectors: ["new-template"], threshold });
  const found = await firstLines(await scanOnce(model, log()), [0], { model, inputs: log() });
  return [...found.get(0)!.values()];
}

Deno.test("firstLines() gives one line of each template, in the order in which they came", async () => {
  const log = ["01Z INFO b 1 starts", "02Z INFO all is well", "03Z INFO b 2 starts"];
  const lines = await linesOf(log.map((line) => `2026-03-02T10:00:${line}\n`).join(""));
  assert.deepEqual(lines, [
    { text: "2026-03-02T10:00:01Z INFO b 1 starts", order: 0 },
    { text: "2026-03-02T10:00:02Z INFO all is well", order: 1 },
  ]);
});

Deno.test("firstLines() takes secrets out, the stream's own ones too, and gives a trace on one line", async () => {
  const trace =
    "2026-03-02T10:00:01Z ERROR login of K-77 failed, password=hunter2\n    at login (auth.ts:7)\n";
  const [{ text }] = await linesOf(trace, { redact: ["K-\\d+"] });
  assert.match(text, /^2026-03-02T10:00:01Z ERROR login of <\w+> failed, password=<secret> ⏎ at login/);
});

Deno.test("firstLines() cuts a line that goes on and on", async () => {
  const [{ text }] = await linesOf(`2026-03-02T10:00:01Z INFO ${"word ".repeat(1000)}\n`);
  assert(text.length <= 600 && text.length > 500, `${text.length}`);
});

Deno.test("firstLines() finds the lines of sessions without any times", async () => {
  const lines = await linesOf("order=7 paid\norder=77 paid\norder=7 sent\n", { session: "order=(\\d+)" });
  assert.deepEqual(lines.map(({ text }) => text), ["order=7 paid", "order=7 sent"]);
});

Deno.test("firstLines() shows no part of a secret that lies across the edge of what is shown", async () => {
  const head = "2026-03-02T10:00:01Z INFO ";
  for (const edge of [600, 856]) {
    const [{ text }] = await linesOf(
      `${head.padEnd(edge - 10, "word ")} ann.smith@example.org ${"x".repeat(900)}\n`,
    );
    assert.doesNotMatch(text, /ann/, `${edge}`);
    assert(text.length > 580 && text.length <= 600, `${text.length}`);
  }
});

Deno.test("firstLines() closes the logs also where their reading fails", async () => {
  const log = () => [stdinInput(new Blob(["2026-03-02T10:00:01Z INFO all is well\n"]).stream())];
  const learned = await learn(streamSettings({ name: "shop", window: 60_000 }), log());
  const threshold = { rule: "quantile", level: .99, k: 3 };
  const model = await fitStream(learned, { detectors: ["new-template"], threshold }), inputs = log();
  let closed = 0;
  inputs[0].close = () => closed++;
  inputs[0].read = () => Promise.reject(new TypeError("broken"));
  const scanned = await scanOnce(model, log());
  await assert.rejects(() => firstLines(scanned, [0], { model, inputs }), /broken/);
  assert.ok(closed > 0);
});
