export const help = `
What these settings and this model would have told of the past: reads and judges as a service would have done, sends nothing.

  deno task replay --from T --to T       streams of deepscan.yaml, or of the bundled sample where there is no settings file

  --from T, --to T     the span that is told of (ISO 8601, UTC unless it says otherwise)
  --config FILE        settings; default: deepscan.yaml in this folder
  --stream NAME        this stream only
  --model VERSION      a version of the registry of the settings, such as v0003; default: the active one
  --step 1m            how often the service looks: what is due is told then; default 1m
  --verdicts FILE.csv  one row for every window that ended in the span, as detect writes it
  --report FILE.html   the page that detect writes, about the span
  --json               a JSON object a line: every message, what was kept back, and at last the totals

One line tells one message: when, why, to whom, and what. Logs are read from their start, so that what adapts to them has done so;
what the model was trained on before --from is not judged. Silences, deployments and suppressions hold that the state of the settings
has; nothing is written but what is named, and no channel is reached. The clock is the time in the lines: the same logs give the same
bytes. Routes, waiting, repeats, severities and max_per_day are those of the settings: change a copy of them, and compare.

Exit code: 0 ran, 1 failed (also when a stream can't be read or judged; the others are), 2 wrong usage or settings.
`;

import { type Model, Registry, State, type StoredMute } from "../../lib/mod.ts";
import { type Context, type Plan, requirePlan, UsageError } from "../context.ts";
import { findEarlier } from "../detect/earlier_state.ts";
import { formatTime } from "../alert/plain_text.ts";
import { saveReport } from "../detect/report.ts";
import { beginLook } from "../detect/run_state.ts";
import { isIndex } from "../elasticsearch/cluster.ts";
import { openFollowed } from "../inputs.ts";
import { bar, Progress } from "../progress.ts";
import { type ReplayOptions, replayOptions } from "../replay/options.ts";
import { replay, type Replayed } from "../replay/replay.ts";
import { TimelineText } from "../replay/timeline_text.ts";
import type { TimelineEntry } from "../replay/timeline.ts";
import { totalsLines, totalsOf } from "../replay/totals.ts";
import { refuseInput } from "../result_file.ts";

/** `deno task replay`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = replayOptions(args, context.cwd), plan = requirePlan(context);
  const config = { ...plan.config, streams: askedStreams(plan, options) };
  refuseFuture(plan, options, context);
  for (const path of [options.verdicts, options.report]) await refuseLogs(path, plan);
  const model = await modelOf(plan, options);
  for (const note of trainingNotes(model, config.streams, options)) context.stderr(`note: ${note}\n`);
  const state = State.open(":memory:"), entries: TimelineEntry[] = [];
  try {
    for (const mute of mutesOf(plan)) state.mutes.put(mute);
    const show = shownBy(options, plan, context), progress = new Progress(context);
    const replayed = await replay(
      {
        ...{ ...options, config, all: plan.config, model },
        onTime: (time) => progress.show(() => progressText(time, options, entries.length)),
        onEntry: (entry) => {
          entries.push(entry);
          progress.clear();
          show(entry);
        },
      },
      state,
      context,
    );
    progress.clear();
    const report = options.report === null
      ? null
      : await pageOf(options.report, replayed, { to: options.to, state }, context);
    print({ replayed, entries, report, model }, options, context);
    return exitCode(replayed);
  } finally {
    state.close();
  }
}

function askedStreams({ config: { streams } }: Plan, { stream }: ReplayOptions): Plan["config"]["streams"] {
  const asked = streams.filter(({ name }) => stream === null || name === stream);
  if (asked.length > 0) return asked;
  const known = streams.map(({ name }) => name).join(", ");
  throw new UsageError(`Cannot find stream "${stream}": the settings have ${known}`);
}

/** Where real time moves on, what has not happened yet would look like silence. */
function refuseFuture({ config: { streams } }: Plan, { to }: ReplayOptions, { now }: Context): void {
  if (to <= now() || streams.every(({ clock }) => clock === "data")) return;
  throw new UsageError(`Cannot replay what has not happened yet: --to is ${formatTime(to)}`);
}

/** Results don't go over logs. */
async function refuseLogs(path: string | null, { config: { streams } }: Plan): Promise<void> {
  if (path === null) return;
  const files = streams.flatMap(({ inputs }) => inputs).filter((input) => !isIndex(input));
  refuseInput(path, (await openFollowed(files, [])).inputs);
}

