import assert from "node:assert/strict";
import { errorTexts, meaningHeading, meaningLines, readMeanings } from "../../../runner/alert/meanings.ts";
import { sampleReason, sampleThreat } from "./sample_alert.ts";

const FULL = { text: 'could not extend file "<*>": No space left on device', level: 17, firstSeen: null };
const LATE = {
  text: "upstream timed out while reading response header from upstream",
  level: 17,
  firstSeen: null,
};

Deno.test("errorTexts() takes warnings, errors and words for failure that came more often than expected", () => {
  const told = (some: Parameters<typeof sampleReason>[0]) =>
    errorTexts([sampleReason({ title: "all is well", ...some })]).length === 1;
  assert.deepEqual([
    told({ level: 13 }),
    told({ level: 9 }),
    told({}),
    told({ title: "request failed" }),
    told({ level: 17, actual: 0, expected: 3 }),
    told({ level: 17, kind: "order" }),
    told({ level: 17, kind: "unseen" }),
  ], [true, false, false, true, false, false, true]);
  assert.deepEqual(errorTexts([sampleThreat()]), []);
  assert.ok(!told({ level: 17, title: '"GET <*> <*>" <*> <*> <*>' }), "a request is no failure");
});

Deno.test("errorTexts() takes the exception of a record along, and nothing of its trace", () => {
  const lines = [
    "10:00:00 ERROR invoice failed",
    "NumberRangeException: range is exhausted",
    "at Range.next(Range.java:88)",
  ];
  for (const end of ["\n  ", " ⏎ "]) {
    const [{ text }] = errorTexts([
      sampleReason({ title: "invoice failed", level: 17, example: lines.join(end) }),
    ]);
    assert.equal(text, "invoice failed: NumberRangeException: range is exhausted");
  }
});

Deno.test("readMeanings() names causes before what followed from them", async () => {
  for (const errors of [[LATE, FULL], [FULL, LATE]]) {
    const meanings = await readMeanings(errors);
    assert.deepEqual(meanings.map(({ category }) => category), ["Disk", "Timeout"]);
    for (const { title, check, percent } of meanings) assert.ok(title !== "" && check !== "" && percent > 50);
  }
});

Deno.test("readMeanings() shows nothing of what can't be told or reports no failure, and each meaning once", async () => {
  assert.deepEqual(await readMeanings([]), []);
  assert.deepEqual(await readMeanings([{ text: "xyzzy plugh <*>", level: 17, firstSeen: null }]), []);
  assert.equal((await readMeanings([FULL, { ...FULL }])).length, 1);
});

Deno.test("meaningLines() says what, why and what to check, and leaves out what isn't known", () => {
  const meaning = {
    about: "x",
    kind: "disk" as const,
    category: "Disk",
    title: "A disk is full",
    cause: "",
    check: "Look at df",
    percent: 93,
  };
  assert.deepEqual(meaningLines(meaning), ["A disk is full (Disk, 93 % sure)", "Check first: Look at df"]);
  assert.equal(meaningHeading([meaning]), "What it means");
  assert.equal(meaningHeading([meaning, meaning]), "What it means, likely causes first");
});

Deno.test("what reads meanings is loaded by nothing that merely may have something to tell", () => {
  const root = new URL("../../../", import.meta.url), seen = new Set<string>();
  const visit = (url: URL): void => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    const code = Deno.readTextFileSync(url);
    for (const [, specifier] of code.matchAll(/^(?:import|export)\s(?!type\s)[^;"]*?"(\.[^"]+)";/gms)) {
      visit(new URL(specifier, url));
    }
  };
  for (
    const path of [
      "runner/commands/detect.ts",
      "runner/commands/explain.ts",
      "runner/detect/live.ts",
      "runner/detect/report.ts",
    ]
  ) {
    visit(new URL(path, root));
  }
  const paths = [...seen].map((href) => href.slice(root.href.length));
  assert.ok(paths.includes("lib/explain/meaning/load_meaning_reader.ts"), "the way to them is not seen");
  assert.deepEqual(
    paths.filter((path) => /meaning\/(?:weights|meaning_reader|corpus|senses)/.test(path)),
    [],
  );
});

Deno.test("readMeanings() names messages that are like it where it is asked to", async () => {
  const error = { text: "could not open file <*>: No space left on device", level: 17, firstSeen: null };
  const [plain] = await readMeanings([error]), [compared] = await readMeanings([error], { similar: 2 });
  assert.equal(plain.similar, undefined);
  assert.ok(compared.similar!.length > 0 && compared.similar!.every((text) => /^[\w .-]+: .+/.test(text)));
  const { similar: _, ...rest } = compared;
  assert.deepEqual(rest, plain);
  assert.deepEqual(meaningLines(compared).slice(3), compared.similar!.map((text) => `Like ${text}`));
});
