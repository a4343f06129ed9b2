/**
 * DeepScan's library, in the order in which a line goes through it.
 *
 * ```
 * bytes ─source→ lines ─record→ LogBatch ─template→ template ids ─window→ windows ─feature→ FeatureMatrix
 *       ─detector→ scores ─threshold→ Verdict ─explain→ Reason
 * ```
 *
 * This is the one door: commands, notebooks and programs of your own import from here, and only what is named here is kept
 * stable for them. Inside, a room imports from the rooms above it.
 *
 * @module
 */

// table: named columns that show themselves; figures and text as people read them
export { countText, lengthText, numberText, percentText } from "./table/figures.ts";
export { JUPYTER, type MimeBundle, type Shown, shownAs } from "./table/jupyter.ts";
export { LiveDisplay, notebookScreen, type Screen } from "./table/live_display.ts";
export { escapeMarkup } from "./table/markup.ts";
export { Table } from "./table/table.ts";
export { timeOf } from "./table/time_of.ts";

// source: where bytes come from, and a position that a later run continues at
export { BulkBody, jsonBytes } from "./source/elasticsearch/bulk_body.ts";
export type { ItemRefusal } from "./source/elasticsearch/bulk_answer.ts";
export { LogChain } from "./source/elasticsearch/bulk_identity.ts";
export { sendBulk } from "./source/elasticsearch/bulk_request.ts";
export { putLogTemplate } from "./source/elasticsearch/bulk_template.ts";
export { connect, JSON_BODY } from "./source/elasticsearch/connection.ts";
export { ElasticsearchError, failureOf } from "./source/elasticsearch/failure.ts";
export type { ElasticsearchSettings } from "./source/elasticsearch/connection.ts";
export { IndexInput, type IndexInputOptions } from "./source/elasticsearch/index_input.ts";
export { type IndexPosition, readIndexPosition } from "./source/elasticsearch/index_position.ts";
export { fieldLists, type OwnFields, readOwnFields } from "./source/elasticsearch/own_fields.ts";
export { type ClusterDescription, readCluster } from "./source/elasticsearch/read_cluster.ts";
export { openFiles } from "./source/files.ts";
export { InputError } from "./source/input.ts";
export type { Input, InputNote, SavedPosition } from "./source/input.ts";
export { logsByStream } from "./source/logs_by_stream.ts";
export { logName, readRotatedName } from "./source/rotation.ts";
export { type IndexedLogs, type OpenedLogs, openLogs } from "./source/open_logs.ts";
export { stdinInput } from "./source/stdin.ts";

// record: bytes → lines → batches, columns over one buffer; the formats, and how well they fit
export { Dictionary } from "./record/dictionary.ts";
export type { Format } from "./record/format.ts";
export { formatByName, FORMATS } from "./record/formats/mod.ts";
export { levelOfSeverity, severityOfLevel } from "./record/level.ts";
export type { LogBatch } from "./record/log_batch.ts";
export { ParseQuality } from "./record/parse_quality.ts";
export type { ReaderState } from "./record/reader_state.ts";
export { RecordReader } from "./record/record_reader.ts";
export { savedFields } from "./record/saved_fields.ts";

// template: what lines have in common; a miner learns it, a catalogue matches lines against what was learned
export {
  type HandDecisions,
  mergedInto,
  mergesText,
  NO_DECISIONS,
  readDecisions,
  withMerge,
  withoutMerge,
  withoutPin,
  withPin,
} from "./template/hand/decisions.ts";
export { pinText } from "./template/hand/pinned_texts.ts";
export type { TemplateSettings, UserMask } from "./template/hand/template_settings.ts";
export { templateId } from "./template/template.ts";
export { Catalogue } from "./template/catalogue.ts";
export type { CatalogueSnapshot } from "./template/catalogue_snapshot.ts";
export type { SavedProvisional } from "./template/saved_template.ts";
export { eventText } from "./template/event_text.ts";
export {
  type MiningFigures,
  type MiningWarning,
  miningWarnings,
  scanWarnings,
} from "./template/hand/mining_warnings.ts";
export { Miner } from "./template/miner.ts";
export { templateTable } from "./template/template_table.ts";
export { VALUE_KINDS, type ValueKind } from "./template/parameter/kind.ts";
export type { SlotSummary } from "./template/parameter/layout.ts";
export { ParameterCollector, type TemplateParameters } from "./template/parameter/parameter_collector.ts";
export { type ParameterColumns, ParameterReader } from "./template/parameter/parameter_reader.ts";
export { type Parameter, parametersOf } from "./template/parameter/parameters_of.ts";
export { slotId } from "./template/parameter/slot.ts";
export { slotLineage } from "./template/parameter/slot_lineage.ts";
export { SlotStatistics } from "./template/parameter/slot_statistics.ts";

