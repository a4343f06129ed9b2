import assert from "node:assert/strict";
import { TUNING, UNTOUCHED } from "./packages.ts";

/** Projects whose logs are in the loghub collection. */
const LOGHUB =
  /hadoop|hdfs|spark|zookeeper|kazoo|openstack|\bnova\b|httpd|openssh|android|proxifier|healthapp|thunderbird/i;

Deno.test("packages: every one is pinned, and none is of a project in loghub", () => {
  const form = {
    python: /^[\w.-]+==[\w.]+$/,
    java: /^[\w.-]+:[\w.-]+:[\w.-]+$/,
    npm: /^(@[\w-]+\/)?[\w.-]+@\d[\w.-]*$/,
  };
  for (const { name, language, artifacts } of [...TUNING, ...UNTOUCHED]) {
    for (const artifact of artifacts) {
      assert.match(artifact, form[language], name);
      assert.doesNotMatch(artifact, LOGHUB, name);
    }
  }
});

Deno.test("packages: what is kept untouched shares nothing with what is tuned on, and has every language", () => {
  const bare = (artifact: string) => artifact.replace(/(==|@|:)[\w.-]+$/, ""),
    tuned = new Set(TUNING.flatMap(({ artifacts }) => artifacts.map(bare)));
  assert.deepEqual(
    UNTOUCHED.flatMap(({ artifacts }) => artifacts.map(bare)).filter((name) => tuned.has(name)),
    [],
  );
  assert.equal(
    new Set([...TUNING, ...UNTOUCHED].map(({ name }) => name)).size,
    TUNING.length + UNTOUCHED.length,
  );
  const languages = Map.groupBy(UNTOUCHED, ({ language }) => language);
  assert.ok(UNTOUCHED.length >= 12 && languages.size === 3);
});
