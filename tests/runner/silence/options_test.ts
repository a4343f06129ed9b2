import assert from "node:assert/strict";
import { UsageError } from "../../../runner/context.ts";
import { deployOptions, silenceOptions } from "../../../runner/silence/options.ts";

Deno.test("silenceOptions() lists without a word, and ends by id", () => {
  assert.deepEqual(silenceOptions([]), { action: "list", json: false });
  assert.deepEqual(silenceOptions(["list", "--json", "--config", "a.yaml"]), { action: "list", json: true });
  assert.deepEqual(silenceOptions(["end", "ab12"]), { action: "end", id: "ab12", json: false });
});

Deno.test("silenceOptions() takes what is silenced, how long or until when, and why", () => {
  const said = { note: "backup", by: "ann", json: false }, matcher = { service: "db*", severity: "high" };
  const args = ["add", "--service", "db*", "--severity", "high", "--note", "backup", "--by", "ann"];
  assert.deepEqual(silenceOptions([...args, "--for", "2h"]), {
    action: "add",
    matcher,
    end: { length: 7_200_000 },
    ...said,
  });
  assert.deepEqual(silenceOptions([...args, "--until", "1970-01-01T00:01"]), {
    ...{ action: "add", matcher, end: { until: 60_000 } },
    ...said,
  });
});

for (
  const [args, message] of [
    [["add", "--for", "2h"], /Cannot silence everything/],
    [["add", "--service", "db"], /expected either --for/],
    [["add", "--service", "db", "--for", "1h", "--until", "2026-01-01"], /expected either --for/],
    [["add", "--service", "db", "--for", "soon"], /Cannot read --for: .*got "soon"/],
    [["add", "--service", "db", "--until", "soon"], /Cannot read --until: .*got "soon"/],
    [
      ["add", "--kind", "bad", "--for", "1h"],
      /Cannot read --kind: expected one of new, template, .*got "bad"/,
    ],
    [["add", "--severity", "9", "--for", "1h"], /Cannot read --severity: expected one of low, medium/],
    [["end"], /expected `list`, `end ID`, or `add`/],
    [["list", "--service", "db"], /expected `list`/],
    [["--nonsense"], /Unknown option '--nonsense'/],
  ] as [string[], RegExp][]
) {
  Deno.test(`silenceOptions() refuses ${args.join(" ")}`, () => {
    assert.throws(
      () => silenceOptions(args),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  });
}

Deno.test("deployOptions() takes a service, half an hour unless it says otherwise", () => {
  const options = {
    matcher: { service: "db" },
    length: 1_800_000,
    at: null,
    note: "",
    by: null,
    json: false,
  };
  assert.deepEqual(deployOptions(["--service", "db"]), options);
  const all = [
    "--service",
    "db",
    "--stream",
    "shop",
    "--for",
    "1h",
    "--at",
    "1970-01-01T00:01",
    "--note",
    "v7",
    "--json",
  ];
  assert.deepEqual(deployOptions(all), {
    ...{
      ...options,
      matcher: { stream: "shop", service: "db" },
      length: 3_600_000,
      at: 60_000,
      note: "v7",
      json: true,
    },
  });
  assert.throws(() => deployOptions([]), /expected --service NAME/);
});
