/**
 * `deno task bench watch`: days of the sample's traffic through `watch`, disturbed in every way, and what its receivers were told.
 *
 * The services are real ones, started as a user starts them; so are the mail server and the receivers of posts. It prints tables, and
 * ends with 1 where something was lost, told twice under two keys, otherwise not told as it must be, or found otherwise than without all
 * that.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  disturbances,
  disturbedWatch,
  undisturbedWatch,
  type WatchPlot,
} from "../../faults/watch_history.ts";
import { longPlot, SHORT } from "../../faults/watch_plots.ts";
import { tableData, tableText } from "../templates/report.ts";
import { type Measured, watchTables } from "./tables.ts";

const help = `
Sends days of the sample's traffic, with its planted days again and again, through \`deno task watch\` as fast as it reads them, while
logs are rotated and their clocks jump, services are killed, stopped and started beside each other, the machine's clock moves, and
receivers of mail and posts are slow, refuse, fail and die between taking and answering.

  deno task bench watch [--days N] [--seed N] [--quick] [--json]

  --days N     behind three clean ones; default 30 (about twenty minutes)
  --seed N     of everything that is left to chance; default 1
  --quick      four hours with four incidents behind a clean day: about a minute
  --json       the tables as JSON on standard output

The machine's clock moves where Debian's libfaketime is installed and this user may mount.
`;

/** Plays a history twice: disturbed, and read at once. */
async function measure(plot: WatchPlot, tell: (text: string) => void): Promise<Measured> {
  const began = performance.now(), outcome = await disturbedWatch(plot, tell);
  const seconds = (performance.now() - began) / 1000;
  tell("the same lines at once, undisturbed");
  const differences = disturbances(await undisturbedWatch(plot), outcome);
  return { plot, outcome, seconds, differences };
}

async function main(): Promise<number> {
  const options = {
    days: { type: "string" },
    seed: { type: "string" },
    quick: { type: "boolean" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { days = "30", seed = "1", quick = false, json = false, help: asked } = parseArgs({ options }).values;
  if (asked) {
    console.log(help.trim());
    return 0;
  }
  for (const [name, value] of Object.entries({ days, seed })) {
    if (!/^[1-9]\d*$/.test(value)) {
      console.error(
        `deepscan bench watch: Cannot measure: --${name} must be a positive whole number, got "${value}"`,
      );
      return 2;
    }
  }
  const plot = quick ? { ...SHORT, seed: Number(seed) } : longPlot(Number(days), Number(seed));
  const measured = await measure(plot, (text) => console.error(`bench: ${text} …`)),
    tables = watchTables(measured);
  if (json) console.log(JSON.stringify(tables.map(tableData), null, 2));
  else console.log(tables.map(tableText).join("\n\n"));
  const { outcome: { faults }, differences } = measured;
  const wrong = [...faults, ...differences];
  for (const what of wrong) console.error(`bench: ${what}`);
  return wrong.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main());
