/**
 * `evaluate --protocol …`: a labelled log divided, trained on one part, tested on the other, again for every seed.
 *
 * @module
 */
import {
  anomalousRecords,
  divide,
  evaluateLevels,
  type Input,
  labelledSessions,
  type Labels,
  labelsOfPart,
  type LevelEvaluation,
  partOfSessions,
  partOfTime,
  type Protocol,
  readProtocol,
  type RecordedLog,
  recordLog,
  type StreamSettings,
} from "../../lib/mod.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { inputsOf } from "../detect/one_off.ts";
import { inputSettings } from "../detect/settings.ts";
import { Progress } from "../progress.ts";
import { labelsFrom } from "./csv_table.ts";
import type { EvaluateOptions } from "./options.ts";
import { type ProtocolRow, protocolsText } from "./protocol_table.ts";
import { judgedBy, trainOn } from "./trial.ts";
import { summaryOf } from "./verdict_files.ts";

/** Seeds of a random division, where nothing else is said. */
const USUAL_SEEDS = 5;

/** Where a log is divided. */
interface Parts {
  training: Input[];
  testing: Input[];
  /** Labels of what is tested. */
  labels: Labels;
  /** Sessions, or time windows of a service, that train. */
  trained: string;
}

/** Trains and tests by every protocol that was named. */
export async function evaluateProtocols(options: EvaluateOptions, context: Context): Promise<number> {
  const { config } = requirePlan(context), settings = inputSettings(options.run, config);
  const protocols = options.protocols.map(protocolOf), labels = await labelsFrom(options.labels!);
  const { inputs, notes } = await inputsOf(options.run);
  for (const { text } of notes) context.stderr(`note: ${text}\n`);
  const log = await recordLog(inputs, settings), rows: ProtocolRow[] = [];
  for (const [i, protocol] of protocols.entries()) {
    for (const detectors of options.detectors.length > 0 ? options.detectors : [[]]) {
      const trial = { protocol, name: options.protocols[i], detectors };
      rows.push(await rowOf(trial, { log, labels, settings }, options, context));
    }
  }
  context.stdout(options.json ? JSON.stringify({ rows: rows.map(jsonOf) }) + "\n" : protocolsText(rows));
  return 0;
}

function protocolOf(text: string): Protocol {
  try {
    return readProtocol(text);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

async function rowOf(
  { protocol, name, detectors }: { protocol: Protocol; name: string; detectors: readonly string[] },
  { log, labels, settings }: { log: RecordedLog; labels: Labels; settings: StreamSettings },
  { unlabelled, seeds, tolerance, run }: EvaluateOptions,
  context: Context,
): Promise<ProtocolRow> {
  const { config } = requirePlan(context),
    progress = new Progress(context),
    evaluations: LevelEvaluation[] = [];
  const first = run.seed ?? 0, count = seeds ?? (protocol.order === "random" ? USUAL_SEEDS : 1);
  let trained = "";
  for (let seed = first; seed < first + count; seed++) {
    progress.show(() => `${name}: seed ${seed}`);
    const parts = partsOf(log, labels, protocol, { unlabelled, seed });
    const trial = { config, detectors: detectors.length > 0 ? detectors : null, seed, progress };
    const model = await trainOn(settings, parts.training, trial);
    const how = { seed, ...(tolerance === null ? {} : { tolerance }) };
    const { verdicts } = await judgedBy(model, parts.testing);
    evaluations.push(evaluateLevels(verdicts, parts.labels, how));
    trained = parts.trained;
  }
  progress.clear();
  return { protocol: name, unlabelled, detectors, trained, evaluations };
}

function partsOf(
  log: RecordedLog,
  labels: Labels,
  protocol: Protocol,
  how: { unlabelled: boolean; seed: number },
): Parts {
  return log.settings.session === null
    ? partsByTime(log, labels, protocol, how.unlabelled)
    : partsBySession(log, labels, protocol, how);
}

function partsBySession(
  log: RecordedLog,
  labels: Labels,
  protocol: Protocol,
  how: { unlabelled: boolean; seed: number },
): Parts {
  const sessions = labelledSessions(log, labels);
  if (sessions.length < 2) {
    throw new Error(`Cannot divide the log: --session finds ${sessions.length} sessions in it`);
  }
  const { training, testing } = divide(sessions, protocol, how);
  const pick = (indices: readonly number[]) => indices.map((i) => sessions[i]);
  const tested = new Set(pick(testing).map(({ key }) => key));
  return {
    training: partOfSessions(log, pick(training)),
    testing: partOfSessions(log, pick(testing)),
    labels: labelsOfPart(labels, (key) => tested.has(key), -Infinity),
    trained: `${training.length.toLocaleString("en")} of ${sessions.length.toLocaleString("en")} sessions`,
  };
}

/** Time windows can only be divided by time: a window among others of another part would be silence there. */
function partsByTime(
  log: RecordedLog,
  labels: Labels,
  { order, share }: Protocol,
  unlabelled: boolean,
): Parts {
  if (order === "random") {
    throw new UsageError("Cannot divide time windows at random: --protocol chronological:P is for them");
  }
  const size = log.settings.window,
    times = log.records.map(({ time }) => time).filter((time) => !Number.isNaN(time));
  if (times.length === 0) {
    throw new Error("Cannot divide the log: its lines have no times that could be read");
  }
  const [first, last] = [Math.min, Math.max].map((of) => times.reduce((a, b) => of(a, b)));
  const cut = Math.round((first + share * (last - first)) / size) * size;
  const without = unlabelled ? () => false : anomalousRecords(log, labels);
  const isTested = (key: string) => Date.parse(key.slice(key.lastIndexOf("@") + 1)) >= cut;
  return {
    training: partOfTime(log, { to: cut, without }),
    testing: partOfTime(log, { from: cut }),
    labels: labelsOfPart(labels, isTested, cut),
    trained: `up to ${new Date(cut).toISOString().slice(0, 16)}Z`,
  };
}

function jsonOf({ evaluations, ...row }: ProtocolRow) {
  return { ...row, seeds: evaluations.length, summary: summaryOf(evaluations), evaluations };
}
