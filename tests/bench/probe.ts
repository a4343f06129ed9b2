/**
 * Preloaded into a worker that is measured: when it ends, it tells on stderr how much memory it held at most, how much
 * processor time it took and which scripts it had loaded, in one line that begins with {@linkcode PROBE}.
 *
 * The list of scripts needs `--allow-sys`; without that right it is empty, and memory is what it is without a debugger. It names
 * what was really evaluated, whether imported at the beginning or on the way, which a graph of imports can't.
 *
 * @module
 */
import { Session } from "node:inspector";
import process from "node:process";
import { PROBE, type Probed } from "./probed.ts";

/** A script of the engine's debugger. */
interface ScriptParsed {
  params: { url: string };
}

function watch(): string[] {
  const scripts: string[] = [];
  if (Deno.permissions.querySync({ name: "sys" }).state !== "granted") return scripts;
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }: ScriptParsed) => scripts.push(params.url));
  session.post("Debugger.enable");
  return scripts;
}

const scripts = watch();
globalThis.addEventListener("unload", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const probed: Probed = { maxRss: maxRSS, cpu: (userCPUTime + systemCPUTime) / 1e6, scripts };
  console.error(PROBE + JSON.stringify(probed));
});
