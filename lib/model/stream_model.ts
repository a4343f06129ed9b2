/**
 * What was learned of one stream: its templates, and for each scope its features, detectors and thresholds.
 *
 * @module
 */
import type { Detector, DetectorSnapshot } from "../detector/detector.ts";
import { detectorKind } from "../detector/registry.ts";
import { FeatureSpace } from "../feature/feature_space.ts";
import { Catalogue } from "../template/catalogue.ts";
import type { Threshold } from "../threshold/threshold.ts";
import { redactorOf, type StreamSettings } from "./stream_settings.ts";

/** A detector with the line drawn through its scores. */
export interface Judgement {
  detector: Detector;
  threshold: Threshold;
}

/**
 * Windows that are judged alike: all sessions, the time windows of one service, or (`*`) those of every service that is too
 * young or too thin for a scope of its own.
 */
export interface Scope {
  /** `sessions`, `service NAME` or `*`. */
  name: string;
  space: FeatureSpace;
  judgements: Judgement[];
  /** Windows that it was trained on. */
  windows: number;
}

/** The data that a stream's model was trained on. */
export interface TrainingSpan {
  /** ms, UTC, first and last record; NaN where the lines have no times. */
  from: number;
  to: number;
  records: number;
  windows: number;
  /** Hash of the templates and counts that were learned: equal data, equal fingerprint. */
  fingerprint: string;
}

/** The part of a model that judges one stream. */
export interface StreamModel {
  settings: StreamSettings;
  /** Formats that the training inputs had. */
  formats: string[];
  catalogue: Catalogue;
  scopes: Scope[];
  trained: TrainingSpan;
}

/** {@linkcode StreamModel} as plain data. */
export interface StreamSnapshot {
  settings: StreamSettings;
  formats: string[];
  catalogue: ReturnType<Catalogue["toJSON"]>;
  scopes: {
    name: string;
    space: ReturnType<FeatureSpace["toJSON"]>;
    judgements: { detector: DetectorSnapshot; threshold: Threshold }[];
    windows: number;
  }[];
  trained: { from: number | null; to: number | null; records: number; windows: number; fingerprint: string };
}

/** Name of the scope of a service's time windows. */
export function serviceScope(service: string): string {
  return `service ${service}`;
}

/** `model` as plain data, for a file. */
export function streamSnapshot(model: StreamModel): StreamSnapshot {
  const { settings, formats, catalogue, scopes, trained } = model;
  return {
    settings,
    formats,
    catalogue: catalogue.toJSON(),
    scopes: scopes.map(({ name, space, judgements, windows }) => ({
      name,
      space: space.toJSON(),
      judgements: judgements.map(({ detector, threshold }) => ({ detector: detector.toJSON(), threshold })),
      windows,
    })),
    trained: { ...trained, from: finite(trained.from), to: finite(trained.to) },
  };
}

/**
 * The model that a snapshot describes.
 *
 * @throws {TypeError} if a part of it is missing, of the wrong type or of an unknown version.
 */
export async function restoreStream(snapshot: StreamSnapshot): Promise<StreamModel> {
  const catalogue = Catalogue.fromJSON(snapshot.catalogue, { redact: redactorOf(snapshot.settings) });
  const ids = Array.from({ length: catalogue.frozen }, (_, index) => catalogue.template(index).id);
  const scopes: Scope[] = [];
  for (const { name, space, judgements, windows } of snapshot.scopes) {
    const restored: Judgement[] = [];
    for (const { detector, threshold } of judgements) {
      restored.push({ detector: await detectorKind(detector.kind).restore(detector), threshold });
    }
    scopes.push({ name, space: FeatureSpace.fromJSON(space, ids), judgements: restored, windows });
  }
  const trained = { ...snapshot.trained, from: snapshot.trained.from ?? NaN, to: snapshot.trained.to ?? NaN };
  return { settings: snapshot.settings, formats: snapshot.formats, catalogue, scopes, trained };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
