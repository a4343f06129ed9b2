import assert from "node:assert/strict";
import { permissionsFor } from "../../../runner/permissions.ts";
import { UsageError } from "../../../runner/context.ts";
import { withFolder } from "../../with_folder.ts";

const SETTINGS =
  "streams: [{name: app, inputs: [logs/app.log]}]\nmodel: {directory: m}\nstate: {directory: s}\n";

/** What a command may read and write in the folder of the settings, by name. */
async function rightsOf(
  command: string,
  ...args: string[]
): Promise<{ read: string[]; write: string[]; net: string[] }> {
  let found = { read: [] as string[], write: [] as string[], net: [] as string[] };
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/deepscan.yaml`, SETTINGS);
    const { permissions: { read, write, net } } = await permissionsFor(command, args, {
      root: "/opt/deepscan",
      cwd,
    });
    const own = (paths: string[]) =>
      [...new Set(paths)].filter((path) => path.startsWith(cwd)).map((path) => path.slice(cwd.length + 1))
        .sort();
    found = { read: own(read), write: own(write), net };
  });
  return found;
}

Deno.test("permissionsFor() lets models look at models and state, and change the models only where that is asked for", async () => {
  for (const args of [["list"], ["show"], ["compare", "1", "2"]]) {
    assert.deepEqual(await rightsOf("models", ...args), { read: ["m", "s"], write: [], net: [] });
  }
  for (
    const args of [["activate", "1"], ["rollback"], ["promote", "--force"], ["withdraw"], ["refit"], [
      "prune",
    ]]
  ) {
    assert.deepEqual(await rightsOf("models", ...args), { read: ["m", "s"], write: ["m"], net: [] });
  }
  assert.deepEqual(await rightsOf("models", "prune", "--model", "other"), {
    read: ["other"],
    write: ["other"],
    net: [],
  });
  await assert.rejects(() => rightsOf("models", "mend"), UsageError);
});

Deno.test("permissionsFor() lets train write the models only, also where it makes a candidate", async () => {
  const { write } = await rightsOf("train", "--shadow", "--if-needed");
  assert.deepEqual(write, ["m"]);
});

Deno.test("permissionsFor() lets feedback write the labels that are asked for, and nothing else then", async () => {
  const { read, write } = await rightsOf("feedback", "--export", "labels.csv");
  assert.deepEqual([read, write], [["s"], ["labels.csv"]]);
});
