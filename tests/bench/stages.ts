/**
 * The stages of the path file → verdicts, each timed by itself over one log: `stages.ts LOG PASSES FOLDER`.
 *
 * It goes the way of `detect --input --model --verdicts`, with the same parts in the same order and a clock around each. The
 * clock is read some ten times a batch of about 2,000 lines, which costs nothing that could be seen.
 *
 * @module
 */
import { Registry } from "../../lib/mod.ts";
import {
  createWindows,
  Dictionary,
  Examples,
  type Format,
  formatByName,
  type Input,
  Judge,
  MergedRecords,
  openFiles,
  type StreamModel,
} from "../../lib/mod.ts";
import { SessionPattern } from "../../lib/window/session_pattern.ts";
import { OpenWindows } from "../../lib/window/open_windows.ts";
import { windowOptions } from "../../lib/model/stream_settings.ts";
import { VerdictTable } from "../../runner/verdict_table.ts";
import type { Log } from "./material.ts";
import { newlinesOnly, obviousWay, readOnly } from "./yardstick.ts";

/** Stages in the order in which a line goes through them. */
export const STAGES = [
  ...[
    "reading",
    "lines, joining, quality",
    "header parse",
    "template match",
    "session keys",
    "count",
    "examples",
  ],
  ...["close windows", "judge", "write verdicts"],
] as const;

/** Name of a stage. */
export type Stage = typeof STAGES[number];

/** Seconds of one pass. */
export interface StagePass {
  /** Only reading; finding newlines; the obvious way (absent where there are no sessions). */
  readOnly: number;
  newlines: number;
  obvious: number | null;
  stages: Record<Stage, number>;
}

/** What this program prints. */
export interface StageReport {
  lines: number;
  bytes: number;
  passes: StagePass[];
}

/** A header as the obvious way reads it. */
const HEADERS: Record<string, RegExp> = {
  log4j: /^(\d{6}) (\d{6}) (\d+) (\w+) ([^:]+): /,
  iso8601: /^(\S+) (\w+) /,
};

/** Adds up the time spent in stages. */
class Clock {
  readonly seconds = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>;

  /** Runs a step of a stage. */
  time<Result>(stage: Stage, step: () => Result): Result {
    const start = performance.now();
    const result = step();
    this.seconds[stage] += (performance.now() - start) / 1000;
    return result;
  }
}

function timedInput(input: Input, clock: Clock): Input {
  const read = input.read.bind(input);
  input.read = async (target) => {
    const start = performance.now();
    const count = await read(target);
    clock.seconds.reading += (performance.now() - start) / 1000;
    return count;
  };
  return input;
}

function timedFormat(format: Format, clock: Clock): Format {
  return {
    ...format,
    open(options, state) {
      const parser = format.open(options, state), parse = parser.parse.bind(parser);
      parser.parse = (batch, from, to) => clock.time("header parse", () => parse(batch, from, to));
      return parser;
    },
  };
}

/** Windows whose search for session keys is timed apart from counting. */
function timedWindows(model: StreamModel, services: Dictionary, clock: Clock): OpenWindows {
  const { settings } = model;
  if (settings.session === null) return createWindows(settings, services, { oneOff: true });
  const options = windowOptions(settings, { oneOff: true });
  const session = SessionPattern.compile(settings.session.pattern), find = session.find.bind(session);
  session.find = (batch, from, to, keys) => clock.time("session keys", () => find(batch, from, to, keys));
  return new OpenWindows({ ...options, session }, services);
}

/** One log from file to verdicts, a clock around each stage. */
async function timeStages(log: Log, model: StreamModel, verdicts: string): Promise<Record<Stage, number>> {
  const clock = new Clock(), { settings, catalogue } = model, services = new Dictionary();
  const { inputs } = await openFiles([log.path]);
  const records = new MergedRecords(inputs.map((input) => timedInput(input, clock)), {
    settings,
    services,
    format: timedFormat(formatByName(log.format), clock),
    onBatch: (batch) => clock.time("template match", () => catalogue.match(batch)),
  });
  const windows = timedWindows(model, services, clock), examples = new Examples();
  const judge = new Judge({ model, catalogue, services }), table = new VerdictTable(verdicts);
  const seconds = clock.seconds;
  let reading = 0, adding = 0;
  for (;;) {
    const start = performance.now(), slice = await records.next(), read = performance.now();
    reading += (read - start) / 1000;
    if (slice === null) break;
    const { batch, from, to, source } = slice;
    windows.add(batch, from, to, source);
    adding += (performance.now() - read) / 1000;
    clock.time("examples", () => examples.note(batch, from, to));
  }
  records.close();
  const closed = clock.time("close windows", () => windows.closeAll());
  const judged = clock.time("judge", () => judge.judge(closed, windows, examples));
  clock.time("write verdicts", () => (table.add(judged), table.close()));
  seconds["lines, joining, quality"] = reading - seconds.reading - seconds["header parse"] -
    seconds["template match"];
  seconds.count = adding - seconds["session keys"];
  return seconds;
}

async function timed(step: () => unknown): Promise<number> {
  const start = performance.now();
  await step();
  return (performance.now() - start) / 1000;
}

async function onePass(log: Log, model: StreamModel, folder: string): Promise<StagePass> {
  const { path, format, session } = log;
  const patterns = session === null || HEADERS[format] === undefined
    ? null
    : { header: HEADERS[format], key: new RegExp(session) };
  return {
    readOnly: await timed(() => readOnly(path)),
    newlines: await timed(() => newlinesOnly(path)),
    stages: await timeStages(log, model, `${folder}/stages.csv`),
    obvious: patterns && await timed(() => obviousWay(path, patterns)),
  };
}

if (import.meta.main) {
  const log: Log = JSON.parse(Deno.args[0]), folder = Deno.args[2];
  const model = (await new Registry(folder).loadActive())!.streams[0], passes: StagePass[] = [];
  for (let pass = 0; pass < Number(Deno.args[1]); pass++) passes.push(await onePass(log, model, folder));
  const report: StageReport = { lines: newlinesOnly(log.path), bytes: readOnly(log.path), passes };
  console.log(JSON.stringify(report));
}
