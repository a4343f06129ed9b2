export const help = `
Says what an alert was worth, and shows what was said.

  deno task deepscan feedback [--list] [--stream NAME] [--json]
  deno task deepscan feedback ALERT true|false|expected|none [--note TEXT] [--always]
  deno task deepscan feedback --export FILE.csv [--stream NAME]

ALERT is an id as the list shows it, or its beginning, four characters at least.

true       it was a real trouble: no training learns from its windows, however many there are
false      nothing was the matter: its windows are learned from as normal
expected   something was, and it was meant to be, such as maintenance: learned from as normal
none       takes back what was said: its windows are left out of training as those of any alert

What is said holds from the next training on; the last word counts. Alerts that something was said of are kept
with their windows, however old.

  --always        with expected: alerts of this service about the same template, or where it is about none of the same
                  kind, are never told again (see deepscan silence list, deepscan silence end)
  --note TEXT     why, in your own words; secrets are redacted
  --export FILE   what was said as labels, key,label,kind: a growing set for \`deno task evaluate --labels\`
  --stream NAME   list or export alerts of this stream only
  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --json          as JSON on standard output
`;

import { countText, type State, type StoredFeedback } from "../../lib/mod.ts";
import { type Alert, parseAlert } from "../alert/alert.ts";
import { matcherText } from "../alert/matcher.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { whatOf } from "../alert/wording.ts";
import { type Context, type Plan, requirePlan } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";
import { saidLabels } from "../feedback/labels_file.ts";
import { type FeedbackOptions, feedbackOptions } from "../feedback/options.ts";
import { sayFeedback } from "../feedback/say_feedback.ts";
import { cleanedNote, whoSays } from "../silence/said.ts";

/** Characters of a note. */
const NOTE = 500;

/** `deno task deepscan feedback`. */
export function run(args: string[], context: Context): Promise<number> {
  const options = feedbackOptions(args, context.cwd),
    plan = requirePlan(context),
    isList = options.alert === null;
  const state = openEarlier(plan, isList ? "list feedback" : "keep feedback", { readOnly: isList });
  try {
    if (options.output !== null) exportLabels(state, options.output, options, context);
    else if (isList) list(state, options, context);
    else say(state, options, plan, context);
    return Promise.resolve(0);
  } finally {
    state.close();
  }
}

/** An alert, and what was said of it. */
interface Row {
  alert: Alert;
  feedback: StoredFeedback | null;
}

function list(state: State, { stream, json }: FeedbackOptions, context: Context): void {
  const rows = state.alerts().filter((alert) => stream === null || alert.stream === stream)
    .map(({ id, body }): Row => ({ alert: parseAlert(body), feedback: state.feedback.of(id) }));
  if (json) return context.stdout(JSON.stringify({ alerts: rows.map(jsonOf) }) + "\n");
  for (const row of rows) context.stdout(`${textOf(row)}\n`);
  const said = rows.filter(({ feedback }) => feedback !== null).length;
  context.stderr(
    `${countText(rows.length, "alert")}, something was said of ${said}\n`,
  );
}

function exportLabels(
  state: State,
  path: string,
  { stream, json }: FeedbackOptions,
  context: Context,
): void {
  const { csv, windows, anomalous } = saidLabels(state, stream);
  if (windows === 0) throw new Error("Cannot export labels: nothing was said of any alert yet");
  Deno.writeTextFileSync(path, csv);
  if (json) return context.stdout(JSON.stringify({ path, windows, anomalous }) + "\n");
  context.stderr(`${countText(windows, "label")}, ${anomalous} of them anomalous: ${path}\n`);
}

function textOf({ alert, feedback }: Row): string {
  const { id, severity, service, start } = alert, note = feedback?.note ?? "";
  const parts = [id, (feedback?.said ?? "–").padEnd(8), severity.padEnd(8), formatTime(start)];
  return `${parts.join("  ")}  ${plainLine(service, NOTE)}: ${whatOf(alert)}${
    note === "" ? "" : ` (${note})`
  }`;
}

function jsonOf({ alert, feedback }: Row) {
  const { id, stream, service, severity, kind, windows, start, end } = alert;
  const time = (value: number | null) => value === null ? null : new Date(value).toISOString();
  const { said = null, note = "", at = null } = feedback ?? {};
  return {
    ...{ id, stream, service, severity, kind, windows, title: whatOf(alert) },
    ...{ start: time(start), end: time(end), said, note, at: time(at) },
  };
}

function say(
  state: State,
  { alert: beginning, word, note, always, json }: FeedbackOptions,
  plan: Plan,
  context: Context,
) {
  const { alert, feedback, changed, suppression } = sayFeedback(state, {
    ...{ alert: beginning!, word: word!, always, who: whoSays(null, context), at: context.now() },
    note: note === null ? null : cleanedNote(note, plan),
  });
  if (suppression !== null) {
    const { id, matcher } = suppression;
    context.stderr(
      `never told again: ${
        matcherText(JSON.parse(matcher))
      }; \`deno task deepscan silence end ${id}\` ends that\n`,
    );
  }
  if (json) return context.stdout(JSON.stringify({ changed, ...jsonOf({ alert, feedback }) }) + "\n");
  context.stdout(`${textOf({ alert, feedback })}\n`);
  const effect = feedback === null || word === "true" ? "no training learns from" : "trainings learn from";
  const windows = `${alert.windows} ${alert.kind}${alert.windows === 1 ? "" : "s"}`;
  context.stderr(
    changed ? `from now on ${effect} its ${windows}\n` : "that is what was said before: nothing changes\n",
  );
}
