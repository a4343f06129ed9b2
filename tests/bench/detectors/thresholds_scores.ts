/**
 * Scores of a dozen detectors on a stream of counts, for drawing lines through: each in its plainest form.
 *
 * @module
 */
import { autoencoder } from "../../../lib/detector/autoencoder.ts";
import type { DetectorKind } from "../../../lib/detector/detector.ts";
import { isolationForest } from "../../../lib/detector/isolation_forest.ts";
import { lowerTail, poissonTail, upperTail } from "../../../lib/detector/series/count_tail.ts";
import type { FeatureColumn, FeatureMatrix } from "../../../lib/feature/feature_matrix.ts";
import type { CountedStream } from "./thresholds_streams.ts";

/** One detector's scores on every window of a stream, shape [windows]; those of the first `fit` are not to be used. */
export interface NamedScores {
  detector: string;
  scores: Float64Array;
}

/** Mean and variance of each template in the windows that are fitted on, shape [templates]. */
interface Moments {
  mean: Float64Array;
  variance: Float64Array;
}

function momentsOf({ windows, fit, templates }: CountedStream): Moments {
  const mean = new Float64Array(templates), variance = new Float64Array(templates);
  for (const window of windows.slice(0, fit)) {
    for (const [template, count] of window) {
      mean[template] += count / fit;
      variance[template] += count ** 2 / fit;
    }
  }
  variance.forEach((square, template) => variance[template] = square - mean[template] ** 2);
  return { mean, variance };
}

/** 1 / k of a negative binomial with that mean and variance. */
function dispersionOf(mean: number, variance: number): number {
  return variance > mean && mean > 0 ? (variance - mean) / mean ** 2 : 0;
}

function totalsOf({ windows }: CountedStream): Float64Array {
  return Float64Array.from(windows, (window) => window.values().reduce((sum, count) => sum + count, 0));
}

/** |total − mean| / standard deviation by hour of the day. */
function totalByHour(stream: CountedStream): Float64Array {
  const totals = totalsOf(stream), { fit, windowsPerDay } = stream;
  const hourOf = (window: number) => Math.floor((window % windowsPerDay) * 24 / windowsPerDay);
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const counts = [...totals.subarray(0, fit)].filter((_, window) => hourOf(window) === hour);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const square = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    return { mean, std: Math.max(1, Math.sqrt(square)) };
  });
  return totals.map((total, window) => {
    const { mean, std } = hours[hourOf(window)];
    return Math.abs(total - mean) / std;
  });
}

/** The greatest of something over a window's templates, at least 0. */
function greatest(
  { windows }: CountedStream,
  of: (template: number, count: number) => number,
): Float64Array {
  return Float64Array.from(windows, (window) => {
    let most = 0;
    for (const [template, count] of window) most = Math.max(most, of(template, count));
    return most;
  });
}

function templateZ(stream: CountedStream): Float64Array {
  const { mean, variance } = momentsOf(stream);
  return greatest(stream, (e, count) => (count - mean[e]) / Math.max(0.3, Math.sqrt(variance[e])));
}

function poissonSurprise(stream: CountedStream): Float64Array {
  const { mean } = momentsOf(stream);
  return greatest(stream, (e, count) => poissonTail(count, Math.max(mean[e], 0.5 / stream.fit)));
}

function negativeBinomial(stream: CountedStream): Float64Array {
  const { mean, variance } = momentsOf(stream);
  return greatest(
    stream,
    (e, count) => upperTail(count, Math.max(mean[e], 0.5 / stream.fit), dispersionOf(mean[e], variance[e])),
  );
}

/** The same with a mean that follows: half-life two days. */
function followingBinomial(stream: CountedStream): Float64Array {
  const { mean, variance } = momentsOf(stream),
    level = mean.slice(),
    keep = 0.5 ** (1 / (2 * stream.windowsPerDay));
  return Float64Array.from(stream.windows, (window) => {
    let most = 0;
    for (const [e, count] of window) {
      const expected = Math.max(level[e], 0.5 / stream.fit);
      most = Math.max(most, upperTail(count, expected, dispersionOf(mean[e], variance[e])));
    }
    for (let e = 0; e < level.length; e++) level[e] = keep * level[e] + (1 - keep) * (window.get(e) ?? 0);
    return most;
  });
}