// window: the events of one session or of one span of time, counted
export type { WatchedSlots } from "./window/collectors/slot_values.ts";
export { OpenWindows } from "./window/open_windows.ts";

// feature: windows as distinct weighted rows; what lines, windows and rows look like as tables and frames
export { eventCounts, silences } from "./feature/event_counts.ts";
export { EventRows } from "./feature/event_rows.ts";
export { type DocumentQuery, extractDocuments, ExtractedDocuments } from "./feature/extract_documents.ts";
export type { FeatureMatrix } from "./feature/feature_matrix.ts";
export { FeatureSpace } from "./feature/feature_space.ts";
export { type DataFrame, frameOf, joinFrames, tableOf } from "./feature/frame.ts";
export { type IndexLook, lookAtIndex, type RecordPart } from "./feature/look_at_index.ts";
export { parameterTable } from "./feature/parameter_views.ts";
export { parametersFrom } from "./feature/parameters.ts";
export { principalAxes, projected } from "./feature/principal_axes.ts";
export { Scaler } from "./feature/scaler.ts";
export { commonestRows, matrixTable, verdictTable, windowTable } from "./feature/views.ts";
export { WindowKeys } from "./feature/window_keys.ts";

// detector: rows → scores, higher is more anomalous
export { Autoencoder } from "./detector/autoencoder.ts";
export type { FitProgress } from "./detector/detector.ts";
export { detectorKind, DETECTORS, sequenceKind } from "./detector/registry.ts";
export { sequenceSet } from "./detector/sequence_set.ts";
export { saysFailure } from "./detector/series/error_words.ts";

// evaluate: verdicts against what really happened
export { alertIncidents } from "./evaluate/alert_incidents.ts";
export { type Rate, rateOf, type Share, shareOf } from "./evaluate/chance.ts";
export { closedVerdicts } from "./evaluate/closed_verdicts.ts";
export { evaluateLevels, type LevelEvaluation } from "./evaluate/evaluate_levels.ts";
export { evaluateVerdicts, type Evaluation } from "./evaluate/evaluate_verdicts.ts";
export {
  foundAnomalies,
  type FoundAnomaly,
  type FoundKind,
  foundKinds,
} from "./evaluate/inject/found_anomalies.ts";
export { type ServiceGround, serviceGrounds, sessionGround } from "./evaluate/inject/ground.ts";
export { type Planting, plantSessions, plantWindows, type Round } from "./evaluate/inject/plant.ts";
export { injectionByName, INJECTIONS } from "./evaluate/inject/registry.ts";
export { type FalseAlarm, falseAlarms, type NearLabel } from "./evaluate/false_alarms.ts";
export { evaluateIncidents, type IncidentEvaluation } from "./evaluate/incident_evaluation.ts";
export { type JudgedWindow, readVerdicts } from "./evaluate/judged_windows.ts";
export { type LabelledVerdicts, labelledVerdicts } from "./evaluate/labelled_verdicts.ts";
export { type Labels, readLabels } from "./evaluate/labels.ts";
export { partOfSessions, partOfTime, type RecordedSession } from "./evaluate/log/divided_log.ts";
export { anomalousRecords, labelledSessions, labelsOfPart } from "./evaluate/log/labelled_log.ts";
export { LogEdit } from "./evaluate/log/log_edit.ts";
export { divide, type Protocol, readProtocol } from "./evaluate/log/protocol.ts";
export { type RecordedLog, recordLog } from "./evaluate/log/recorded_log.ts";
export { matchLabels } from "./evaluate/matched_labels.ts";
export { type MissedLabel, missedLabels } from "./evaluate/missed_labels.ts";
export type { RateIntervals } from "./evaluate/rate_intervals.ts";
export { type SilencedAlarms, silencedAlarms } from "./evaluate/silenced_alarms.ts";
export { type Spread, spreadOf } from "./evaluate/spread.ts";
export { averagePrecision } from "./evaluate/ranking.ts";
export { ratesByThreshold } from "./evaluate/threshold_rates.ts";
export { windowLabels } from "./evaluate/window_labels.ts";

