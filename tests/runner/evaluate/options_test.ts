import assert from "node:assert/strict";
import { UsageError } from "../../../runner/context.ts";
import { evaluateOptions } from "../../../runner/evaluate/options.ts";

const options = (text: string) => evaluateOptions(text.split(" "), "/here");

Deno.test("evaluateOptions() tells by its options what is to be evaluated", () => {
  assert.deepEqual(options("--verdicts a.csv --verdicts /b.csv --labels l.csv").verdicts, [
    "/here/a.csv",
    "/b.csv",
  ]);
  assert.equal(options("--verdicts a.csv --labels l.csv").mode, "verdicts");
  assert.equal(options("--protocol random:10 --input a.log --labels l.csv").mode, "protocol");
  assert.equal(options("--inject --input a.log").mode, "inject");
});

Deno.test("evaluateOptions() reads what is said about logs as train does", () => {
  const { run, detectors, part, count, tolerance } = options(
    "--inject --input a.log --window 5m --seed 3 --detectors new-template,unseen-vector --part 50",
  );
  assert.deepEqual([run.inputs, run.window, run.seed], [["/here/a.log"], 300_000, 3]);
  assert.deepEqual([detectors, part, count, tolerance], [[["new-template", "unseen-vector"]], .5, 20, null]);
  assert.equal(options("--verdicts a.csv --labels l.csv --tolerance 10m").tolerance, 600_000);
});

for (
  const [text, why] of [
    ["--verdicts a.csv", /--verdicts FILE.csv and --labels FILE.csv are both needed/],
    ["--protocol random:10 --input a.log", /--protocol needs --labels/],
    ["--inject --protocol random:10 --input a.log", /Cannot use --protocol and --inject together/],
    ["--inject", /name the logs with --input/],
    ["--train a.log --input b.log", /--train needs --labels/],
    [
      "--train a.log --input b.log --labels l.csv --protocol random:10",
      /Cannot use --protocol and --train together/,
    ],
    ["--inject --input a.log --labels l.csv", /Cannot use --labels with --inject/],
    ["--verdicts a.csv --labels l.csv --input a.log", /Cannot use --input with --verdicts/],
    ["--inject --input a.log --count 0", /Cannot read --count/],
    ["--inject --input a.log --part 100", /Cannot read --part/],
    ["--inject --input a.log --tolerance 5m", /Cannot use --tolerance with --inject/],
    ["--verdicts a.csv --labels l.csv --tolerance soon", /Cannot read --tolerance/],
    ["--inject --input a.log --nonsense", /Cannot read the command line/],
  ] as const
) {
  Deno.test(`evaluateOptions() refuses ${text}`, () => {
    assert.throws(
      () => options(text),
      (error: Error) => error instanceof UsageError && why.test(error.message),
    );
  });
}
