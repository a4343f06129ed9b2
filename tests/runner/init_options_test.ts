import assert from "node:assert/strict";
import { checkedCluster, initOptions } from "../../runner/init/options.ts";

Deno.test("initOptions() tells indices from paths, and reads where the cluster is", () => {
  const args = [
    "logs/*.log",
    "elasticsearch:shop-*",
    "--nodes",
    "http://a:1,http://b:2",
    "--nodes",
    "http://c:3",
  ];
  assert.deepEqual(initOptions([...args, "--ca-file", "ca.pem", "--user", "me"], "/srv"), {
    ...{
      paths: ["/srv/logs/*.log"],
      indices: ["shop-*"],
      output: "/srv/deepscan.yaml",
      force: false,
      config: null,
    },
    cluster: { nodes: ["http://a:1", "http://b:2", "http://c:3"], ca_file: "/srv/ca.pem", user: "me" },
  });
  assert.equal(initOptions(["a.log"], "/srv").cluster, null);
});

Deno.test("initOptions() refuses what it can't use", () => {
  const cases: [string[], RegExp][] = [
    [[], /name the logs to look at/],
    [["a.log", "--nodes", "http://a"], /no index: add elasticsearch:PATTERN/],
    [["a.log", "--node", "x"], /Unknown option '--node'/],
  ];
  for (const [args, message] of cases) {
    assert.throws(() => initOptions(args, "/srv"), { name: "UsageError", message }, args.join(" "));
  }
});

Deno.test("checkedCluster() checks as settings do, and names the option", () => {
  assert.deepEqual(checkedCluster({ nodes: ["http://a:1"] }).timeout, 30_000);
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ nodes: ["a:1"] }, /--nodes: expected the address of a node/],
    [{ user: "me", nodes: ["http://a"] }, /user needs a password/],
    [{ ca_file: "x" }, /expected either nodes or cloud_id/],
  ];
  for (const [cluster, message] of cases) {
    assert.throws(() => checkedCluster(cluster), { name: "UsageError", message });
  }
});
