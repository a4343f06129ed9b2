import assert from "node:assert/strict";
import { fitStream } from "../../lib/model/fit.ts";
import { learn } from "../../lib/model/learn.ts";
import { scanOnce } from "../../lib/model/scan_once.ts";
import { restoreStream, streamSnapshot } from "../../lib/model/stream_model.ts";
import { NOTHING_WATCHED } from "../../lib/model/watched.ts";
import { line, MadeLog, settingsOf, START, WINDOW } from "./made_logs.ts";

const MINUTES = 2 * 1440, JUMP = MINUTES + 30;

/** A line in every minute whose times are 20 to 39 ms, but for one. */
function pages(minutes: number, from = 0): string {
  return Array.from({ length: minutes }, (_, i) => {
    const minute = from + i, took = minute === JUMP ? 48_000 : 20 + (minute * 7) % 20;
    return line(60 * minute + 1, `page listed in ${took} ms`);
  }).join("");
}

/** The model of two calm days, read twice. */
async function modelOf() {
  const read = () => Promise.resolve([new MadeLog("a.log", pages(MINUTES))]), settings = settingsOf();
  return await fitStream(await learn(settings, await read(), { reopen: read }), {
    detectors: ["new-template"],
  });
}

Deno.test("learn() with a second reading, fitStream() and scanOnce() find a number far above all others", async () => {
  const model = await modelOf(), [slots] = Object.values(model.watched.quantities);
  assert.equal(slots.length, 1);
  const saved = JSON.parse(JSON.stringify(streamSnapshot(model)));
  for (const used of [model, await restoreStream(saved)]) {
    const { windows, anomalous } = await scanOnce(used, [new MadeLog("a.log", pages(60, MINUTES))]);
    assert.deepEqual([...anomalous.keys()].map((i) => windows.start[i]), [START + JUMP * WINDOW]);
    const [{ reasons, detectors }] = anomalous.values();
    assert.deepEqual(detectors!.map(({ detector }) => detector), ["numeric"]);
    const [{ kind, title, actual, expected }] = reasons;
    assert.deepEqual([kind, title, actual, expected], ["value", "page listed in <*> ms", 48_000, 39]);
  }
});

Deno.test("learn() that reads once watches no numbers", async () => {
  const learned = await learn(settingsOf(), [new MadeLog("a.log", pages(120))]);
  assert.deepEqual(learned.watched, NOTHING_WATCHED);
});
