import assert from "node:assert/strict";
import { recordLog } from "../../../lib/mod.ts";
import { timeCut } from "../../../runner/evaluate/time_cut.ts";
import { BEGIN, MINUTE, servicesLog, textInput } from "../../evaluate/made_log.ts";

const SETTINGS = { format: "auto", service: "field", session: null, window: 5 * MINUTE, utcOffset: 0 };

Deno.test("timeCut() takes the border of a window that is nearest", async () => {
  const log = await recordLog([textInput(servicesLog(2, "iso8601"))], SETTINGS);
  const { first, last, cut } = timeCut(log, .5);
  assert(
    first >= BEGIN && first < BEGIN + MINUTE && last > BEGIN + 119 * MINUTE && last < BEGIN + 120 * MINUTE,
  );
  assert.equal(cut, BEGIN + 60 * MINUTE);
  assert.deepEqual([.2, .21, .23, 1].map((share) => (timeCut(log, share).cut - BEGIN) / MINUTE), [
    25,
    25,
    30,
    120,
  ]);
});

Deno.test("timeCut() refuses lines without times", async () => {
  const log = await recordLog([textInput("up\n")], { ...SETTINGS, format: "content" });
  assert.throws(() => timeCut(log, .5), /^Error: Cannot divide the log: its lines have no times/);
});
