export const help = `
Shares the work of streams that are counted in Elasticsearch: turns their lines into small events there.

  deno task deepscan map [--config FILE] [--follow] [--json]

Start as many as you like, on any machine that reaches the cluster; each takes one part of a stream's time after the other. What
there is to do stands in the cluster: the detect or train of a stream with elasticsearch: {counted: true} puts it there, and does
the rest itself. A worker may be stopped or killed at any time: whoever is free takes its part over, after a minute at the latest.
Clocks of the machines should agree to within some seconds; where they don't, work may be done twice, which changes nothing.

A worker needs no model and no state, only the section elasticsearch of the settings. It takes the privileges of the role
deepscan_mapper.

  --follow        go on until stopped: wait for documents, and for a cluster that is away
  --config FILE   settings; default: deepscan.yaml in this folder
  --json          the figures as JSON on standard output

Exit code 1 says that the cluster could not be reached, or refused something.
`;

import { type Context, requirePlan } from "../context.ts";
import { map } from "../map/map.ts";
import { mapOptions } from "../map/options.ts";

/** `deno task deepscan map`. */
export function run(args: string[], context: Context): Promise<number> {
  return map(mapOptions(args, context.cwd), requirePlan(context), context);
}
