import assert from "node:assert/strict";
import { sessionMask } from "../../lib/model/session_mask.ts";
import { fitStream } from "../../lib/model/fit.ts";
import { learnedFrom, line, settingsOf, WINDOW } from "./made_logs.ts";

Deno.test("sessionMask() masks keys that may have letters, and leaves numbers to the templates", () => {
  for (const pattern of ["trace=(\\S+)", "id=(\\w+)", "id=([a-z]+)", "id=([^ ]+)", "user (.+)$", "(\\D+)"]) {
    assert.deepEqual(sessionMask(pattern), { pattern, name: "session" }, pattern);
  }
  for (const pattern of ["blk_-?\\d+", "order=(\\d+)", "id=([0-9]+)", "v1\\.([0-9]+)"]) {
    assert.equal(sessionMask(pattern), null, pattern);
  }
});

Deno.test("sessionMask() keeps words of session keys out of what is learned", async () => {
  const settings = settingsOf({ session: { pattern: "trace=(\\S+)", idle: WINDOW } });
  const log = ["alpha-one", "beta-two", "gamma"].map((key, i) => line(60 * i, `trace=${key} paid`)).join("");
  const { catalogue } = await fitStream(await learnedFrom({ "a.log": log }, settings));
  const texts = catalogue.known.map(({ text }) => text);
  assert.equal(texts.length, 1);
  assert.doesNotMatch(texts[0], /alpha|beta|gamma/);
});
