import assert from "node:assert/strict";
import { parseReportOptions } from "../../../runner/report_task/options.ts";

Deno.test("parseReportOptions() takes exactly one subject", () => {
  const subject = (...args: string[]) => parseReportOptions(args, "/home").subject;
  assert.deepEqual(subject("--alert", "a1"), { kind: "incident", alert: "a1" });
  assert.deepEqual(subject("--model", "v0002"), { kind: "model", version: "v0002" });
  assert.deepEqual(subject("--from", "1970-01-01", "--to", "1970-01-01T00:01"), {
    ...{ kind: "period", from: 0, to: 60_000 },
  });
  for (const args of [[], ["--alert", "a", "--last", "7d"], ["--model", "v1", "--to", "2026-01-01"]]) {
    assert.throws(() => subject(...args), /expected one of --alert/, args.join(" "));
  }
});

Deno.test("parseReportOptions() refuses times and lengths that are none", () => {
  const refused = (...args: string[]) => () => parseReportOptions(args, "/");
  assert.throws(refused("--last", "0d"), /--last: expected a length of time such as 7d, got "0d"/);
  assert.throws(refused("--last", "week"), /got "week"/);
  assert.throws(refused("--from", "2026-03-02"), /--from and --to belong together/);
  assert.throws(refused("--from", "2026-03-02", "--to", "2026-03-02"), /--to must be later than --from/);
  assert.throws(
    refused("--from", "monday", "--to", "2026-03-02"),
    /--from: expected a time such as .*got "monday"/,
  );
  assert.throws(refused("--model", "v1", "--timeout", "0"), /--timeout must be seconds/);
  assert.throws(refused("--nonsense"), /Unknown option '--nonsense'/);
});

Deno.test("parseReportOptions() takes paths from where the user stands", () => {
  const { output, config, python, notify } = parseReportOptions(
    ["--model", "v1", "--output", "pages", "--config", "../a.yaml", "--python", "./py", "--notify"],
    "/srv/shop",
  );
  assert.deepEqual([output, config, python, notify], [
    "/srv/shop/pages",
    "/srv/a.yaml",
    "/srv/shop/py",
    true,
  ]);
});
