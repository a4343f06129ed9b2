import assert from "node:assert/strict";
import { Registry, templateId } from "../../../lib/mod.ts";
import { Stage } from "../stage.ts";
import { stamp } from "../tasks/task.ts";

/** A stream `app` that trains on two hours, and settings of all streams. */
const settings = (stream = "", all = "") =>
  `streams: [{name: app, inputs: ["app.log"], clock: data, min_history: 2h${stream}}]\n${all}`;

/** Codes of two letters: no two are alike but for digits. */
const code = (i: number) => String.fromCharCode(65 + i % 26, 65 + Math.floor(i / 26) % 26);

/** Two records a minute for so many minutes. */
function lines(minutes: number, from = 0): string[] {
  return Array.from({ length: minutes }, (_, i) => [
    `${stamp(from + i)} INFO shipped parcel-${code(i % 3)} to the customer`,
    `${stamp(from + i, 30)} INFO link ${i % 2 === 0 ? "one" : "two"} is fine`,
  ]).flat();
}

async function texts(stage: Stage): Promise<string[]> {
  const model = await new Registry(`${stage.folder}/models`).loadActive();
  const { catalogue } = model!.streams[0];
  return catalogue.known.map(({ text }) => text).sort();
}

const HAND = "templates: {masks: [{pattern: 'parcel-[A-Z]+', name: parcel}], pins: ['link two is <*>']}\n";

Deno.test("detect trains by the masks and pins of the settings, and goes on by them", async () => {
  await using stage = await Stage.make(settings(", templates: {pins: ['link one is <*>']}", HAND));
  stage.append("app.log", ...lines(182));
  assert.equal((await stage.run("detect")).code, 0);
  assert.deepEqual(await texts(stage), ["link one is <*>", "link two is <*>", "shipped <*> to the customer"]);
  stage.append("app.log", `${stamp(183)} INFO shipped parcel-QQ to the customer`, ...lines(30, 183));
  const next = await stage.run("detect");
  assert.equal(next.code, 0, next.stderr);
  assert.deepEqual(stage.rows("select * from birth"), []);
  const model = await new Registry(`${stage.folder}/models`).loadActive();
  assert.ok(model!.streams[0].catalogue.indexOf(templateId("link two is <*>")) >= 0);
});

Deno.test("detect refuses masks and pins that its model was not trained with, until it is trained anew", async () => {
  await using stage = await Stage.make(settings());
  stage.append("app.log", ...lines(182));
  assert.equal((await stage.run("detect")).code, 0);
  stage.settings(settings("", HAND));
  const refused = await stage.run("detect");
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /its templates are \{"masks":\[.*parcel.*\} in the settings, and were \{/);
  assert.equal((await stage.run("train")).code, 0);
  assert.deepEqual((await texts(stage)).slice(1), ["link two is <*>", "shipped <*> to the customer"]);
  stage.append("app.log", ...lines(30, 182));
  const moved = await stage.run("detect");
  assert.equal(moved.code, 0, moved.stderr);
  assert.match(moved.stdout, /app: 60 new records/);
  assert.deepEqual(stage.rows("select * from birth"), []);
});

Deno.test("detect finds what is open again under the masks of a new model", async () => {
  const mask = "templates: {masks: [{pattern: 'opened|closed', name: way}]}\n";
  const sessions = (minutes: number, from: number) =>
    Array.from({ length: minutes }, (_, i) => {
      const text = `INFO session ${i % 2 === 0 ? "opened" : "closed"} for user u${1000 + i % 50}`;
      return [`${stamp(from + i)} ${text}`, `${stamp(from + i, 30)} ${text}`];
    }).flat();
  await using stage = await Stage.make(settings());
  stage.append("app.log", ...sessions(182, 0));
  assert.equal((await stage.run("detect")).code, 0);
  stage.settings(settings("", mask));
  assert.equal((await stage.run("train")).code, 0);
  assert.deepEqual(await texts(stage), ["session <*> for user u<*>"]);
  stage.append("app.log", ...sessions(30, 182));
  const moved = await stage.run("detect");
  assert.match(moved.stdout, / 0 anomalous/, moved.stderr);
  assert.deepEqual(stage.rows("select * from birth"), []);
});

Deno.test("train makes other models of equal logs where people say other things of templates", async () => {
  const fingerprints: string[] = [];
  for (const hand of ["", HAND, HAND.replace("parcel}", "other}")]) {
    await using stage = await Stage.make(settings("", hand));
    stage.append("app.log", ...lines(130));
    await stage.run("train");
    fingerprints.push(
      (await new Registry(`${stage.folder}/models`).loadActive())!.streams[0].trained.fingerprint,
    );
  }
  assert.equal(new Set(fingerprints).size, 3);
});

/** Words that no rule takes for values: no two lines of one event are alike. */
function babble(minutes: number, from: number): string[] {
  const word = (i: number) => `${code(i * 7)}${code(i * 11 + 3)}`.toLowerCase().replace(/[aeiou]/g, "x");
  return Array.from({ length: minutes * 8 }, (_, i) => {
    const words = [i, i * i + 1, i * 3 + 2, i * i * 5].map(word),
      at = stamp(from + Math.floor(i / 8), i % 8 * 7);
    return `${at} INFO ${words.slice(0, 2 + i % 3).join(" ")} (${i % 5 === 0 ? "" : words[3]})`;
  });
}

Deno.test("detect and train say when mining goes badly, and what to do", async () => {
  await using stage = await Stage.make(settings());
  stage.append("app.log", ...lines(182), ...babble(200, 182));
  const run = await stage.run("detect");
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /^warning: app: new templates do not stop: .*deno task train.*masks:/m);
  const trained = await stage.run("train");
  assert.match(trained.stderr, /^warning: app: too many templates of one line: /m);
  await using calm = await Stage.make(settings());
  calm.append("app.log", ...lines(900));
  assert.doesNotMatch((await calm.run("detect")).stderr, /warning/);
});
