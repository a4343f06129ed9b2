export const help = `
Sends the logs of the settings to Elasticsearch, for those who have no Logstash.

  deno task deepscan ship [--once | --follow] [--stream NAME] [--json]
  deno task deepscan ship --setup

Reads what is new in every stream's files with DeepScan's own parser and sends it in bulk requests. Each record becomes one
document in the index of its day. A document's name comes from its log, offset and content: what is sent again adds nothing.
What a run has sent, the next one does not read again; it is not part of what detect keeps. While the cluster is away, busy or
read-only, what is read waits in the state's folder (ship/spool), up to the size that the settings give; what has no room there
stays in its files. What the cluster refuses for good is kept with the reasons in ship/dropped.ndjson.

The index template is put where there is none: that takes the cluster privilege manage_index_templates, once (--setup does
nothing else). Sending takes the privileges create_doc and auto_configure on the indices.

  --once          send what is there now, then end (default)
  --follow        go on until SIGTERM or SIGINT, which end it when what is on its way is settled; rotated files are followed
  --stream NAME   this stream only
  --config FILE   settings; default: deepscan.yaml in this folder
  --json          the figures as JSON on standard output

Exit code 1 says that something could not be read or sent, waits in the spool, or was refused.
`;

import { type Context, requirePlan } from "../context.ts";
import { shipOptions } from "../ship/options.ts";
import { ship } from "../ship/ship.ts";

/** `deno task deepscan ship`. */
export function run(args: string[], context: Context): Promise<number> {
  return ship(shipOptions(args, context.cwd), requirePlan(context), context);
}