/** The named version of the registry, or the active one. */
async function modelOf(
  { config: { model: { directory } } }: Plan,
  { model: asked }: ReplayOptions,
): Promise<Model> {
  const registry = new Registry(directory), versions = registry.versions();
  if (versions.length === 0) {
    throw new Error(`Cannot replay: there is no model in ${directory}; \`deno task train\` makes one`);
  }
  if (asked !== null && !versions.includes(asked)) {
    throw new UsageError(`Cannot replay by model "${asked}": ${directory} has ${versions.join(", ")}`);
  }
  const model = asked === null ? await registry.loadActive() : await registry.load(asked);
  if (model !== null) return model;
  throw new Error(
    `Cannot replay: no model in ${directory} is active; name one with --model: ${versions.join(", ")}`,
  );
}

/** A model knows what it was trained on. */
function trainingNotes(
  { version, streams }: Model,
  asked: Plan["config"]["streams"],
  { from, to }: ReplayOptions,
): string[] {
  const names = new Set(asked.map(({ name }) => name));
  return streams.filter(({ settings: { name }, trained }) =>
    names.has(name) && trained.from < to && trained.to > from
  )
    .map(({ settings: { name }, trained }) =>
      `stream ${name}: model ${version} was trained on ${formatTime(trained.from)} to ${
        formatTime(trained.to)
      }: ` +
      "what it judges there it has seen"
    );
}

/** What people said of alerts, as the state of the settings has it, also while a run is at work; nothing is left beside it. */
function mutesOf(plan: Plan): StoredMute[] {
  const look = beginLook(plan.config.state.directory),
    state = "busy" in look ? findEarlier(plan) : look.state;
  try {
    return state?.mutes.all() ?? [];
  } finally {
    state?.close();
  }
}

/** Prints what is told, as it comes. */
function shownBy(
  { json }: ReplayOptions,
  { config }: Plan,
  context: Context,
): (entry: TimelineEntry) => void {
  if (json) {
    return (entry) =>
      context.stdout(`${JSON.stringify({ ...entry, at: new Date(entry.at).toISOString() })}\n`);
  }
  const { columns } = context, colour = columns !== undefined && !context.env("NO_COLOR");
  const text = new TimelineText(config, { colour, columns });
  return (entry) => context.stdout(`${text.line(entry)}\n`);
}

function progressText(time: number, { from, to }: ReplayOptions, entries: number): string {
  return `${bar(time - from, to - from)} ${formatTime(time)}, ${entries} told or held back`;
}

/** Writes the report as of the end of the span; returns its path. */
async function pageOf(
  path: string,
  { streams }: Replayed,
  { to, state }: { to: number; state: State },
  context: Context,
): Promise<string> {
  return await saveReport(streams, path, { ...context, now: () => to }, { state });
}

/** What {@linkcode print} prints. */
interface Printed {
  replayed: Replayed;
  entries: TimelineEntry[];
  report: string | null;
  model: Model;
}

function print(
  { replayed, entries, report, model }: Printed,
  options: ReplayOptions,
  context: Context,
): void {
  const { streams, failures } = replayed,
    totals = totalsOf(entries, replayed),
    { from, to, verdicts } = options;
  for (const { notes } of streams) for (const { text } of notes) context.stderr(`note: ${text}\n`);
  for (const { message } of failures) context.stderr(`deepscan replay: ${message}\n`);
  if (options.json) {
    const [first, last] = [from, to].map((time) => new Date(time).toISOString());
    const judged = streams.map(({ name, records, windows, anomalous, opened, late, untimed, notJudged }) => ({
      ...{
        name,
        records,
        windows,
        anomalous: anomalous.length,
        alerts: opened.length,
        late,
        untimed,
        notJudged,
      },
    }));
    const summary = {
      type: "totals",
      from: first,
      to: last,
      model: model.version,
      streams: judged,
      ...totals,
    };
    return context.stdout(`${JSON.stringify({ ...summary, verdicts, report })}\n`);
  }
  if (entries.length > 0) context.stdout("\n");
  for (const line of totalsLines(totals, replayed, { from, to, model })) context.stdout(`${line}\n`);
  if (verdicts !== null) context.stderr(`verdicts ${verdicts}\n`);
  if (report !== null) context.stderr(`report ${report}\n`);
}

/** 2 where nothing could be done and the settings are to blame, 1 where something could not. */
function exitCode({ streams, failures }: Replayed): number {
  if (failures.length === 0) return 0;
  return failures.length === streams.length && failures.every(({ wrongUse }) => wrongUse) ? 2 : 1;
}
