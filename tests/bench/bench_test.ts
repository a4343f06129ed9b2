import assert from "node:assert/strict";
import { median, shown, summarise, table, YARDSTICK } from "./figures.ts";
import type { BenchReport } from "./run.ts";
import { ROOT } from "./program.ts";

Deno.test("run.ts measures every part with the rights of its task", async () => {
  const output = await new Deno.Command("deno", {
    args: [
      ...[
        "run",
        "--quiet",
        "--no-prompt",
        "--ignore-env",
        "--allow-read",
        "--allow-write=/tmp",
        "--allow-run=deno",
      ],
      ...["--allow-sys=loadavg", "--config", "tests/deno.json", "tests/bench/run.ts", "--quick", "--json"],
    ],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  }).output();
  assert.equal(output.code, 0, new TextDecoder().decode(output.stderr));
  const { figures, log }: BenchReport = JSON.parse(new TextDecoder().decode(output.stdout));
  assert.notEqual(log, "");
  assert.equal(new Set(figures.map(({ group }) => group)).size, 7);
  for (const { name, values, median: middle, min, max } of figures) {
    assert.ok(values.length > 0 && values.every((value) => value > 0 && Number.isFinite(value)), name);
    assert.ok(min <= middle && middle <= max, name);
  }
});

Deno.test("median() is the middle value, or the mean of the middle two", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([7]), 7);
});

Deno.test("summarise() holds rates against the yardstick of their own group", () => {
  const [, slow, time, other] = summarise([
    { group: "a", name: YARDSTICK, unit: "lines/s", values: [100, 300, 200] },
    { group: "a", name: "slow", unit: "lines/s", values: [50] },
    { group: "a", name: "time", unit: "ns/line", values: [50] },
    { group: "b", name: "slow", unit: "lines/s", values: [50] },
  ]);
  assert.equal(slow.ofYardstick, 0.25);
  assert.equal(time.ofYardstick, null);
  assert.equal(other.ofYardstick, null);
});

Deno.test("shown() gives three digits and a unit that reads well", () => {
  assert.equal(shown(2_345_678, "lines/s"), "2.35 M lines/s");
  assert.equal(shown(45_678, "lines/s"), "45.7 k lines/s");
  assert.equal(shown(0.01234, "s"), "0.0123 s");
  assert.equal(shown(572, "scripts"), "572 scripts");
});

Deno.test("table() gives every group a heading and every figure a line", () => {
  const text = table(summarise([
    { group: "first", name: YARDSTICK, unit: "lines/s", values: [2e6, 4e6] },
    { group: "first", name: "whole", unit: "lines/s", values: [1e6], note: "all of it" },
    { group: "second", name: "memory", unit: "MiB", values: [59] },
  ]));
  const lines = text.split("\n");
  assert.deepEqual(lines.filter((line) => /^\w/.test(line)), ["first", "second"]);
  assert.match(text, /newlines only {2,}3\.00 M lines\/s {2,}2\.00 M lines\/s – 4\.00 M lines\/s$/m);
  assert.match(text, /whole {2,}1\.00 M lines\/s {2,}0\.33 {2,}all of it$/m);
});
