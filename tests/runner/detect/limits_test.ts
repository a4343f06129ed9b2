import assert from "node:assert/strict";
import { Stage } from "../stage.ts";
import { calmLines } from "../tasks/task.ts";

/** Three services that come and go by lines of their own, so that there are many windows. */
const lines = (from: number, minutes: number) => calmLines(minutes, from);

Deno.test("detect keeps the state within state.max_size, gives the room back and says what it forgot", async () => {
  await using stage = await Stage.make(
    'streams: [{name: app, inputs: ["app.log"], clock: data, min_history: 2h, window: 1s, allowed_lateness: 1m}]\n',
  );
  const path = `${stage.folder}/deepscan.yaml`, text = await Deno.readTextFile(path);
  const limit = (size: string) =>
    Deno.writeTextFileSync(path, text.replace("{directory: state}", `{directory: state, max_size: ${size}}`));
  const bytes = () => Deno.statSync(`${stage.folder}/state/state.db`).size;
  const verdicts = () => Number(stage.rows("select count(*) as n from verdict")[0].n);
  limit("10GB");
  stage.append("app.log", ...lines(0, 900));
  assert.equal((await stage.run("detect")).code, 0);
  const full = bytes(), all = verdicts();
  assert.ok(full > 4_000_000 && all > 40_000, `${full} bytes, ${all} verdicts`);
  limit("2MB");
  stage.append("app.log", ...lines(900, 10));
  const { code, stderr } = await stage.run("detect");
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /note: the state holds [\d.]+ MB, state\.max_size is 2 MB: forgotten [\d,]+ verdicts and 0 closed alerts up to 2026-03-02 /,
  );
  assert.ok(bytes() <= 2_200_000 && bytes() > 1_000_000, `${bytes()} bytes`);
  assert.ok(verdicts() < all / 2);
  const [{ last }] = stage.rows("select max(end) as last from verdict");
  assert.equal(last, Date.UTC(2026, 2, 2, 15, 9, 30));
  assert.doesNotMatch((await stage.run("detect")).stderr, /max_size/);
});