/** −log10 P(X ≤ x) of the last six windows' counts: total and templates that come every tenth window. */
function lowCounts(stream: CountedStream): Float64Array {
  const { mean, variance } = momentsOf(stream), span = 6, totals = totalsOf(stream);
  const moments = totals.subarray(0, stream.fit);
  const average = moments.reduce((sum, total) => sum + total, 0) / stream.fit;
  const square = moments.reduce((sum, total) => sum + (total - average) ** 2, 0) / stream.fit;
  const watched = [...mean.keys()].filter((e) => mean[e] >= 0.1);
  const recent = (at: number) =>
    Array.from({ length: span }, (_, i) => at - i).filter((window) => window >= 0);
  return Float64Array.from(stream.windows, (_, at) => {
    const last = recent(at), sum = last.reduce((sum, window) => sum + totals[window], 0);
    let most = lowerTail(sum, span * average, dispersionOf(average, square));
    for (const e of watched) {
      const count = last.reduce((sum, window) => sum + (stream.windows[window].get(e) ?? 0), 0);
      most = Math.max(most, lowerTail(count, span * mean[e], dispersionOf(mean[e], variance[e])));
    }
    return at < span - 1 ? 0 : most;
  });
}

/** max S, S ← max(0, S + clip(z, −3, 3) − 0.5) of templates that come every tenth window, with a mean that follows. */
function cusum(stream: CountedStream): Float64Array {
  const { mean, variance } = momentsOf(stream), level = mean.slice(), sums = new Float64Array(mean.length);
  const keep = 0.5 ** (1 / (2 * stream.windowsPerDay)),
    watched = [...mean.keys()].filter((e) => mean[e] >= 0.1);
  return Float64Array.from(stream.windows, (window) => {
    let most = 0;
    for (const e of watched) {
      const count = window.get(e) ?? 0, spread = Math.max(1, variance[e] / mean[e]) * Math.max(level[e], 0.1);
      const z = Math.max(-3, Math.min(3, (count - level[e]) / Math.sqrt(spread)));
      sums[e] = Math.max(0, sums[e] + z - 0.5);
      level[e] = keep * level[e] + (1 - keep) * count;
      most = Math.max(most, sums[e]);
    }
    return most;
  });
}

/** log2 of a count over its own record, which fades with a half-life of two weeks. */
function ownRecord(stream: CountedStream): Float64Array {
  const records = new Float64Array(stream.templates), keep = 0.5 ** (1 / (14 * stream.windowsPerDay));
  return Float64Array.from(stream.windows, (window) => {
    let most = 0;
    for (let e = 0; e < records.length; e++) records[e] *= keep;
    for (const [e, count] of window) {
      if (records[e] > 0) most = Math.max(most, Math.log2((count + 1) / (Math.max(records[e], 4) + 1)));
      records[e] = Math.max(records[e], count);
    }
    return most;
  });
}

/** Templates that were never seen before. */
function newTemplates({ windows, templates }: CountedStream): Float64Array {
  const seen = new Uint8Array(templates);
  return Float64Array.from(windows, (window) => {
    let fresh = 0;
    for (const template of window.keys()) {
      fresh += 1 - seen[template];
      seen[template] = 1;
    }
    return fresh;
  });
}

/** Windows as rows of the templates that come most, and two columns for the rest. */
function matrixOf({ windows, templates }: CountedStream, mean: Float64Array): FeatureMatrix {
  const known = [...mean.keys()].filter((e) => mean[e] > 0).sort((a, b) => mean[b] - mean[a] || a - b);
  const kept = known.slice(0, 62), column = new Int32Array(templates).fill(63);
  for (const e of known) column[e] = 62;
  kept.forEach((e, i) => column[e] = i);
  const columns = Array.from({ length: 64 }, (_, i): FeatureColumn => {
    const kind = i < 62 ? "template" : i === 62 ? "other" : "unseen";
    return { kind, id: i < 62 ? `e${i}` : kind, title: kind };
  });
  const values = new Float32Array(64 * windows.length);
  windows.forEach((window, row) => {
    for (const [e, count] of window) values[64 * row + column[e]] += count;
  });
  return { columns, rows: windows.length, values, weights: new Float64Array(windows.length).fill(1) };
}

async function fitted(kind: DetectorKind, stream: CountedStream): Promise<Float64Array> {
  const all = matrixOf(stream, momentsOf(stream).mean), { fit } = stream;
  const training = {
    ...all,
    rows: fit,
    values: all.values.slice(0, 64 * fit),
    weights: all.weights.slice(0, fit),
  };
  return (await kind.fit(training, { seed: 1 })).score(all);
}

const SERIES: Record<string, (stream: CountedStream) => Float64Array> = {
  "total by hour": totalByHour,
  "template z": templateZ,
  "Poisson": poissonSurprise,
  "negative binomial": negativeBinomial,
  "following binomial": followingBinomial,
  "low counts": lowCounts,
  "cusum": cusum,
  "own record": ownRecord,
  "new templates": newTemplates,
};

/** Scores of every detector. */
export async function scoresOf(stream: CountedStream): Promise<NamedScores[]> {
  const series = Object.entries(SERIES).map(([detector, of]) => ({ detector, scores: of(stream) }));
  const neural: NamedScores[] = [];
  for (const kind of [isolationForest, autoencoder]) {
    neural.push({ detector: kind.name, scores: await fitted(kind, stream) });
  }
  return [...series, ...neural];
}
