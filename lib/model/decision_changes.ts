/**
 * Where two models of a stream draw their lines.
 *
 * @module
 */
import type { Ensemble } from "../ensemble/ensemble.ts";
import { Raised } from "../ensemble/raised.ts";
import { SeriesEnsemble } from "../ensemble/series.ts";
import { Together } from "../ensemble/together.ts";
import { numberText } from "../table/figures.ts";
import type { Scope, StreamModel } from "./stream_model.ts";

/** Something that decides otherwise. */
export interface DecisionChange {
  /** `sessions`, `service NAME` or `*`. */
  scope: string;
  /** The detector whose line it is, or which part of the decision. */
  what: string;
  /** In words; empty = there is nothing of the kind. */
  before: string;
  after: string;
}

/** What people call decisions that are no detector's alone, by their kind. */
const NAMES: Record<string, string> = {
  "session-modes": "what sessions do",
  "session-values": "numbers and times",
  "threats": "threats",
};

/**
 * What two models of a stream decide by and don't have alike: lines of detectors, budgets of channels, what is said of the decision
 * on sessions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { decisionChanges } from "./decision_changes.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = Array.from({ length: 30 }, (_, i) => `2026-03-02T10:${10 + i}:01Z INFO request ${i} served\n`).join("");
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [stdinInput(new Blob([log]).stream())]);
 * const fit = (alertsPerDay: number) =>
 *   fitStream(learned, { threshold: { rule: "budget", level: .999, k: 3, alertsPerDay } });
 *
 * const changes = decisionChanges(await fit(1), await fit(2));
 * assert.deepEqual(changes.find(({ what }) => what === "new-error"), {
 *   ...{ scope: "*", what: "new-error" },
 *   ...{ before: "0.115 alarms a day", after: "0.231 alarms a day" },
 * });
 * assert.deepEqual(decisionChanges(await fit(1), await fit(1)), []);
 * ```
 */
export function decisionChanges(before: StreamModel, after: StreamModel): DecisionChange[] {
  const names = new Set([...before.scopes, ...after.scopes].map(({ name }) => name));
  return [...names].flatMap((scope) => {
    const [then, now] = [before, after].map(({ scopes }) =>
      decisionsOf(scopes.find(({ name }) => name === scope))
    );
    return [...new Set([...then.keys(), ...now.keys()])].map((what) => ({
      ...{ scope, what },
      ...{ before: then.get(what) ?? "", after: now.get(what) ?? "" },
    }));
  }).filter(({ before, after }) => before !== after);
}

/** What a part of a model decides by. */
export interface DecisionLine {
  /** `sessions`, `service NAME` or `*`. */
  scope: string;
  /** The detector whose line it is, or which part of the decision. */
  what: string;
  /** In words. */
  said: string;
}

/**
 * What a model of a stream decides by: lines of detectors, budgets of channels, what is said of the decision on sessions.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stdinInput } from "../source/stdin.ts";
 * import { decisionLines } from "./decision_changes.ts";
 * import { fitStream } from "./fit.ts";
 * import { learn } from "./learn.ts";
 * import { streamSettings } from "./stream_settings.ts";
 *
 * const log = Array.from({ length: 30 }, (_, i) => `2026-03-02T10:${10 + i}:01Z INFO request ${i} served\n`).join("");
 * const learned = await learn(streamSettings({ name: "web", window: 60_000 }), [stdinInput(new Blob([log]).stream())]);
 * const threshold = { rule: "quantile", level: .99, k: 3 };
 * const [line] = decisionLines(await fitStream(learned, { detectors: ["new-template"], threshold }));
 * assert.deepEqual([line.scope, line.what, line.said], ["*", "new-template", "line 0.5"]);
 * ```
 */
export function decisionLines({ scopes }: StreamModel): DecisionLine[] {
  return scopes.flatMap((scope) =>
    [...decisionsOf(scope)].map(([what, said]) => ({ scope: scope.name, what, said }))
  );
}

/** What a scope decides by, in words, by what it is called. */
function decisionsOf(scope: Scope | undefined): Map<string, string> {
  if (scope === undefined) return new Map();
  if (scope.ensemble instanceof Raised) {
    const { inner, lines } = scope.ensemble, decisions = decisionsOf({ ...scope, ensemble: inner });
    for (const [detector, factor] of Object.entries(lines)) {
      const said = [decisions.get(detector) ?? "", `raised ${numberText(factor, 3)} times by feedback`];
      decisions.set(detector, said.filter((text) => text !== "").join(", "));
    }
    return decisions;
  }
  const { ensemble, detectors, sequences = [] } = scope;
  if (ensemble.kind !== "static") return new Map(membersOf(ensemble).flatMap((one) => [...saidOf(one)]));
  return new Map([...detectors, ...sequences].map(({ detector: { kind }, threshold }) => [
    kind,
    `line ${numberText(threshold.value, 4)}`,
  ]));
}

function membersOf(ensemble: Ensemble): Ensemble[] {
  return ensemble instanceof Together ? ensemble.members.flatMap(membersOf) : [ensemble];
}

function* saidOf(ensemble: Ensemble): Iterable<[what: string, said: string]> {
  if (!(ensemble instanceof SeriesEnsemble)) {
    if (ensemble.notes.length > 0) yield [NAMES[ensemble.kind] ?? ensemble.kind, ensemble.notes.join("; ")];
    return;
  }
  for (const { detector, value, nominal, windows } of ensemble.lines()) {
    const allowed = `${numberText(nominal)} alarms a day`;
    const line = value === Infinity ? "no line yet, " : windows > 0 ? `line ${numberText(value, 4)}, ` : "";
    yield [detector, line + allowed];
  }
}
