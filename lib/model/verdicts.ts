/**
 * What is told of a window that was judged.
 *
 * @module
 */
import type { Decision, Opinion } from "../ensemble/ensemble.ts";
import { detectorShares, explain } from "../explain/explain.ts";
import { type OverRepresented, overRepresented } from "../explain/over_represented.ts";
import type { Reason, Verdict } from "../explain/reason.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { Catalogue } from "../template/catalogue.ts";
import { DECISION_THRESHOLD } from "../threshold/decide.ts";
import { GREATEST, type GreatestFact } from "../window/greatest_fact.ts";
import { type ValueFact, VALUES } from "../window/value_fact.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { Examples } from "./examples.ts";
import type { Novelties } from "./novelties.ts";
import type { StreamModel } from "./stream_model.ts";
import { templateNames } from "./template_names.ts";

/** A closed window, and what was decided on it. */
export interface JudgedWindow {
  closed: ClosedWindows;
  /** Its row in {@linkcode closed}. */
  index: number;
  /** Name of its service. */
  service: string;
  window: EventWindow;
  decision: Decision;
}

/** Anomalous windows with equal opinions that are shown with lines of their own; further ones share the last one's. */
const OWN_EXAMPLES = 8;

/** Values of a reason that are told. */
const MOST_VALUES = 3;

/** Makes verdicts; windows with the same opinions share their reasons. Used by `Judge`. */
export class Verdicts {
  readonly #names: TemplateNames;
  readonly #explained = new WeakMap<readonly Opinion[], { reasons: Reason[]; shown: number }>();

  constructor(private readonly options: { model: StreamModel; catalogue: Catalogue; novelties?: Novelties }) {
    this.#names = templateNames(options.catalogue);
  }

  /** What is told of a window; with its reasons where it is anomalous. */
  of({ closed, index: i, window, decision, service }: JudgedWindow, examples: Examples): Verdict {
    const { score, opinions } = decision, anomalous = score > DECISION_THRESHOLD;
    return {
      stream: this.options.model.settings.name,
      kind: closed.isSession(i) ? "session" : "window",
      key: closed.identity(i),
      start: window.start,
      end: window.end,
      service: service,
      lines: window.lines,
      score,
      threshold: DECISION_THRESHOLD,
      anomalous,
      reasons: anomalous ? this.#reasons({ closed, index: i, window, decision }, examples) : [],
      detectors: anomalous ? detectorShares(opinions) : [],
    };
  }

  #reasons(
    { closed, index: i, window, decision: { opinions } }: Omit<JudgedWindow, "service">,
    examples: Examples,
  ): Reason[] {
    const { catalogue } = this.options, known = this.#explained.get(opinions);
    if (known !== undefined && known.shown >= OWN_EXAMPLES) return known.reasons;
    const bare = known?.reasons ?? this.#explain(opinions, window);
    const place = {
      kind: closed.isSession(i) ? "session" : "window",
      key: closed.key(i),
      start: closed.start[i],
      end: closed.end[i],
    } as const;
    const reasons = bare.map((reason) => {
      const index = catalogue.indexOf(reason.id.split(" ")[0]);
      if (index < 0) return reason;
      return { ...reason, example: valueRecord(reason, index, window) ?? examples.line(index, place) };
    });
    this.#explained.set(opinions, { reasons, shown: (known?.shown ?? 0) + 1 });
    return reasons;
  }

  #explain(opinions: readonly Opinion[], { events, facts }: EventWindow): Reason[] {
    const { catalogue, novelties, model } = this.options, merged = catalogue.decisions.merges.length > 0;
    const noted = (facts?.get(VALUES) ?? []) as ValueFact[];
    const values = overRepresented(noted, model.watched.values, this.#names);
    const reasons = explain(opinions, this.#names, {
      resolve: merged ? (id, text) => catalogue.resolve(id, text) : undefined,
      firstSeen: (template) => novelties?.firstSeen(this.#names.id(template)) ?? null,
      level: (template) => {
        const place = events.templates.indexOf(template);
        if (place >= 0) return severityOfClass(events.levels[place]);
        return template < catalogue.frozen ? this.#names.severity(template) : 0; // what was born may come to be worse
      },
    });
    return values.length === 0 ? reasons : reasons.map((reason) => withMostly(reason, values, catalogue));
  }
}

/**
 * The record of a session that said the number which a reason is about; empty where it wasn't kept, as another session's would say
 * another one. `undefined` = the reason is about no such number.
 */
function valueRecord({ kind, id }: Reason, template: number, { facts }: EventWindow): string | undefined {
  const noted = facts?.get(GREATEST) as GreatestFact[] | undefined;
  if (kind !== "value" || noted === undefined) return undefined;
  const slot = id.slice(id.indexOf(" ") + 1);
  const found = noted.find((fact) => fact.template === template && fact.slot === slot);
  return found === undefined ? undefined : found.record ?? "";
}

/** A reason with the values of its template that stand out. */
function withMostly(reason: Reason, values: readonly OverRepresented[], catalogue: Catalogue): Reason {
  const template = reason.kind === "template" || reason.kind === "unseen" ? catalogue.indexOf(reason.id) : -1;
  const own = template < 0 ? [] : values.filter((value) => value.template === template).slice(0, MOST_VALUES);
  if (own.length === 0) return reason;
  return {
    ...reason,
    mostly: own.map(({ slot, value, share, usual }) => ({ name: slot, value, share, usual })),
  };
}

/** The mildest OpenTelemetry `SeverityNumber` of a level class; 0 where it is none. */
function severityOfClass(level: number): number {
  return level === 0 ? 0 : 4 * level + 1;
}
