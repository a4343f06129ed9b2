import assert from "node:assert/strict";
import { UsageError } from "../../../runner/context.ts";
import { feedbackOptions } from "../../../runner/feedback/options.ts";

const LIST = {
  alert: null,
  word: "none",
  note: null,
  always: false,
  output: null,
  stream: null,
  json: false,
};

Deno.test("feedbackOptions() lists where no alert is named", () => {
  assert.deepEqual(feedbackOptions([], "/"), LIST);
  assert.deepEqual(feedbackOptions(["--list", "--json", "--stream", "shop"], "/"), {
    ...LIST,
    json: true,
    stream: "shop",
  });
});

Deno.test("feedbackOptions() takes an id or its beginning, a word and a note", () => {
  const said = { ...LIST, alert: "0a1b", word: "false", note: "nightly backup" };
  assert.deepEqual(
    feedbackOptions(["0a1b", "false", "--note", "nightly backup", "--config", "a.yaml"], "/"),
    said,
  );
  assert.equal(feedbackOptions(["0a1b", "none"], "/").word, "none");
});

for (
  const [args, message] of [
    [["0a1b"], /expected one of true, false, expected, none behind 0a1b, got nothing/],
    [["0a1b", "yes"], /got yes$/],
    [["0a1b", "true", "true"], /got true true$/],
    [["0a1", "true"], /by "0a1": expected its id, or 4 or more characters/],
    [["shop@a", "true"], /by "shop@a"/],
    [["0a1b", "none", "--note", "x"], /a note where nothing is said/],
    [["0a1b", "true", "--stream", "shop"], /--list, --stream and --export with an alert/],
    [["--note", "x"], /--note needs an alert/],
    [["--nonsense"], /Unknown option '--nonsense'/],
  ] as [string[], RegExp][]
) {
  Deno.test(`feedbackOptions() refuses ${args.join(" ")}`, () => {
    assert.throws(
      () => feedbackOptions(args, "/"),
      (error: Error) => error instanceof UsageError && message.test(error.message),
    );
  });
}
