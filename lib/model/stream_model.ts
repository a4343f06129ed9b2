/**
 * What was learned of one stream: its templates, and for each scope its features, detectors and thresholds.
 *
 * @module
 */
import { shownAs } from "../table/jupyter.ts";
import type { Detector, DetectorSnapshot } from "../detector/detector.ts";
import { Halves } from "../detector/halves.ts";
import { detectorKind, sequenceKind } from "../detector/registry.ts";
import { SequenceHalves } from "../detector/sequence_halves.ts";
import type { Ensemble, EnsembleSnapshot } from "../ensemble/ensemble.ts";
import { restoreEnsemble } from "../ensemble/registry.ts";
import type { ScopeDetector, ScopeSequences } from "../ensemble/static_ensemble.ts";
import type { TemplateNames } from "../feature/event_window.ts";
import { FeatureSpace } from "../feature/feature_space.ts";
import type { FeatureSpaceSnapshot } from "../feature/feature_space_snapshot.ts";
import { formatByName } from "../record/formats/mod.ts";
import { savedFields } from "../record/saved_fields.ts";
import { Catalogue } from "../template/catalogue.ts";
import { NO_TEMPLATE_SETTINGS, readTemplateSettings } from "../template/hand/template_settings.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { type LeftOut, readLeftOut, type SavedLeftOut, saveLeftOut } from "./left_out.ts";
import { streamModelView } from "./model_view.ts";
import { templateNames } from "./template_names.ts";
import { readWatched, type Watched } from "./watched.ts";
import { redactorOf, type StreamSettings } from "./stream_settings.ts";

const { amount, arrayOf, fieldsOf, integer, nullOr, number, refuse, text } = savedFields("a stream");

/**
 * Windows that are judged alike: all sessions, the time windows of one service, or (`*`) those of every service that is too
 * young or too thin for a scope of its own.
 */
export interface Scope {
  /** `sessions`, `service NAME` or `*`. */
  name: string;
  space: FeatureSpace;
  detectors: ScopeDetector[];
  /** Detectors that read a session's events in order; absent = none. */
  sequences?: readonly ScopeSequences[];
  /** What decides on its windows. */
  ensemble: Ensemble;
  /** Windows that it was trained on. */
  windows: number;
}

/** The data that a stream's model was trained on. */
export interface TrainingSpan {
  /** ms, UTC, first and last record; NaN where the lines have no times. */
  from: number;
  to: number;
  records: number;
  /** Windows that were learned from. */
  windows: number;
  /** What was not learned from, and what was though alerts cover it, earliest first. */
  excluded: LeftOut[];
  /** ms, UTC: nineteen of twenty sessions that were learned from began before; NaN where there were none, or none with times. */
  busyTo: number;
  /** Time up to which windows had closed, ms; NaN where all were closed at the end. */
  closedTo: number;
  /** Hash of the templates and counts that were learned: equal data, equal fingerprint. */
  fingerprint: string;
}

/** The part of a model that judges one stream. */
export interface StreamModel {
  settings: StreamSettings;
  /** Formats that the training inputs had. */
  formats: string[];
  catalogue: Catalogue;
  /** Parameters of templates that are noted. */
  watched: Watched;
  scopes: Scope[];
  trained: TrainingSpan;
}

/** {@linkcode StreamModel} as plain data. */
export interface StreamSnapshot {
  settings: StreamSettings;
  formats: string[];
  catalogue: ReturnType<Catalogue["toJSON"]>;
  watched: Watched;
  scopes: {
    name: string;
    space: ReturnType<FeatureSpace["toJSON"]>;
    detectors: { detector: DetectorSnapshot; threshold: Threshold }[];
    sequences?: { detector: DetectorSnapshot; threshold: Threshold }[];
    ensemble: EnsembleSnapshot;
    windows: number;
  }[];
  trained: {
    from: number | null;
    to: number | null;
    busyTo: number | null;
    closedTo: number | null;
    records: number;
    windows: number;
    excluded: SavedLeftOut[];
    fingerprint: string;
  };
}

