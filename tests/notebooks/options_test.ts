import assert from "node:assert/strict";
import { notebooksPermissions, parseNotebooksOptions } from "../../runner/notebooks/options.ts";

const site = { root: "/project", cwd: "/users/ann" };

Deno.test("parseNotebooksOptions() takes paths from where the user stands", () => {
  const options = parseNotebooksOptions([
    "01-extract",
    "--params",
    "p.json",
    "--output",
    "../out",
    "--python",
    "py/bin/python",
  ], site);
  assert.deepEqual(options, {
    names: ["01-extract"],
    params: "/users/ann/p.json",
    output: "/users/out",
    python: "/users/ann/py/bin/python",
    timeout: 600,
    network: false,
    task: "run",
  });
});

Deno.test("parseNotebooksOptions() refuses what it doesn't know", () => {
  for (
    const args of [["--fast"], ["--timeout", "soon"], ["--timeout", "0"], ["--check", "--strip"], [
      "--params",
    ]]
  ) {
    assert.throws(() => parseNotebooksOptions(args, site), {
      name: "UsageError",
      message: /^Cannot run notebooks: /,
    });
  }
});

Deno.test("notebooksPermissions() gives each task what it needs and no more", () => {
  const write = ["/project/notebooks"];
  const sample = [...write, "/project/data/sample", "/project/data/sample.partial"]; // which is made where it is absent
  const git = ["HEAD", "packed-refs", "refs"].map((name) => `/project/.git/${name}`);
  const version = ["/project/deno.json", ...git]; // which the pages name
  const judged = [...sample, "/project/data/models/sample", "/project/data/state/sample"]; // for those that look at it
  const read = [...judged, ...version];
  assert.deepEqual(notebooksPermissions([], site), { read, write: judged, run: ["deno", "python3"] });
  assert.deepEqual(notebooksPermissions(["01-extract"], site).write, [...write, ...sample]);
  assert.deepEqual(notebooksPermissions(["--check"], site), { read: write, write, run: ["deno"] });
  assert.deepEqual(notebooksPermissions(["--strip"], site), { read: write, write, run: [] });
  const folders = ["/project/notebooks", "/users/ann/mine"];
  assert.deepEqual(notebooksPermissions(["mine/a.ipynb", "--params", "p.json"], site), {
    read: [...folders, ...version, "/users/ann/p.json"],
    write: folders,
    run: ["deno", "python3"],
  });
});
