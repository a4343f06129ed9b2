import assert from "node:assert/strict";
import { UsageError } from "../../../runner/context.ts";
import { changesModels, modelsOptions } from "../../../runner/models/options.ts";

Deno.test("modelsOptions() reads versions however they are written", () => {
  assert.deepEqual(modelsOptions(["compare", "7", "v12", "--json"], "/srv"), {
    ...{ action: "compare", versions: ["v0007", "v0012"], json: true },
    ...{ keep: null, model: null, force: false, stream: null, activate: false },
  });
  const { keep, model } = modelsOptions(["prune", "--keep", "3", "--model", "m"], "/srv");
  assert.deepEqual([keep, model], [3, "/srv/m"]);
  assert.deepEqual(
    ["list", "show", "compare", "activate", "rollback", "prune"].map((one) => changesModels(one as "list")),
    [
      ...[false, false, false, true, true, true],
    ],
  );
});

const WRONG: [string[], RegExp][] = [
  [[], /expected one of list, show, compare, activate, rollback, promote, withdraw, refit, prune/],
  [["mend"], /expected one of list/],
  [["compare", "v1"], /expected 2 versions, got 1/],
  [["show", "1", "2"], /expected one version at the most, got 2/],
  [["list", "v1"], /expected no version, got 1/],
  [["activate", "newest"], /expected a version such as v0007/],
  [["list", "--keep", "3"], /Cannot use --keep with list/],
  [["prune", "--keep", "many"], /expected how many versions stay, got "many"/],
  [["list", "--nonsense"], /Unknown option '--nonsense'/],
];

for (const [args, message] of WRONG) {
  Deno.test(`modelsOptions() refuses ${args.join(" ") || "nothing"}`, () => {
    assert.throws(
      () => modelsOptions(args, "/"),
      (error: Error) => error instanceof UsageError && message.test(error.message),
    );
  });
}
