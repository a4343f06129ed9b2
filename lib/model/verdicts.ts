/**
 * What is told of a window that was judged.
 *
 * @module
 */
import type { Decision, Opinion } from "../ensemble/ensemble.ts";
import { detectorShares, explain } from "../explain/explain.ts";
import type { SourceFact } from "../detector/threat/source_fact.ts";
import { overNumbers } from "../explain/over_numbers.ts";
import { overRepresented } from "../explain/over_represented.ts";
import { type OverSource, overSource } from "../explain/over_sources.ts";
import type { Mostly, Reason, Verdict } from "../explain/reason.ts";
import { QUANTITIES, type QuantityFact } from "../window/quantity_fact.ts";
import { SOURCES, type Watched } from "./watched.ts";
import type { EventWindow, TemplateNames } from "../feature/event_window.ts";
import type { Catalogue } from "../template/catalogue.ts";
import { DECISION_THRESHOLD } from "../threshold/decide.ts";
import { GREATEST, type GreatestFact } from "../window/greatest_fact.ts";
import { type ValueFact, VALUES } from "../window/value_fact.ts";
import type { ClosedWindows } from "../window/closed_windows.ts";
import type { Examples, ExampleWindow } from "./examples.ts";
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

/** What is said of windows with equal opinions. */
interface Explained {
  /** Without lines. */
  bare: Reason[];
  /** With those of the last window that had its own. */
  last: Reason[];
  /** How many windows had their own. */
  shown: number;
}

/** Values of a reason that are told. */
const MOST_VALUES = 3;

/** Makes verdicts; windows with the same opinions share their reasons. Used by `Judge`. */
export class Verdicts {
  readonly #names: TemplateNames;
  readonly #explained = new WeakMap<readonly Opinion[], Explained>();

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
    const known = this.#explained.get(opinions);
    if (known !== undefined && known.shown > OWN_EXAMPLES) return known.last;
    const bare = known?.bare ?? this.#explain(opinions, window), shown = (known?.shown ?? 0) + 1;
    const last = shown > OWN_EXAMPLES
      ? known!.last.map((reason) => reason.example === "" ? reason : { ...reason, exampleElsewhere: true })
      : bare.map((reason) => this.#withExample(reason, window, { place: placeOf(closed, i), examples }));
    this.#explained.set(opinions, { bare, last, shown });
    return last;
  }

  /** A reason with a line to show it by. */
  #withExample(
    reason: Reason,
    window: EventWindow,
    { place, examples }: { place: ExampleWindow; examples: Examples },
  ): Reason {
    const index = this.options.catalogue.indexOf(reason.id.split(" ")[0]);
    if (index < 0) return reason;
    const example = valueRecord(reason, index, window);
    if (example !== undefined) return { ...reason, example };
    const { text, isOwn } = examples.line(index, place), shown = { ...reason, example: text };
    return isOwn || text === "" ? shown : { ...shown, exampleElsewhere: true };
  }

  #explain(opinions: readonly Opinion[], { events, facts }: EventWindow): Reason[] {
    const { catalogue, novelties, model } = this.options, merged = catalogue.decisions.merges.length > 0;
    const over = overOf(facts, model.watched, this.#names);
    const reasons = explain(opinions, this.#names, {
      resolve: merged ? (id, text) => catalogue.resolve(id, text) : undefined,
      firstSeen: (template) => novelties?.firstSeen(this.#names.id(template)) ?? null,
      level: (template) => {
        const place = events.templates.indexOf(template);
        if (place >= 0) return severityOfClass(events.levels[place]);
        return template < catalogue.frozen ? this.#names.severity(template) : 0; // what was born may come to be worse
      },
    });
    return reasons.map((reason) => withMostly(reason, over, catalogue));
  }
}

function placeOf(closed: ClosedWindows, index: number): ExampleWindow {
  return {
    kind: closed.isSession(index) ? "session" : "window",
    key: closed.key(index),
    service: closed.service[index],
    start: closed.start[index],
    end: closed.end[index],
  };
}

/**
 * The record that said the number which a reason is about; of a session empty where it wasn't kept, as another session's would say
 * another one. `undefined` = the reason is about no such number, or the window's record wasn't kept.
 */
function valueRecord({ kind, id }: Reason, template: number, { facts }: EventWindow): string | undefined {
  if (kind !== "value") return undefined;
  const slot = id.slice(id.indexOf(" ") + 1);
  const isIts = (fact: { template: number; slot: string }) =>
    fact.template === template && fact.slot === slot;
  const found = (facts?.get(GREATEST) as GreatestFact[] | undefined)?.find(isIts);
  if (found !== undefined) return found.record ?? "";
  return (facts?.get(QUANTITIES) as QuantityFact[] | undefined)?.find(isIts)?.record;
}

/** What a window has more of than training had. */
interface Over {
  values: { template: number; mostly: Mostly }[];
  source: OverSource | null;
}

function overOf(
  facts: EventWindow["facts"],
  { values, spreads, sources }: Watched,
  names: TemplateNames,
): Over {
  const noted = (facts?.get(VALUES) ?? []) as ValueFact[],
    numbers = (facts?.get(QUANTITIES) ?? []) as QuantityFact[];
  const over = [
    ...overRepresented(noted, values, names).map(({ template, slot, value, share, usual }) => ({
      template,
      mostly: { name: slot, value, share, usual },
    })),
    ...overNumbers(numbers, spreads ?? {}, names).map(({ template, slot, above, unit, share, usual }) => ({
      template,
      mostly: { name: slot, value: String(above), share, usual, above: unit },
    })),
  ].sort(({ mostly: a }, { mostly: b }) => (b.share - b.usual) - (a.share - a.usual));
  const fact = facts?.get(SOURCES) as SourceFact | undefined;
  return {
    values: over,
    source: fact === undefined || sources === undefined ? null : overSource(fact, sources),
  };
}

/**
 * A reason with what stands out among the values of its template; one about more records than usual with the source that sent
 * most, where it can have sent them.
 */
function withMostly(reason: Reason, { values, source }: Over, catalogue: Catalogue): Reason {
  const { kind, id, actual, expected } = reason, isTemplate = kind === "template" || kind === "unseen";
  const template = isTemplate || kind === "value" ? catalogue.indexOf(id.split(" ")[0]) : -1;
  const own = template < 0
    ? []
    : values.filter((value) => value.template === template).map(({ mostly }) => mostly);
  const isSum = kind === "total" || kind === "level";
  if (source !== null && (isSum || isTemplate) && actual > expected && actual >= source.count) {
    const { source: value, share, usual } = source;
    own.unshift({ name: "source", value, share, usual, atMost: true });
  }
  return own.length === 0 ? reason : { ...reason, mostly: own.slice(0, MOST_VALUES) };
}

/** The mildest OpenTelemetry `SeverityNumber` of a level class; 0 where it is none. */
function severityOfClass(level: number): number {
  return level === 0 ? 0 : 4 * level + 1;
}
