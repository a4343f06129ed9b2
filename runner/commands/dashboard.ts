export const help = `
Serves pages about what was read and found, live, until it is stopped.

  deno task dashboard                     at http://127.0.0.1:8765

  --config FILE            settings; default: deepscan.yaml in this folder, else the bundled sample
  --listen ADDRESS:PORT    instead of dashboard.listen of the settings; port 0 = one that is free

Only this machine reaches it, unless the settings name a token that people log in with (dashboard.token_env or
dashboard.token_file) or the header in which a reverse proxy says who is logged in (dashboard.trusted_header).
From the pages incidents are acknowledged, silenced and judged, and models activated, as on the command line; who did what
is written to dashboard-audit.jsonl in the state's folder. With dashboard.read_only nothing can be changed.

What pages show is there as JSON as well, see /api/v1/openapi.json; figures for Prometheus at /metrics, and /healthz, /readyz.
SIGTERM and SIGINT end it. Exit code: 0 stopped, 1 failed, 2 wrong usage or settings.
`;

import { type Context, requirePlan } from "../context.ts";
import { dashboardOptions } from "../dashboard/options.ts";
import { serveDashboard } from "../dashboard/serve.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** `deno task dashboard`. */
export async function run(args: string[], context: Context): Promise<number> {
  dashboardOptions(args, context.cwd);
  const stopping = new AbortController(), stop = () => stopping.abort();
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
  try {
    const { url, finished } = await serveDashboard(requirePlan(context), stopping.signal, context);
    context.stdout(`${url}\n`);
    await finished;
    return 0;
  } finally {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
  }
}
