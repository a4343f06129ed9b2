export const help = `
Notes that something new was deployed: its new messages are no news for a while.

  deno task deepscan deploy --service NAME [--for 30m] [--note TEXT]

Alerts about messages that training has not seen are not told for this service meanwhile, unless they are errors. Whatever
is told of the service then, and of what began then, says that it came after this deployment. Time is that of the lines.

  --service NAME   the service, as alerts name it
  --stream NAME    its stream, where several have a service of that name
  --for 30m        how long; default 30m
  --at T           when it was (ISO 8601, UTC unless it says otherwise); default: now
  --note TEXT      what was deployed, for people; secrets are redacted
  --by NAME        who says so; default: who is logged in
  --config FILE    settings; default: deepscan.yaml in this folder, else the bundled sample
  --json           as JSON on standard output

\`deno task deepscan silence list\` shows deployments that hold, \`silence end ID\` ends one.
`;

import { matcherText } from "../alert/matcher.ts";
import { formatTime } from "../alert/plain_text.ts";
import { type Context, requirePlan } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";
import { deployOptions } from "../silence/options.ts";
import { cleanedNote, saidId, whoSays } from "../silence/said.ts";

/** `deno task deepscan deploy`. */
export function run(args: string[], context: Context): Promise<number> {
  const { matcher, length, at, note, by, json } = deployOptions(args), plan = requirePlan(context);
  const state = openEarlier(plan, "note a deployment", { readOnly: false });
  try {
    const now = context.now(),
      start = at ?? now,
      end = start + length,
      id = saidId("deployment", matcher, start);
    const said = { note: cleanedNote(note, plan), who: whoSays(by, context), at: now };
    state.transaction(() =>
      state.mutes.put({ id, kind: "deployment", matcher: JSON.stringify(matcher), start, end, ...said })
    );
    const times = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
    if (json) {
      context.stdout(
        JSON.stringify({ id, kind: "deployment", matcher, ...times, note: said.note, who: said.who }) + "\n",
      );
    } else {
      context.stdout(
        `${id}  deployment of ${matcherText(matcher)}: new messages are no news from ${
          formatTime(start)
        } until ${formatTime(end)}\n`,
      );
    }
    return Promise.resolve(0);
  } finally {
    state.close();
  }
}
