/**
 * The card of one version of the model.
 *
 * @module
 */
import {
  decisionLines,
  type Model,
  modelChanges,
  numberText,
  SCORE_BINS,
  type StreamModel,
} from "../../../lib/mod.ts";
import { formatTime, plainLine } from "../../alert/plain_text.ts";
import { formatDuration } from "../../config/duration.ts";
import { changeLines } from "../../models/model_text.ts";
import { driftsOf, type DriftView, type ModelRow, modelRow } from "./models.ts";
import type { DataSource } from "./source.ts";
import type { Span } from "./span.ts";
import { shownLine, shownName } from "./texts.ts";

/** A threshold and the scores that it stands among. */
export interface ThresholdView {
  /** `sessions`, a service, or `*` = all windows of the stream. */
  scope: string;
  detectors: string[];
  rule: string;
  /** What scores are compared with: they are shown as multiples of their thresholds. */
  threshold: number;
  /** What decides, in words; empty = nothing. */
  text: string;
  /**
   * Scores of the windows that were judged, as multiples of the threshold: upper ends of bins, ascending, and their counts, one
   * more than ends, for the last bin is open. Both empty where scores are not kept apart.
   */
  histogram: { upTo: number[]; counts: number[] };
}

/** What a version has learned of one stream. */
export interface StreamCard {
  name: string;
  /** Names and values: format, windows, sessions, span of training, excluded … */
  facts: { name: string; value: string }[];
  thresholds: ThresholdView[];
}

/** What a version's page shows. */
export interface ModelCard {
  span: Span;
  row: ModelRow;
  streams: StreamCard[];
  drift: DriftView[];
  /** What is otherwise than in its parent, a sentence each. */
  changes: string[];
  /** Versions that can be compared with it. */
  others: string[];
}

/** Sentences about changes that are shown. */
const CHANGES = 100;
/** Characters of a pattern. */
const PATTERN = 200;

/** The card of one version; `null` = there is none of this name. */
export async function modelCard(
  source: DataSource,
  { version, span }: { version: string; span: Span },
): Promise<ModelCard | null> {
  const versions = source.registry.versions();
  if (!versions.includes(version)) return null;
  const row = modelRow(source, version),
    model = row.problem === "" ? await source.models.load(version) : null;
  return {
    ...{ span, row, drift: driftsOf(source, source.models.summary(version)) },
    streams: (model?.streams ?? []).map((stream) => streamCard(source, stream)),
    changes: model === null ? [] : await changesOf(source, model),
    others: versions.filter((other) => other !== version).reverse(),
  };
}

async function changesOf(source: DataSource, model: Model): Promise<string[]> {
  const parent = model.parent === null ? null : await source.models.load(model.parent);
  return parent === null ? [] : changeLines(modelChanges(parent, model)).slice(0, CHANGES).map(shownLine);
}

function streamCard(source: DataSource, stream: StreamModel): StreamCard {
  const { settings: { name }, trained: { fingerprint } } = stream;
  const byScope = Map.groupBy(decisionLines(stream), ({ scope }) => scope);
  const all = {
    ...{ scope: "*", detectors: [], rule: source.config.model.threshold.rule, threshold: 1, text: "" },
    histogram: histogramOf(source, name, fingerprint),
  };
  const scopes = [...byScope].map(([scope, lines]) => ({
    ...{
      scope: shownName(scope),
      detectors: [...new Set(lines.map(({ what }) => what))],
      rule: "",
      threshold: 1,
    },
    text: lines.map(({ what, said }) => shownLine(`${what}: ${said}`)).join("\n"),
    histogram: { upTo: [], counts: [] },
  }));
  return { name, facts: factsOf(stream), thresholds: [all, ...scopes] };
}

function histogramOf({ state }: DataSource, stream: string, training: string): ThresholdView["histogram"] {
  const counts = new Array<number>(SCORE_BINS.length + 1).fill(0);
  for (const { scores } of state?.readings.of({ stream, training }) ?? []) {
    scores.forEach((count, i) => counts[i] += count);
  }
  return { upTo: [...SCORE_BINS], counts };
}

function factsOf({ settings, trained, catalogue, formats }: StreamModel): StreamCard["facts"] {
  const { session, window, lateness, service } = settings, { from, to, records, windows, excluded } = trained;
  const facts = {
    "Learned from": Number.isNaN(from) ? "lines without times" : `${formatTime(from)} to ${formatTime(to)}`,
    "Records": numberText(records),
    "Windows": numberText(windows),
    "Templates": numberText(catalogue.frozen),
    "Format": formats.join(", "),
    "Service": plainLine(service, PATTERN),
    "Time windows": `${formatDuration(window)}, lines may come ${formatDuration(lateness)} late`,
    "Sessions": session === null
      ? ""
      : `${plainLine(session.pattern, PATTERN)}, over when silent for ${formatDuration(session.idle)}`,
    "Not learned from": excluded.length === 0 ? "" : `${numberText(excluded.length)} spans of time`,
  };
  return Object.entries(facts).filter(([, value]) => value !== "").map(([name, value]) => ({ name, value }));
}