/** Name of the scope of a service's time windows. */
export function serviceScope(service: string): string {
  return `service ${service}`;
}

/** `model` as plain data, for a file. */
export function streamSnapshot(model: StreamModel): StreamSnapshot {
  const { settings, formats, catalogue, watched, scopes, trained } = model;
  return {
    settings,
    formats,
    catalogue: catalogue.toJSON(),
    watched,
    scopes: scopes.map(({ name, space, detectors, sequences, ensemble, windows }) => ({
      name,
      space: space.toJSON(),
      detectors: detectors.map(savedDetector),
      ...(sequences === undefined ? {} : { sequences: sequences.map(savedDetector) }),
      ensemble: ensemble.toJSON(),
      windows,
    })),
    trained: {
      ...trained,
      from: finite(trained.from),
      to: finite(trained.to),
      busyTo: finite(trained.busyTo),
      closedTo: finite(trained.closedTo),
      excluded: saveLeftOut(trained.excluded),
    },
  };
}

function savedDetector({ detector, threshold }: ScopeDetector | ScopeSequences) {
  return { detector: detector.toJSON(), threshold };
}

/**
 * The model that a snapshot describes; every field is checked.
 *
 * @param snapshot As it was read, of any shape.
 * @param path What it is called in messages.
 * @throws {TypeError} if a part of it is missing, of the wrong type or of an unknown version.
 * @throws {RangeError} if a number is out of range, or a format or detector isn't known.
 */
export async function restoreStream(snapshot: unknown, path = "stream"): Promise<StreamModel> {
  const fields = fieldsOf(snapshot, path), settings = readSettings(fields.settings, `${path}.settings`);
  const catalogue = Catalogue.fromJSON(fields.catalogue, { redact: redactorOf(settings) });
  const ids = catalogue.known.map(({ id }) => id);
  const names = templateNames(catalogue);
  const formats = arrayOf(fields.formats, `${path}.formats`, readFormat);
  const trained = readTrained(fields.trained, `${path}.trained`);
  const scopes = await Promise.all(
    arrayOf(fields.scopes, `${path}.scopes`, (scope, path) => restoreScope(scope, path, { ids, names })),
  );
  const watched = readWatched(fields.watched, `${path}.watched`);
  return shownAs({ settings, formats, catalogue, watched, scopes, trained }, streamModelView);
}

async function restoreScope(
  value: unknown,
  path: string,
  { ids, names }: { ids: readonly string[]; names: TemplateNames },
): Promise<Scope> {
  const fields = fieldsOf(value, path), name = text(fields.name, `${path}.name`);
  if (!/^(sessions|\*|service [^]*)$/.test(name)) {
    refuse(`${path}.name`, "sessions, * or service NAME", name);
  }
  const saved = fieldsOf(fields.space, `${path}.space`) as unknown as FeatureSpaceSnapshot; // which checks itself
  const space = FeatureSpace.fromJSON(saved, ids), windows = integer(fields.windows, `${path}.windows`, 1);
  const detectors = await Promise.all(arrayOf(fields.detectors, `${path}.detectors`, restoreDetector));
  const snapshot = fieldsOf(fields.ensemble, `${path}.ensemble`) as unknown as EnsembleSnapshot;
  const sequences = fields.sequences === undefined // none joined in
    ? undefined
    : await Promise.all(arrayOf(fields.sequences, `${path}.sequences`, restoreSequences));
  const ensemble = restoreEnsemble(snapshot, { space, detectors, sequences }, names);
  return { name, space, detectors, ...(sequences && { sequences }), ensemble, windows };
}

