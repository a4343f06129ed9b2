/**
 * What a version of a model is, without making it ready to judge.
 *
 * @module
 */
import { MODEL_FORMAT } from "../model/model.ts";
import { savedFields } from "../record/saved_fields.ts";

const { amount, arrayOf, fieldsOf, integer, nullOr, number, text } = savedFields("a version");

/** What a version has learned of one stream. */
export interface StreamSummary {
  name: string;
  /** First and last record that it was trained on, ms; NaN where the lines have no times. */
  from: number;
  to: number;
  records: number;
  windows: number;
  templates: number;
  /** `sessions`, `service NAME` or `*`: what is judged apart. */
  scopes: string[];
  /** Hash of what was learned: equal in versions that only decide otherwise. */
  fingerprint: string;
}

/** A version as a list shows it. */
export interface VersionSummary {
  version: string;
  parent: string | null;
  /** ms since the epoch; NaN where the file doesn't say. */
  createdAt: number;
  seed: number;
  /** Size of its file. */
  bytes: number;
  streams: StreamSummary[];
  /** Why it can't be used; empty = nothing is known against it. */
  problem: string;
}

/**
 * The summary of a version in a registry's folder; one that can't be read has a problem and nothing else.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Registry } from "./registry.ts";
 * import { versionSummary } from "./version_summary.ts";
 *
 * const folder = await Deno.makeTempDir();
 * await new Registry(folder).save({ version: "", parent: null, createdAt: 7, seed: 3, streams: [] });
 * const { parent, createdAt, streams, problem } = versionSummary(folder, "v0001");
 * assert.deepEqual([parent, createdAt, streams, problem], [null, 7, [], ""]);
 * assert.match(versionSummary(folder, "v0002").problem, /there is no such version/);
 * ```
 */
export function versionSummary(folder: string, version: string): VersionSummary {
  const path = `${folder}/${version}/model.json`;
  let bytes = 0;
  try {
    const written = Deno.readTextFileSync(path);
    bytes = Deno.statSync(path).size;
    return { version, bytes, ...summaryOf(JSON.parse(written)) };
  } catch (error) {
    return { ...EMPTY, version, bytes, problem: problemOf(error) };
  }
}

const EMPTY = { parent: null, createdAt: NaN, seed: 0, streams: [] };

function problemOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such version";
  if (error instanceof SyntaxError) return "its file is damaged";
  if (error instanceof TypeError || error instanceof RangeError) return error.message;
  throw error;
}

function summaryOf(saved: unknown): Omit<VersionSummary, "version" | "bytes"> {
  const { format, parent, createdAt, seed, streams } = fieldsOf(saved, "model");
  if (format !== MODEL_FORMAT) {
    return { ...EMPTY, problem: `it has format ${format}, this program knows ${MODEL_FORMAT}` };
  }
  return {
    parent: nullOr(parent, "parent", text),
    createdAt: amount(createdAt, "createdAt"),
    seed: number(seed, "seed"),
    streams: arrayOf(streams, "streams", streamOf),
    problem: "",
  };
}

function streamOf(saved: unknown, path: string): StreamSummary {
  const { settings, trained, catalogue, scopes } = fieldsOf(saved, path);
  const span = fieldsOf(trained, `${path}.trained`), time = (value: unknown) => nullOr(value, path, number);
  return {
    name: text(fieldsOf(settings, `${path}.settings`).name, `${path}.settings.name`),
    from: time(span.from) ?? NaN,
    to: time(span.to) ?? NaN,
    records: integer(span.records, `${path}.trained.records`),
    windows: integer(span.windows, `${path}.trained.windows`),
    templates: arrayOf(
      fieldsOf(catalogue, `${path}.catalogue`).templates,
      `${path}.catalogue.templates`,
      fieldsOf,
    ).length,
    scopes: arrayOf(scopes, `${path}.scopes`, (scope, at) => text(fieldsOf(scope, at).name, `${at}.name`)),
    fingerprint: text(span.fingerprint, `${path}.trained.fingerprint`),
  };
}