// threshold: where the line is drawn through the scores
export { backTest, backTestBudget } from "./threshold/back_test.ts";
export { compareThresholds } from "./threshold/compare_thresholds.ts";
export { RollingCalibration } from "./threshold/rolling_calibration.ts";
export { Spot } from "./threshold/spot.ts";
export { THRESHOLD_RULES, thresholdRule } from "./threshold/registry.ts";
export { optionsOf } from "./threshold/threshold.ts";

// explain: why a window is anomalous
export { isAboutInput, reasonKey } from "./explain/explain.ts";
export { CATEGORIES, type Category } from "./explain/meaning/category.ts";
export { loadMeaningReader, readMeaning } from "./explain/meaning/load_meaning_reader.ts";
export { type Meaning } from "./explain/meaning/meaning.ts";
export { rankCauses } from "./explain/meaning/rank_causes.ts";
export {
  type FailureText,
  failureTexts,
  type ToldMeaning,
  toldMeanings,
} from "./explain/meaning/told_meanings.ts";
export type { DetectorShare, Reason, Verdict } from "./explain/reason.ts";
export { isLengthOfTime, reasonTitle, techniqueText } from "./explain/reason_title.ts";

// model: the order of all these steps, to learn and to judge
export { Activity, type ActivityScore } from "./model/activity.ts";
export { childModel, ChildModelError, nextModel } from "./model/child_model.ts";
export {
  type DecisionChange,
  decisionChanges,
  type DecisionLine,
  decisionLines,
} from "./model/decision_changes.ts";
export { type DayScores, dayScores, noScores, SCORE_BINS } from "./model/day_scores.ts";
export { Examples } from "./model/examples.ts";
export { endedBehind } from "./model/ended_behind.ts";
export { fitStream, type FitStreamOptions, NoWindowsError } from "./model/fit.ts";
export { Judge, type JudgedWindows } from "./model/judge.ts";
export type { ExcludedWindow, Exclusion } from "./model/excluded_windows.ts";
export { learn, type LearnedStream } from "./model/learn.ts";
export type { LeftOut } from "./model/left_out.ts";
export type { LogClock } from "./model/log_clocks.ts";
export { fetchExamples } from "./model/mapped/example_lines.ts";
export { type MappedPart, readPart, savePart } from "./model/mapped/mapped_part.ts";
export { MappedRecords, type PartSource } from "./model/mapped/mapped_records.ts";
export { PartMapper } from "./model/mapped/part_mapper.ts";
export { type InputPosition, type InputQuality, MergedRecords } from "./model/merged_records.ts";
export { type Model, MODEL_FORMAT, ModelError } from "./model/model.ts";
export { type ChangedTemplate, modelChanges, type StreamChanges } from "./model/model_changes.ts";
export { Novelties } from "./model/novelties.ts";
export { type Checkpoint, scan } from "./model/scan.ts";
export { type ScannedLog, scanOnce } from "./model/scan_once.ts";
export { streamCollectors } from "./model/stream_collectors.ts";
export type { StreamModel } from "./model/stream_model.ts";
export {
  createWindows,
  redactorOf,
  type StreamSettings,
  streamSettings,
  windowOptions,
} from "./model/stream_settings.ts";
export { RecordCounts } from "./model/record_counts.ts";
export { type RefitLine, refitLines, refitStream, type SpokenAlert, unraised } from "./model/refit.ts";
export { Slice } from "./model/slice.ts";
export {
  type IncidentStory,
  incidentStory,
  type StoryChange,
  type StoryLine,
  type StoryMark,
  type StoryOptions,
  type StoryStream,
} from "./model/story/incident_story.ts";
export type { Stretch, StretchSource } from "./model/stretch.ts";
export { type PromisedBudget, promisedBudget } from "./model/promised_budget.ts";
export { trainingOptions } from "./model/training_options.ts";
export { type VerdictChange, verdictChanges } from "./model/verdict_changes.ts";
export { type HeldTemplate, windowContents } from "./model/window_contents.ts";

