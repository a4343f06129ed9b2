/**
 * DeepScan's library, in the order in which a line goes through it.
 *
 * ```
 * bytes ─source→ lines ─record→ LogBatch ─template→ template ids ─window→ windows ─feature→ FeatureMatrix
 *       ─detector→ scores ─threshold→ Verdict ─explain→ Reason
 * ```
 *
 * - **source**: where bytes come from ({@linkcode openFiles}, {@linkcode stdinInput}), and a position that a later run continues at.
 * - **record**: bytes → lines → {@linkcode LogBatch}, columns over one buffer ({@linkcode RecordReader}); formats and how well they fit.
 * - **template**: what lines have in common ({@linkcode Miner} learns, {@linkcode Catalogue} matches).
 * - **window**: events of one session or one span of time ({@linkcode OpenWindows}), as numbered count vectors.
 * - **feature**: windows → distinct weighted rows ({@linkcode FeatureSpace}).
 * - **detector**: rows → scores ({@linkcode DETECTORS}); **threshold**: where the line is drawn ({@linkcode THRESHOLD_RULES}).
 * - **evaluate**: verdicts against labels. **explain**: why.
 * - **model**: the order of all these steps ({@linkcode learn}, {@linkcode fitStream}, {@linkcode scanOnce}, {@linkcode scan}).
 * - **store**: models and state on disk ({@linkcode Registry}, {@linkcode State}, {@linkcode RunLock}). **chart**: pictures.
 *
 * @module
 */

// source
export * from "./source/input.ts";
export * from "./source/files.ts";
export * from "./source/stdin.ts";
export { logName, readRotatedName, type RotatedName } from "./source/rotation.ts";

// record
export * from "./record/dictionary.ts";
export * from "./record/log_batch.ts";
export * from "./record/format.ts";
export { formatByName, FORMATS } from "./record/formats/mod.ts";
export * from "./record/detect.ts";
export * from "./record/parse_quality.ts";
export * from "./record/record_reader.ts";
export * from "./record/redaction.ts";

// template
export type { Template } from "./template/template.ts";
export * from "./template/miner.ts";
export * from "./template/catalogue.ts";
export type { SavedProvisional } from "./template/catalogue_snapshot.ts";

// window
export * from "./window/symbol.ts";
export * from "./window/session_pattern.ts";
export * from "./window/count_vectors.ts";
export type { ClosedWindows } from "./window/closed_windows.ts";
export * from "./window/open_windows.ts";

// feature
export * from "./feature/feature_matrix.ts";
export * from "./feature/feature_space.ts";
export * from "./feature/scaler.ts";
export * from "./feature/table.ts";
export * from "./feature/event_rows.ts";
export * from "./feature/views.ts";
export * from "./feature/frame.ts";
export * from "./feature/event_counts.ts";
export * from "./feature/parameters.ts";

// detector
export * from "./detector/detector.ts";
export * from "./detector/registry.ts";

// evaluate
export * from "./evaluate/judged_windows.ts";
export * from "./evaluate/closed_verdicts.ts";
export * from "./evaluate/labels.ts";
export * from "./evaluate/evaluate_verdicts.ts";
export * from "./evaluate/ranking.ts";
export * from "./evaluate/threshold_rates.ts";
export * from "./evaluate/template_accuracy.ts";

// threshold
export * from "./threshold/threshold.ts";
export * from "./threshold/registry.ts";
export * from "./threshold/decide.ts";

// explain
export * from "./explain/reason.ts";
export * from "./explain/explain.ts";

// model
export * from "./model/stream_settings.ts";
export * from "./model/merged_records.ts";
export * from "./model/learn.ts";
export * from "./model/window_history.ts";
export * from "./model/fit.ts";
export * from "./model/novelties.ts";
export * from "./model/examples.ts";
export * from "./model/judge.ts";
export * from "./model/activity.ts";
export * from "./model/scan.ts";
export * from "./model/scan_once.ts";
export * from "./model/stream_model.ts";
export * from "./model/model.ts";

// store
export * from "./store/schema.ts";
export type * from "./store/rows.ts";
export * from "./store/state.ts";
export * from "./store/run_lock.ts";
export * from "./store/registry.ts";

// chart
export * from "./chart/chart.ts";
export { type Level, LEVELS, type Theme } from "./chart/theme.ts";
export * from "./chart/levels_over_time.ts";
export * from "./chart/volume_over_time.ts";
export * from "./chart/scores_over_time.ts";
export * from "./chart/top_reasons.ts";
export * from "./chart/loss_curve.ts";
export * from "./chart/score_histogram.ts";
export * from "./chart/precision_recall.ts";
export * from "./chart/threshold_curve.ts";
