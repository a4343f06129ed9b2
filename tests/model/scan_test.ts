import assert from "node:assert/strict";
import { seededRandom } from "../../lib/detector/seeded_random.ts";
import type { Reason } from "../../lib/explain/reason.ts";
import { Judge } from "../../lib/model/judge.ts";
import { Novelties } from "../../lib/model/novelties.ts";
import { scan } from "../../lib/model/scan.ts";
import type { StreamModel } from "../../lib/model/stream_model.ts";
import { createWindows } from "../../lib/model/stream_settings.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import { line, MadeLog, merged, modelOf, settingsOf, WINDOW } from "./made_logs.ts";

const settings = settingsOf({ session: { pattern: "order=(\\d+)", idle: 5 * WINDOW } });
/** What can happen to an order: texts so different that each is a template of its own. */
const STEPS = [
  (order: string) => `created ${order}`,
  (order: string) => `payment for ${order} has arrived`,
  (order: string) => `${order}: packed by the night shift of the warehouse`,
  (order: string) => `parcel handed to carrier, ${order}`,
  (order: string) => `customer asked where ${order} might be and was told to wait`,
  (order: string) => `invoice printed again (${order})`,
  (order: string) => `route of ${order} changed on its way through the hills`,
  (order: string) => `mail sent because of ${order} and its delay`,
];

/** Orders of 14 to 22 steps, hardly two of which count the same; at any time about a dozen are open. */
function orders(count: number): string {
  const random = seededRandom(count), below = (limit: number) => Math.floor(random() * limit);
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    for (let step = 14 + below(9); step > 0; step--) {
      lines.push(line(30 * i + below(20), STEPS[below(STEPS.length)](`order=${i}`)));
    }
    if (i % 50 === 49) lines.push(line(30 * i, `order=${i} was lost at sea`, "ERROR"));
    if (i % 20 === 19) lines.push(line(30 * i, `wrapped as a gift: order=${i}`));
  }
  return lines.sort().join("");
}

/** Every verdict in order, with reasons but without lines to show, and the number of count vectors and sequences at each checkpoint. */
async function scanned(model: StreamModel, text: string, checkpointBytes: number) {
  const { catalogue } = model, services = new Dictionary(), verdicts: unknown[] = [], numbers: number[] = [];
  const records = merged([new MadeLog("a.log", text)], {
    settings,
    services,
    onBatch: (batch) => catalogue.match(batch),
  });
  const windows = createWindows(settings, services);
  const judge = new Judge({ model, catalogue, services, novelties: new Novelties() });
  const bare = (reasons: Reason[]) =>
    reasons.map(({ exampleElsewhere: _, ...reason }) => ({ ...reason, example: "" }));
  for await (const { judged } of scan({ records, windows, judge, checkpointBytes })) {
    for (const { windows: closed, score, anomalous } of judged) {
      for (let i = 0; i < closed.length; i++) {
        const verdict = anomalous.get(i), counts = windows.vectors.counts(closed.vector[i]);
        verdicts.push({
          key: closed.identity(i),
          counts,
          score: score[i],
          why: verdict && bare(verdict.reasons),
        });
      }
    }
    numbers.push(windows.vectors.size + windows.sequences!.size);
  }
  return { verdicts, numbers };
}

Deno.test("scan() forgets count vectors and sequences between checkpoints of a long run, and judges as if it had not", async () => {
  const model = await modelOf({ "a.log": orders(300) }, settings), text = orders(6000);
  const once = await scanned(model, text, Infinity), often = await scanned(model, text, 50_000);
  assert.equal(once.numbers.length, 1);
  assert.ok(once.numbers[0] > 50_000);
  assert.ok(often.numbers.filter((size, i) => size < often.numbers[i - 1]).length >= 2);
  assert.ok(Math.max(...often.numbers) < 11_000);
  assert.deepEqual(often.verdicts, once.verdicts);
});
