/**
 * Ensembles from their snapshots.
 *
 * @module
 */
import type { TemplateNames } from "../feature/event_window.ts";
import { savedFields } from "../record/saved_fields.ts";
import type { FeatureSpace } from "../feature/feature_space.ts";
import type { Ensemble, EnsembleSnapshot } from "./ensemble.ts";
import { CountScorer, type CountScorerOptions } from "./count_scorer.ts";
import { Raised } from "./raised.ts";
import { SequenceScorer } from "./sequence_scorer.ts";
import { SeriesEnsemble } from "./series.ts";
import { SessionModes } from "./session_modes.ts";
import type { SessionScorer } from "./sessions.ts";
import { SessionValues } from "./session_values.ts";
import { ThreatEnsemble } from "./threats.ts";
import { Together } from "./together.ts";
import { type ScopeDetector, type ScopeSequences, StaticEnsemble } from "./static_ensemble.ts";

const { amount, arrayOf, fieldsOf, refuse, text } = savedFields("an ensemble");

/** What an ensemble may use of its scope. */
export interface EnsembleScope {
  space: FeatureSpace;
  detectors: readonly ScopeDetector[];
  /** Those that read events in order; default none. */
  sequences?: readonly ScopeSequences[];
}

/**
 * The ensemble that a snapshot describes.
 *
 * @throws {RangeError} if there is no such kind.
 * @throws {TypeError} if a field is missing, of the wrong type or of an unknown version.
 */
export function restoreEnsemble(
  snapshot: EnsembleSnapshot,
  scope: EnsembleScope,
  names: TemplateNames,
): Ensemble {
  const kind = text(snapshot.kind, "kind");
  switch (kind) {
    case "static":
      if (snapshot.version !== 1) refuse("version", "1", snapshot.version);
      return new StaticEnsemble(scope, names) as Ensemble;
    case "series":
      return SeriesEnsemble.fromJSON(snapshot, names, {
        scorers: scorersOf(scope, names, { knownOnly: true }),
      }) as Ensemble;
    case "session-modes":
      return SessionModes.fromJSON(snapshot, names, sessionScorersOf(scope, names)) as Ensemble;
    case "session-values":
      return SessionValues.fromJSON(snapshot, names) as Ensemble;
    case "threats":
      return ThreatEnsemble.fromJSON(snapshot) as Ensemble;
    case "together": {
      if (snapshot.version !== 1) refuse("version", "1", snapshot.version);
      const members = arrayOf(snapshot.members, "members", fieldsOf);
      const yielding = snapshot.yielding === undefined ? [] : arrayOf(snapshot.yielding, "yielding", text);
      return new Together(
        members.map((member) => restoreEnsemble(member as EnsembleSnapshot, scope, names)),
        { yielding },
      ) as Ensemble;
    }
    case "raised": {
      if (snapshot.version !== 1) refuse("version", "1", snapshot.version);
      const lines = Object.entries(fieldsOf(snapshot.lines, "lines")).map(([name, factor]) =>
        [name, amount(factor, `lines.${name}`)] as const
      );
      const inner = fieldsOf(snapshot.inner, "inner") as unknown as EnsembleSnapshot;
      return new Raised(restoreEnsemble(inner, scope, names), Object.fromEntries(lines));
    }
    default:
      throw new RangeError(`Cannot restore an ensemble: ${kind} is not known`);
  }
}

/** As they were fitted: those of counts, then those of sequences. */
function sessionScorersOf(scope: EnsembleScope, names: TemplateNames): SessionScorer[] {
  const orders = (scope.sequences ?? []).map(({ detector, threshold: { value } }) =>
    new SequenceScorer(detector, { names, unit: value })
  );
  return [...scorersOf(scope, names), ...orders];
}

function scorersOf(
  { space, detectors }: EnsembleScope,
  names: TemplateNames,
  options: Pick<CountScorerOptions, "knownOnly"> = {},
): CountScorer[] {
  return detectors.map(({ detector, threshold: { value } }) =>
    new CountScorer(detector, { space, names, unit: value, ...options })
  );
}
