/**
 * The models and the state of the bundled sample, for notebooks that look at them.
 *
 * @module
 */
import { basename } from "node:path";
import { MODEL_FORMAT, RunLock } from "../../lib/mod.ts";
import type { Context } from "../context.ts";
import { sampleStateFolders } from "./sample_state_folders.ts";

/**
 * Judges the sample where that was not done yet, or by a model that this program can't use any more: that is the sample's own,
 * and made anew, unless a run is at work. The sample itself must be there.
 *
 * @throws {Error} if it can't be judged.
 */
export async function ensureSampleState(
  { root, stderr, now }: Pick<Context, "root" | "stderr" | "now">,
): Promise<void> {
  const [models, state] = sampleStateFolders(root), format = await formatOf(models);
  if (format === MODEL_FORMAT && await exists(`${state}/state.db`)) return;
  if (format !== null && format !== MODEL_FORMAT) await removeAll([models, state], now());
  stderr("judging the sample, once …\n");
  const { success, stderr: said } = await new Deno.Command("deno", {
    args: ["task", "--quiet", "detect"],
    cwd: `${root}/data/sample`, // no settings lie there: the bundled sample is meant
    env: { INIT_CWD: `${root}/data/sample`, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (!success) throw new Error(`Cannot judge the sample: ${new TextDecoder().decode(said).trim()}`);
}

/** Removes what was made by an earlier version; the lock of a run that is at work keeps it where it is. */
async function removeAll([models, state]: string[], since: number): Promise<void> {
  await Deno.mkdir(state, { recursive: true });
  const taken = RunLock.take(`${state}/run.lock`, { pid: Deno.pid, since });
  if (!(taken instanceof RunLock)) return;
  try {
    if (await exists(models)) await Deno.remove(models, { recursive: true });
    await Deno.remove(state, { recursive: true });
  } finally {
    taken.release();
  }
}

/** The format of the sample's active model; `null` where there is none that can be read. */
async function formatOf(models: string): Promise<number | null> {
  try {
    const active = basename((await Deno.readTextFile(`${models}/active`)).trim());
    return JSON.parse(await Deno.readTextFile(`${models}/${active}/model.json`)).format;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return null;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
