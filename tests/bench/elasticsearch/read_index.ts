/**
 * A process that reads indices as `detect` does, as lines, and tells how long that took: `read_index.ts URL INDEX IN_FLIGHT`.
 *
 * @module
 */
import process from "node:process";
import { IndexInput } from "../../../lib/source/elasticsearch/index_input.ts";

const [url, index, inFlight] = Deno.args, target = new Uint8Array(1 << 20);
const input = new IndexInput({ nodes: [url] }, { index, inFlight: Number(inFlight) });
const began = performance.now(), before = process.cpuUsage();
let documents = 0;
for (let filled = await input.read(target); filled > 0; filled = await input.read(target)) {
  for (let i = 0; i < filled; i++) if (target[i] === 31) documents++; // one a document
}
const { user, system } = process.cpuUsage(before), seconds = (performance.now() - began) / 1000;
input.close();
console.log(JSON.stringify({ documents, seconds, cpu: (user + system) / 1e6 }));
