/**
 * A labelled log in two parts: one that trains, one that is tested.
 *
 * @module
 */
import {
  anomalousRecords,
  countText,
  divide,
  type Input,
  labelledSessions,
  type Labels,
  labelsOfPart,
  partOfSessions,
  partOfTime,
  type Protocol,
  type RecordedLog,
} from "../../lib/mod.ts";
import { UsageError } from "../context.ts";
import { timeCut } from "./time_cut.ts";

/** The two parts. */
export interface Parts {
  training: Input[];
  testing: Input[];
  /** Labels of what is tested. */
  labels: Labels;
  /** What trains, in words. */
  trained: string;
}

/** The parts of a log by a protocol. */
export function partsOf(
  log: RecordedLog,
  labels: Labels,
  protocol: Protocol,
  how: { unlabelled: boolean; seed: number },
): Parts {
  return log.settings.session === null
    ? partsByTime(log, labels, protocol, how.unlabelled)
    : partsBySession(log, labels, protocol, how);
}

function partsBySession(
  log: RecordedLog,
  labels: Labels,
  protocol: Protocol,
  how: { unlabelled: boolean; seed: number },
): Parts {
  const sessions = labelledSessions(log, labels);
  if (sessions.length < 2) {
    throw new Error(`Cannot divide the log: --session finds ${countText(sessions.length, "session")} in it`);
  }
  const { training, testing } = divide(sessions, protocol, how);
  const pick = (indices: readonly number[]) => indices.map((i) => sessions[i]);
  const begin = pick(testing).reduce((least, { first }) => Math.min(least, first), Infinity),
    { order } = protocol;
  const tested = new Set(pick(testing).map(({ key }) => key));
  return {
    training: partOfSessions(log, pick(training)),
    testing: partOfSessions(log, pick(testing)),
    labels: labelsOfPart(labels, (key) => tested.has(key), order === "random" ? -Infinity : begin),
    trained: `${training.length.toLocaleString("en")} of ${sessions.length.toLocaleString("en")} sessions`,
  };
}

/** Time windows can only be divided by time: a window among others of another part would be silence there. */
function partsByTime(
  log: RecordedLog,
  labels: Labels,
  { order, share }: Protocol,
  unlabelled: boolean,
): Parts {
  if (order === "random") {
    throw new UsageError("Cannot divide time windows at random: --protocol chronological:P is for them");
  }
  const { cut } = timeCut(log, share);
  const without = unlabelled ? () => false : anomalousRecords(log, labels);
  const isTested = (key: string) => Date.parse(key.slice(key.lastIndexOf("@") + 1)) >= cut;
  return {
    training: partOfTime(log, { to: cut, without }),
    testing: partOfTime(log, { from: cut }),
    labels: labelsOfPart(labels, isTested, cut),
    trained: `up to ${new Date(cut).toISOString().slice(0, 16)}Z`,
  };
}
