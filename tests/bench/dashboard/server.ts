/**
 * A dashboard as a process of its own, for the bench: it prints where it is, and ends with its standard input.
 *
 * @module
 */
import { parseConfig } from "../../../runner/config.ts";
import { serveDashboard } from "../../../runner/dashboard/serve.ts";
import { END } from "./made_state.ts";

/** Settings over a state in a folder. */
export async function configOf(folder: string) {
  const text = `streams: [{name: stream00, inputs: [x.log], clock: data}]\nstate: {directory: .}\n` +
    `dashboard: {listen: "127.0.0.1:0"}\n`;
  return await parseConfig(text, `${folder}/deepscan.yaml`);
}

if (import.meta.main) {
  const [folder] = Deno.args, stop = new AbortController(), config = await configOf(folder);
  const context = {
    ...{ root: folder, cwd: folder, plan: null, isTerminal: false, env: () => undefined, now: () => END },
    ...{ stdout: (text: string) => console.log(text), stderr: (text: string) => console.error(text) },
  };
  const { url, finished } = await serveDashboard(
    { kind: "settings", config, path: null },
    stop.signal,
    context,
  );
  console.log(url);
  for await (const _ of Deno.stdin.readable); // until whoever measures has done
  stop.abort();
  await finished;
}