// store: models and state on disk, and the lock that keeps two runs apart
export {
  ALERT_SEVERITIES,
  type AlertFacts,
  alertFacts,
  incidentAlerts,
  incidentSpan,
} from "./store/alert_facts.ts";
export type { Activation, ActivationWay } from "./store/activations.ts";
export { alertExclusions } from "./store/alert_exclusions.ts";
export type { StoredCondition } from "./store/conditions.ts";
export { type Drift, type DriftMonitor, driftOf } from "./store/drift.ts";
export type { Finding, FindingCount, StoredFinding } from "./store/findings.ts";
export { type CountedPosition, readCountedPosition } from "./store/counted/counted_position.ts";
export { CountedStream, type CountedStreamOptions } from "./store/counted/counted_stream.ts";
export type { LineWindow } from "./store/counted/example_line.ts";
export type { JobDefinition } from "./store/counted/job.ts";
export { JobWorker } from "./store/counted/job_worker.ts";
export type { MetricLabels, StoredMetric } from "./store/metrics.ts";
export { SLOT_SIZES } from "./store/counts/count_tables.ts";
export { FINE_KEPT } from "./store/counts/counts.ts";
export type { DayReading, Reading } from "./store/readings.ts";
export {
  alertsWithin,
  runsWithin,
  untimedAlerts,
  type VerdictCount,
  verdictCounts,
  verdictSpan,
} from "./store/period.ts";
export { alertsNamed } from "./store/named_alerts.ts";
export { type AlertCount, type MessageCount, openAlertCounts, unsentCounts } from "./store/open_counts.ts";
export { type Candidate, Registry } from "./store/registry.ts";
export type {
  AlertedWindow,
  Said,
  StoredAcknowledgement,
  StoredAlert,
  StoredFeedback,
  StoredIncident,
  StoredInput,
  StoredMute,
  StoredNotice,
} from "./store/rows.ts";
export { shrinkTo, type Shrunk } from "./store/retention.ts";
export { type LockOwner, RunLock } from "./store/run_lock.ts";
export { Shipped, type ShippedInput } from "./store/shipped.ts";
export { StateError } from "./store/schema.ts";
export { State } from "./store/state.ts";
export {
  type TrialAlert,
  type TrialFigures,
  trialFigures,
  type TrialService,
  type TrialWindow,
} from "./store/trial_figures.ts";
export { type StreamSummary, type VersionSummary, versionSummary } from "./store/version_summary.ts";
export { type JudgedStream, judgedStreams, openStateFolder } from "./store/state_folder.ts";

// chart: pictures that show themselves in a notebook and draw themselves as SVG
export { budgetCurve, type BudgetTrial } from "./chart/budget_curve.ts";
export type { Chart } from "./chart/chart.ts";
export { type ConfusionCounts, confusionMatrix } from "./chart/confusion_matrix.ts";
export { type EmbeddedRow, embedding } from "./chart/embedding.ts";
export { type LevelCount, levelsOverTime } from "./chart/levels_over_time.ts";
export { LiveLoss } from "./chart/live_loss.ts";
export { type EpochLoss, lossCurve } from "./chart/loss_curve.ts";
export { type PaintBox, type Png, type PngOptions, svgToPng } from "./chart/png.ts";
export { precisionRecall } from "./chart/precision_recall.ts";
export { type RatioSeries, ratiosOverTime } from "./chart/ratios_over_time.ts";
export { rocCurve, type RocPoint } from "./chart/roc_curve.ts";
export { type RebuiltWindow, reconstruction } from "./chart/reconstruction.ts";
export { scoreHistogram } from "./chart/score_histogram.ts";
export { scoresOverTime } from "./chart/scores_over_time.ts";
export { type TemplateRecord, templatesOverTime } from "./chart/templates_over_time.ts";
export { thresholdCurve } from "./chart/threshold_curve.ts";
export { topReasons } from "./chart/top_reasons.ts";
export { volumeOverTime } from "./chart/volume_over_time.ts";
