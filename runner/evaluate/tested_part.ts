/**
 * A log without labels in two parts: what trains, and what is tested as it is and with anomalies in it.
 *
 * @module
 */
import {
  countText,
  type Input,
  type JudgedWindow,
  labelledSessions,
  LogEdit,
  partOfSessions,
  partOfTime,
  type RecordedLog,
  type RecordedSession,
} from "../../lib/mod.ts";
import { timeCut } from "./time_cut.ts";

/** The two parts. */
export interface TestedPart {
  log: RecordedLog;
  /** Where the tested part begins, ms; a border of windows; -Infinity where lines have no times. */
  cut: number;
  /** Sessions of both parts; none where the log is judged by time alone. */
  trained: RecordedSession[];
  tested: RecordedSession[];
  /** The first part. */
  training(): Input[];
  /** The second part, changed; before it, what came since the training. */
  testing(edit?: LogEdit): Input[];
  /** Whether a verdict is on the second part. */
  isTested(verdict: JudgedWindow): boolean;
}

const NO_LABELS = { by: "key", labels: [] } as const;

/**
 * Divides by time: sessions by first appearance, everything else at the border of a window.
 *
 * @param share Part of the time, or of the sessions, that trains, or would train.
 * @param trainedTo Where the training of a model that is there already ended, ms: detectors that follow time see all that came
 * since then, so that there is no gap. Default: the first part trains.
 */
export function testedPart(log: RecordedLog, share: number, trainedTo = Infinity): TestedPart {
  const size = log.settings.window,
    since = Number.isNaN(trainedTo) ? Infinity : Math.ceil(trainedTo / size) * size;
  return log.settings.session === null ? byTime(log, share, since) : bySession(log, share, since);
}

function byTime(log: RecordedLog, share: number, since: number): TestedPart {
  const { first, last, cut } = timeCut(log, share);
  if (cut <= first || cut >= last) {
    throw new Error(
      `Cannot divide the log: it spans less than two windows of ${log.settings.window / 1000} s`,
    );
  }
  return {
    ...{ log, cut, trained: [], tested: [] },
    training: () => partOfTime(log, { to: cut }),
    testing: (edit) => partOfTime(log, { from: Math.min(since, cut) }, edit),
    isTested: ({ start }) => start >= cut,
  };
}

function bySession(log: RecordedLog, share: number, since: number): TestedPart {
  const sessions = labelledSessions(log, NO_LABELS), at = Math.round(share * sessions.length);
  if (at < 1 || at >= sessions.length) {
    throw new Error(`Cannot divide the log: --session finds ${countText(sessions.length, "session")} in it`);
  }
  const [trained, tested] = [sessions.slice(0, at), sessions.slice(at)];
  const timed = log.records.some(({ time }) => !Number.isNaN(time)), size = log.settings.window;
  const cut = timed ? Math.floor(tested[0].first / size) * size : -Infinity;
  const around = (record: number) => log.records[record].around, keys = new Set(tested.map(({ key }) => key));
  const judged = timed ? sessions.filter(({ first }, i) => i >= at || first >= since) : tested;
  return {
    ...{ log, cut, trained, tested },
    training: () => partOfSessions(log, trained, { also: (record) => around(record) < cut }),
    testing: (edit = new LogEdit(log)) =>
      partOfSessions(log, judged, { edit, also: (record) => around(record) >= Math.min(since, cut) }),
    isTested: ({ key, service, start }) => service === null ? keys.has(key) : start >= cut,
  };
}
