/**
 * `evaluate --inject`: anomalies planted into the user's own logs.
 *
 * @module
 */
import {
  foundAnomalies,
  type FoundKind,
  foundKinds,
  injectionByName,
  INJECTIONS,
  type JudgedWindow,
  type Planting,
  plantSessions,
  plantWindows,
  recordLog,
  type Round,
  serviceGrounds,
  sessionGround,
  type StreamModel,
  type StreamSettings,
} from "../../lib/mod.ts";
import { type Context, requirePlan, UsageError } from "../context.ts";
import { inputsOf, modelFrom } from "../detect/one_off.ts";
import { inputSettings } from "../detect/settings.ts";
import { Progress } from "../progress.ts";
import { cleanPart, type InjectedOutcome, isoOf } from "./injected_outcome.ts";
import { injectedText } from "./injected_text.ts";
import type { EvaluateOptions } from "./options.ts";
import { keepRound } from "./planted_log.ts";
import { type TestedPart, testedPart } from "./tested_part.ts";
import { judgedBy, trainOn } from "./trial.ts";

/** Plants, judges and reports. */
export async function evaluateInjected(options: EvaluateOptions, context: Context): Promise<number> {
  const { run } = options, known = run.model === null ? null : await modelFrom(run.model, run);
  const settings = known?.model.settings ?? inputSettings(run, requirePlan(context).config);
  const { inputs, notes } = await inputsOf(run, context), progress = new Progress(context);
  for (const { text } of notes) context.stderr(`note: ${text}\n`);
  const kinds = kindsOf(options);
  const part = testedPart(await recordLog(inputs, settings), options.part, known?.model.trained.to);
  const model = known?.model ?? await train(settings, part, options, context);
  warnOfOverlap(known?.model ?? null, part, context);
  const judged = await judgedBy(model, part.testing());
  const clean = { ...judged, verdicts: judged.verdicts.filter(part.isTested) };
  const planting = await plantAll(part, settings, clean.verdicts, {
    kinds,
    count: options.count,
    seed: run.seed ?? 0,
  });
  const before = new Set(clean.verdicts.filter(({ anomalous }) => anomalous).map(({ key }) => key));
  const anomalies: InjectedOutcome["anomalies"] = [];
  for (const [i, { edit, planted }] of planting.rounds.entries()) {
    progress.show(() => `round ${i + 1} of ${planting.rounds.length}`);
    const found = foundAnomalies(
      planted,
      (await judgedBy(model, part.testing(edit))).verdicts.filter(part.isTested),
      before,
    );
    anomalies.push(...found.map((anomaly) => ({ ...anomaly, round: i + 1 })));
    if (options.output !== null) {
      await keepRound(part.log, planting.rounds[i], `${options.output}/round-${i + 1}`);
    }
  }
  progress.clear();
  const outcome: InjectedOutcome = {
    model: known?.version ?? "",
    testedFrom: isoOf(part.cut),
    kinds: ordered(foundKinds(anomalies)),
    unplaced: Object.fromEntries(planting.unplaced),
    clean: cleanPart(clean),
    ...{ anomalies, rounds: planting.rounds.length },
  };
  context.stdout(options.json ? JSON.stringify(outcome) + "\n" : injectedText(outcome, options.output));
  return 0;
}

function kindsOf({ kinds }: EvaluateOptions) {
  try {
    return kinds.length > 0 ? kinds.map(injectionByName) : INJECTIONS;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

async function train(
  settings: StreamSettings,
  part: TestedPart,
  { detectors, run }: EvaluateOptions,
  context: Context,
): Promise<StreamModel> {
  const { config } = requirePlan(context), progress = new Progress(context);
  const trial = { config, detectors: detectors[0] ?? null, seed: run.seed ?? config.model.seed, progress };
  const model = await trainOn(settings, () => part.training(), trial);
  progress.clear();
  return model;
}

/** A model that has seen what it is tested on looks better than it is. */
function warnOfOverlap(model: StreamModel | null, { cut }: TestedPart, context: Context): void {
  if (model === null || !(model.trained.to > cut)) return;
  context.stderr(
    `note: the model was trained on lines up to ${isoOf(model.trained.to)}, and is tested on lines from ` +
      `${isoOf(cut)} on: expect more false alerts than are found here\n`,
  );
}

/** Rounds of sessions and of time windows, one behind the other: windows only where lines without a session make some. */
async function plantAll(
  { log, cut, trained, tested }: TestedPart,
  settings: StreamSettings,
  clean: readonly JudgedWindow[],
  { kinds, count, seed }: { kinds: readonly (typeof INJECTIONS)[number][]; count: number; seed: number },
): Promise<Planting> {
  const before = clean.filter(({ anomalous }) => anomalous), options = { count, seed };
  const alarmed = new Set(
    before.map(({ key, service, start }) => service === null ? key : `${service}@${start}`),
  );
  const rounds: Round[] = [], unplaced = new Map<string, number>();
  const add = (planting: Planting) => {
    rounds.push(...planting.rounds);
    for (const [kind, missing] of planting.unplaced) unplaced.set(kind, missing);
  };
  if (tested.length > 0) {
    const ground = sessionGround(log, trained, tested, settings.session!.idle);
    const wanted = kinds.filter((kind) => kind.on === "session");
    add(await plantSessions(ground, wanted, (key) => !alarmed.has(key), options));
  }
  const grounds = cut === -Infinity
    ? []
    : serviceGrounds(log, cut).filter(({ uses, tested: { from, to } }) => uses.length > 0 && to > from);
  if (grounds.length > 0) {
    const isQuiet = (service: number, window: number) =>
      !alarmed.has(`${log.services.text(service)}@${window * settings.window}`);
    add(await plantWindows(grounds, kinds.filter((kind) => kind.on === "window"), isQuiet, options));
  }
  return { rounds, unplaced };
}

function ordered(kinds: readonly FoundKind[]): FoundKind[] {
  const order = INJECTIONS.map(({ name }) => name);
  return kinds.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
