import assert from "node:assert/strict";
import { UsageError } from "../../../runner/context.ts";
import { parseOptions } from "../../../runner/parse/options.ts";

Deno.test("parseOptions() reads paths from where the user stands", () => {
  assert.deepEqual(parseOptions(["a.log", "/b/*.log", "-"], "/srv/x"), {
    ...{
      inputs: ["/srv/x/a.log", "/b/*.log", "-"],
      format: "auto",
      templates: null,
      as: "table",
      output: null,
      config: null,
    },
  });
});

Deno.test("parseOptions() tells by a file's ending what is wanted in it", () => {
  const as = (...args: string[]) => parseOptions(["a.log", ...args], "/").as;
  assert.deepEqual([as("--output", "t.csv"), as("--output", "t.json"), as("--output", "t.txt")], [
    "csv",
    "json",
    "table",
  ]);
  assert.deepEqual([as("--json", "--output", "t.csv"), as("--csv")], ["json", "csv"]);
});

Deno.test("parseOptions() refuses what it can't use", () => {
  const refused = (args: string[], message: RegExp) =>
    assert.throws(
      () => parseOptions(args, "/"),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  refused([], /name the logs to look at/);
  refused(["a", ""], /name the logs to look at/);
  refused(["a", "--json", "--csv"], /--json and --csv together/);
  refused(["a", "--templates", "few"], /expected a whole number, got "few"/);
  refused(["a", "--nonsense"], /Unknown option '--nonsense'/);
});
