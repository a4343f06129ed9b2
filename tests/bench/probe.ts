/**
 * Preloaded into a worker that is measured: when it ends, it tells on stderr how much memory it held at most and which scripts it
 * had loaded, in one line that begins with {@linkcode PROBE}.
 *
 * The list of scripts needs `--allow-sys`; without that right it is empty, and memory is what it is without a debugger. It names what was really evaluated, whether
 * imported at the beginning or on the way, which a graph of imports can't.
 *
 * @module
 */
import { Session } from "node:inspector";
import process from "node:process";

/** What the probe's line begins with. */
export const PROBE = "bench-probe ";

/** What the probe tells. */
export interface Probed {
  /** Most memory resident at any time, KiB. */
  maxRss: number;
  /** Addresses of the scripts that were loaded; none where the right to see them is missing. */
  scripts: string[];
}

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

if (Deno.args.length > 0) {
  const scripts = watch();
  globalThis.addEventListener("unload", () => {
    const probed: Probed = { maxRss: process.resourceUsage().maxRSS, scripts };
    console.error(PROBE + JSON.stringify(probed));
  });
}
