import assert from "node:assert/strict";
import { codeVersion } from "../../runner/notebooks/code_version.ts";
import { withFolder } from "../with_folder.ts";

const COMMIT = "96316ef0c1b2a3948576a1b2c3d4e5f60718293a";

Deno.test("codeVersion() finds the commit on a branch, on one that was packed, and checked out by itself", async () => {
  const cases: [string, Record<string, string>][] = [
    ["branch", { HEAD: "ref: refs/heads/main\n", "refs/heads/main": `${COMMIT}\n` }],
    ["packed", {
      HEAD: "ref: refs/heads/main\n",
      "packed-refs": `# pack-refs\n${"0".repeat(40)} refs/heads/old\n${COMMIT} refs/heads/main\n`,
    }],
    ["detached", { HEAD: `${COMMIT}\n` }],
  ];
  for (const [name, files] of cases) {
    await withFolder(async (root) => {
      await Deno.writeTextFile(`${root}/deno.json`, '{ "version": "3.1.4" }');
      await Deno.mkdir(`${root}/.git/refs/heads`, { recursive: true });
      for (const [path, text] of Object.entries(files)) {
        await Deno.writeTextFile(`${root}/.git/${path}`, text);
      }
      assert.deepEqual(await codeVersion(root), { version: "3.1.4", commit: COMMIT }, name);
    });
  }
});

Deno.test("codeVersion() knows no commit where there is no clone, or none yet", async () => {
  await withFolder(async (root) => {
    await Deno.writeTextFile(`${root}/deno.json`, '{ "version": "3.1.4" }');
    assert.equal((await codeVersion(root)).commit, null);
    await Deno.writeTextFile(`${root}/.git`, "gitdir: ../elsewhere\n"); // a further working tree
    assert.equal((await codeVersion(root)).commit, null);
    await Deno.remove(`${root}/.git`);
    await Deno.mkdir(`${root}/.git`);
    await Deno.writeTextFile(`${root}/.git/HEAD`, "ref: refs/heads/main\n");
    assert.equal((await codeVersion(root)).commit, null);
  });
});