async function restoreSequences(saved: unknown, path: string): Promise<ScopeSequences> {
  const fields = fieldsOf(saved, path), snapshot = fieldsOf(fields.detector, `${path}.detector`);
  const [first, second] = await Promise.all(
    SequenceHalves.read(snapshot as DetectorSnapshot).map((half) =>
      sequenceKind(text(half.kind, `${path}.detector.halves`)).restore(half)
    ),
  );
  return {
    detector: new SequenceHalves([first, second]),
    threshold: readThreshold(fields.threshold, `${path}.threshold`),
  };
}

async function restoreDetector(saved: unknown, path: string): Promise<ScopeDetector> {
  const fields = fieldsOf(saved, path), snapshot = fieldsOf(fields.detector, `${path}.detector`);
  return {
    detector: await restored(snapshot as DetectorSnapshot, `${path}.detector`),
    threshold: readThreshold(fields.threshold, `${path}.threshold`),
  };
}

async function restored(snapshot: DetectorSnapshot, path: string): Promise<Detector> {
  const halves = Halves.read(snapshot);
  if (halves === null) return await detectorKind(text(snapshot.kind, `${path}.kind`)).restore(snapshot);
  const [first, second] = await Promise.all(halves.map((half) => restored(half, `${path}.halves`)));
  return new Halves([first, second]);
}

function readThreshold(saved: unknown, path: string): Threshold {
  const { rule, value, nominal, realised, windows, note } = fieldsOf(saved, path);
  const read = {
    rule: text(rule, `${path}.rule`),
    value: amount(value, `${path}.value`),
    nominal: nullOr(nominal, `${path}.nominal`, amount),
    realised: amount(realised, `${path}.realised`),
    windows: amount(windows, `${path}.windows`),
    note: text(note, `${path}.note`),
  };
  return read.value > 0 ? read : refuse(`${path}.value`, "a number above 0", value);
}

function readSettings(saved: unknown, path: string): StreamSettings {
  const { name, format, service, session, window, lateness, utcOffset, redact, templates } = fieldsOf(
    saved,
    path,
  );
  return {
    name: text(name, `${path}.name`),
    format: format === "auto" ? format : readFormat(format, `${path}.format`),
    service: text(service, `${path}.service`),
    session: nullOr(session, `${path}.session`, readSession),
    window: amount(window, `${path}.window`),
    lateness: amount(lateness, `${path}.lateness`),
    utcOffset: number(utcOffset, `${path}.utcOffset`),
    ...(redact === undefined ? {} : { redact: arrayOf(redact, `${path}.redact`, text) }),
    templates: templates === undefined // a model of before there were any
      ? NO_TEMPLATE_SETTINGS
      : readTemplateSettings(templates, `${path}.templates`),
  };
}

function readSession(saved: unknown, path: string): { pattern: string; idle: number } {
  const { pattern, idle } = fieldsOf(saved, path);
  return { pattern: text(pattern, `${path}.pattern`), idle: amount(idle, `${path}.idle`) };
}

function readFormat(saved: unknown, path: string): string {
  return formatByName(text(saved, path)).name;
}

function readTrained(saved: unknown, path: string): TrainingSpan {
  const { from, to, busyTo, closedTo, records, windows, excluded, fingerprint } = fieldsOf(saved, path);
  const span = {
    from: nullOr(from, `${path}.from`, number) ?? NaN,
    to: nullOr(to, `${path}.to`, number) ?? NaN,
    busyTo: nullOr(busyTo, `${path}.busyTo`, number) ?? NaN,
    closedTo: nullOr(closedTo, `${path}.closedTo`, number) ?? NaN,
    records: integer(records, `${path}.records`),
    windows: integer(windows, `${path}.windows`, 1),
    excluded: excluded === undefined ? [] : readLeftOut(excluded, `${path}.excluded`), // a model of before there was any
    fingerprint: text(fingerprint, `${path}.fingerprint`),
  };
  if (!/^[0-9a-f]{16}$/.test(span.fingerprint)) {
    refuse(`${path}.fingerprint`, "16 hexadecimal digits", fingerprint);
  }
  return span;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
