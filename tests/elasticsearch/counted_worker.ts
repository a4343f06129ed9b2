/**
 * A worker as a process of its own: `deno run counted_worker.ts URL OWNER LEASE`. It works until it is killed, or who started it is
 * gone.
 *
 * @module
 */
import { connect, JobWorker } from "../../lib/mod.ts";

const [url, owner, lease] = Deno.args;
const client = await connect({ nodes: [url] });
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(ms, 200)));
const worker = new JobWorker(client, {
  ...{ owner, lease: Number(lease), now: Date.now, random: Math.random, pause },
  say: (text) => console.error(`${owner}: ${text}`),
});
const parent = Deno.ppid;
while (Deno.ppid === parent) {
  try {
    if ((await worker.round()).parts === 0) await pause(200);
  } catch (error) {
    console.error(`${owner}: ${error instanceof Error ? error.message : error}`);
    await pause(200);
  }
}
