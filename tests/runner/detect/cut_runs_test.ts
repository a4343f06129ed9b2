import assert from "node:assert/strict";
import fc from "fast-check";
import { Stage } from "../stage.ts";
import { calmLines, stamp } from "../tasks/task.ts";

const STREAM = '{name: app, inputs: ["app.log"], clock: data, min_history: 2h, allowed_lateness: 20m}';

/** Lines with how many minutes late they come (or early, by a clock that is wrong): errors, and what makes a window with one normal or another one not. */
const lines = fc.array(
  fc.record({
    at: fc.integer({ min: 270, max: 420 }),
    late: fc.constantFrom(0, 0, 4, 9, 14, 19, -7, -17, -33),
    text: fc.constantFrom(
      "ERROR disk failed",
      "WARN pool is empty",
      "INFO cache is warm",
      "INFO health check ok",
    ),
  }),
  { minLength: 10, maxLength: 40, size: "max" },
);

/** Which lines a run reads of those that are new: all up to these shares of them. */
const cuts = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 5, maxLength: 25, size: "max" });

/** What detect leaves of these lines, read in so many runs. */
async function left(fresh: readonly string[], shares: readonly number[]): Promise<unknown> {
  await using stage = await Stage.make(`streams: [${STREAM}]\n`);
  stage.append("app.log", ...calmLines(240));
  assert.equal((await stage.run("detect")).code, 0);
  const ends = [...new Set(shares.map((share) => Math.floor(share * fresh.length / 1000)))];
  let from = 0;
  for (const to of [...ends.sort((a, b) => a - b), fresh.length]) {
    stage.append("app.log", ...fresh.slice(from, from = to));
    const { code, stderr } = await stage.run("detect");
    assert.equal(code, 0, stderr);
  }
  const alerts = "select id, start, end, status, json_extract(body, '$.windows') as windows, " +
    "json_extract(body, '$.severity') as severity from alert where windows > 0 order by id";
  return {
    verdicts: stage.rows("select key, start, end, lines, score, anomalous from verdict order by key"),
    alerts: stage.rows(alerts),
  };
}

Deno.test("detect leaves the same alerts wherever its runs are cut, though lines come late", async () => {
  const property = fc.asyncProperty(lines, cuts, async (extra, shares) => {
    const calm = calmLines(240, 240).map((text, i) => ({ come: 240 + i / 2, text }));
    const others = extra.map(({ at, late, text }) => ({ come: at + late, text: `${stamp(at, 10)} ${text}` }));
    const fresh = [...calm, ...others].sort((a, b) => a.come - b.come).map(({ text }) => text);
    assert.deepEqual(await left(fresh, shares), await left(fresh, []));
  });
  await fc.assert(property, { numRuns: 8, endOnFailure: true });
});
