/**
 * Templates and the autoencoder over one log: `training.ts LOG PASSES` prints a {@linkcode TrainingReport}.
 *
 * @module
 */
import { detectorKind, FeatureSpace, formatByName, learn, openFiles, streamSettings } from "../../lib/mod.ts";
import { Dictionary, Miner, RecordReader } from "../../lib/mod.ts";
import type { Log } from "./material.ts";

/** What was measured, a value a pass. */
export interface TrainingReport {
  lines: number;
  /** Windows of the log, and how many distinct count vectors they come to. */
  windows: number;
  rows: number;
  /** Seconds of learning the templates of all lines. */
  mine: number[];
  /** Seconds of fitting the autoencoder on all windows. */
  fit: number[];
  /** Seconds of scoring all rows. */
  score: number[];
}

/** Seconds that a miner takes to learn every line, reading left out. */
async function mineSeconds(log: Log): Promise<number> {
  const { inputs } = await openFiles([log.path]), miner = new Miner();
  let seconds = 0;
  for (const input of inputs) {
    const reader = new RecordReader(input, {
      services: new Dictionary(),
      format: formatByName(log.format),
      fallbackService: "bench",
    });
    for (let batch = await reader.next(); batch !== null; batch = await reader.next()) {
      const start = performance.now();
      miner.learn(batch);
      seconds += (performance.now() - start) / 1000;
    }
    reader.close();
  }
  return seconds;
}

async function matrixOf(log: Log) {
  const settings = streamSettings({
    ...{ name: "bench", format: log.format, service: "field", session: log.session },
  });
  const { inputs } = await openFiles([log.path]), learned = await learn(settings, inputs);
  learned.records.close();
  const rows = learned.history.rows().filter(({ kind }) => log.session === null || kind === "session");
  const { vectors } = learned.windows, numbers = Int32Array.from(rows, ({ vector }) => vector);
  const space = FeatureSpace.fit(vectors, numbers, {
    template: (index) => learned.catalogue.template(index),
  });
  return { lines: learned.read, windows: rows.length, matrix: space.project(vectors, numbers).matrix };
}

if (import.meta.main) {
  const log: Log = JSON.parse(Deno.args[0]);
  const { lines, windows, matrix } = await matrixOf(log);
  const report: TrainingReport = { lines, windows, rows: matrix.rows, mine: [], fit: [], score: [] };
  for (let pass = 0; pass < Number(Deno.args[1]); pass++) {
    report.mine.push(await mineSeconds(log));
    const start = performance.now();
    const detector = await detectorKind("autoencoder").fit(matrix, { seed: pass });
    const fitted = performance.now();
    detector.score(matrix);
    report.fit.push((fitted - start) / 1000);
    report.score.push((performance.now() - fitted) / 1000);
  }
  console.log(JSON.stringify(report));
}
