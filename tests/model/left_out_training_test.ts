import assert from "node:assert/strict";
import { fitStream, NoWindowsError } from "../../lib/model/fit.ts";
import type { Exclusion } from "../../lib/model/excluded_windows.ts";
import { learn } from "../../lib/model/learn.ts";
import type { StreamModel } from "../../lib/model/stream_model.ts";
import { calmLog, judged, line, MadeLog, settingsOf, START, WINDOW } from "./made_logs.ts";

const BUDGET = { rule: "budget", level: .999, k: 3 }, QUANTILE = { rule: "quantile", level: .99, k: 3 };

/** Everything between two minutes. */
function span(from: number, to: number): Exclusion {
  const window = {
    kind: null,
    key: null,
    service: null,
    start: START + from * WINDOW,
    end: START + to * WINDOW,
  };
  return { why: "asked", name: `${from}–${to}`, title: "", certain: true, windows: [window] };
}

/** A calm log with an error in some of its minutes. */
function failing(minutes: number, at: readonly number[], from = 0): string {
  const calm = calmLog(minutes, from).split("\n").filter((text) => text !== "");
  const lines = [
    ...calm,
    ...at.map((minute) => line(60 * minute + 40, "disk of replica failed", "ERROR").trim()),
  ];
  return lines.sort().map((text) => `${text}\n`).join("");
}

interface Training {
  exclude?: Exclusion[];
  threshold?: typeof BUDGET;
  /** Whether the log is read a second time. */
  twice?: boolean;
}

async function trained(
  text: string,
  { exclude = [], threshold = BUDGET, twice = true }: Training,
): Promise<StreamModel> {
  const inputs = () => [new MadeLog("a.log", text)];
  const reopen = twice ? () => Promise.resolve(inputs()) : undefined;
  const learned = await learn(settingsOf(), inputs(), { exclude, reopen });
  return await fitStream(learned, { detectors: ["new-template"], threshold });
}

const LATER = failing(30, [610], 600);

/** Keys of the windows of a later log that are anomalous. */
async function anomalous(model: StreamModel, text = LATER): Promise<string[]> {
  const { verdicts } = await judged(model, { "a.log": text });
  return verdicts.filter(({ anomalous }) => anomalous).map(({ key }) => key);
}

for (const threshold of [BUDGET, QUANTILE]) {
  for (const twice of [true, false]) {
    const how = `${threshold.rule}, ${twice ? "read twice" : "read once"}`;
    Deno.test(`learn() without windows of an error knows its template, and it is found again (${how})`, async () => {
      const log = failing(200, [100, 101, 102]), exclude = [span(100, 103)];
      const model = await trained(log, { exclude, threshold, twice });
      const texts = Array.from(
        { length: model.catalogue.frozen },
        (_, i) => model.catalogue.template(i).text,
      );
      assert.ok(texts.includes("disk of replica failed"));
      assert.deepEqual([model.trained.windows, model.trained.records], [197, 403]);
      assert.deepEqual(model.trained.excluded.map(({ windows }) => windows), [3]);
      assert.deepEqual(await anomalous(model), ["a.log@2026-03-02T10:10:00.000Z"]);
      const taught = await trained(log, { threshold, twice });
      assert.deepEqual(await anomalous(taught), []);
      assert.notEqual(taught.trained.fingerprint, model.trained.fingerprint);
    });
  }
}

Deno.test("learn() notes no parameters of what is left out", async () => {
  const users = (from: number, to: number, user: string) =>
    Array.from(
      { length: to - from },
      (_, i) => line(60 * (from + i) + 5, `user ${user} logged in from office`),
    ).join("");
  const log = users(0, 100, "ann") + users(100, 120, "mallory") + users(120, 200, "bob");
  const values = async (exclude: Exclusion[]) =>
    JSON.stringify((await trained(log, { exclude })).watched.values);
  assert.match(await values([]), /mallory/);
  assert.doesNotMatch(await values([span(100, 120)]), /mallory/);
  assert.match(await values([span(100, 120)]), /ann/);
});

Deno.test("fitStream() says so where nothing is left to learn from", async () => {
  await assert.rejects(
    () => trained(calmLog(20), { exclude: [span(0, 60)] }),
    (error: Error) =>
      error instanceof NoWindowsError && /all its 20 windows are to be left out/.test(error.message),
  );
});

Deno.test("fitStream() leaves a service alone of which nothing is left", async () => {
  const inputs = () => [new MadeLog("a.log", calmLog(60)), new MadeLog("b.log", calmLog(30, 10))];
  const window = { kind: null, key: null, service: "b.log", start: START, end: START + 60 * WINDOW };
  const learned = await learn(settingsOf(), inputs(), { exclude: [{ ...span(0, 60), windows: [window] }] });
  const model = await fitStream(learned, { detectors: ["new-template"], threshold: BUDGET });
  assert.deepEqual(model.scopes.map(({ name, windows }) => [name, windows]), [["*", 60]]);
});
