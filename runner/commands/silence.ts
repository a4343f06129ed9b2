export const help = `
Keeps alerts from being told for a while.

  deno task deepscan silence [list] [--json]
  deno task deepscan silence add WHAT… (--for 2h | --until T) [--note TEXT]
  deno task deepscan silence end ID

WHAT is silenced is what all that is named says:

  --alert ID, --incident ID     one alert or incident, by its id or the beginning of it
  --stream NAME, --service NAME * stands for any characters
  --template ID|TEXT            alerts whose headline is this template
  --kind KIND                   new, template, order, value, volume, level, threat, no_data, data_delay, unparsed, other
  --severity SEVERITY           of this severity or lower

Nothing is told meanwhile, alerts are raised all the same. What still fires when the silence ends is told then,
and so is the end of what people had been told of. Each run of detect says how many incidents it held back and why.

list shows silences that hold, deployments and suppressions; end ends one of them.

  --for 2h, --until T   how long, or until when (ISO 8601, UTC unless it says otherwise)
  --note TEXT           why, for people; secrets are redacted
  --by NAME             who says so; default: who is logged in
  --config FILE         settings; default: deepscan.yaml in this folder, else the bundled sample
  --json                as JSON on standard output
`;

import { countText, type State, type StoredMute } from "../../lib/mod.ts";
import { matcherText } from "../alert/matcher.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { type Context, type Plan, requirePlan } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";
import { cleanedNote, whoSays } from "../silence/said.ts";
import { addSilence, endSilence } from "../silence/silences.ts";
import { type SilenceOptions, silenceOptions } from "../silence/options.ts";

/** `deno task deepscan silence`. */
export function run(args: string[], context: Context): Promise<number> {
  const options = silenceOptions(args), plan = requirePlan(context), { action } = options;
  const state = openEarlier(plan, "silence alerts", { readOnly: action === "list" });
  try {
    if (action === "list") list(state, options.json, context);
    else if (action === "end") end(state, options, context);
    else add(state, options, plan, context);
    return Promise.resolve(0);
  } finally {
    state.close();
  }
}

function list(state: State, json: boolean, context: Context): void {
  const now = context.now(), mutes = state.mutes.all().filter(({ end }) => end === null || end > now);
  if (json) return context.stdout(JSON.stringify({ mutes: mutes.map(jsonOf) }) + "\n");
  for (const mute of mutes) context.stdout(`${textOf(mute)}\n`);
  context.stderr(`${countText(mutes.length, "rule")} that people made; more may stand in the settings\n`);
}

function add(
  state: State,
  { matcher, end, note, by, json }: Extract<SilenceOptions, { action: "add" }>,
  plan: Plan,
  context: Context,
): void {
  const at = context.now(), until = "until" in end ? end.until : at + end.length;
  const said = { note: cleanedNote(note, plan), who: whoSays(by, context), at };
  const mute = addSilence(state, { matcher, until, ...said });
  context.stdout(json ? JSON.stringify(jsonOf(mute)) + "\n" : `${textOf(mute)}\n`);
}

function end(state: State, { id, json }: Extract<SilenceOptions, { action: "end" }>, context: Context): void {
  const ended = endSilence(state, id, context.now());
  context.stdout(json ? JSON.stringify(jsonOf(ended)) + "\n" : `ended: ${textOf(ended)}\n`);
}

function textOf({ id, kind, matcher, start, end, who, note }: StoredMute): string {
  const when = kind === "deployment" ? `from ${formatTime(start)} ` : "";
  const until = end === null ? "for good" : `until ${formatTime(end)}`;
  const why = note === "" ? "" : `: ${plainLine(note, 200)}`;
  return `${id}  ${kind.padEnd(11)}  ${matcherText(JSON.parse(matcher))}  ${when}${until}, by ${who}${why}`;
}

function jsonOf({ matcher, start, end, at, ...mute }: StoredMute) {
  const time = (value: number | null) => value === null ? null : new Date(value).toISOString();
  return { ...mute, matcher: JSON.parse(matcher), start: time(start), end: time(end), at: time(at) };
}
