export const help = `
Watches: reads new log lines as they come, judges them, tells the people in charge; until it is stopped.

  deno task watch                        the streams of deepscan.yaml, or the bundled sample where there is no settings file

  --config FILE        settings; default: deepscan.yaml in this folder
  --stream NAME        this stream only
  --seed N             seed of training where there is no model; default: that of the settings

It is what detect does, again and again in one process: woken by changes of files, and every watch.poll of the settings
even without any. Messages wait for what belongs to them (alerts.group_wait), as detect has no time to.

SIGTERM and SIGINT   end it: what was read by then is kept and told, the next run goes on there
SIGHUP               the settings are read anew; where they are wrong, it says so and goes on by the old ones

One runs at a time: while it does, deno task detect has nothing to do and says so. Exit code: 0 stopped, or another one is at
work, 1 failed, 2 wrong usage or settings.
`;

import { type Context, requirePlan } from "../context.ts";
import { makeSample } from "../detect/make_sample.ts";
import { refuseUnused } from "../unused_options.ts";
import { watchOptions } from "../watch/options.ts";
import { Watch } from "../watch/watch.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** `deno task watch`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = watchOptions(args, context.cwd), plan = requirePlan(context), { stream, seed } = options;
  await refuseUnused("watch", options, plan);
  if (plan.kind === "sample") await makeSample(context);
  const stopping = new AbortController(), stop = () => stopping.abort();
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
  try {
    return await new Watch({ plan, stream, seed, stop: stopping.signal }, context).run();
  } finally {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
  }
}
