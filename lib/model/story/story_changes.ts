/**
 * What was different in an incident: templates and services whose rate no chance explains.
 *
 * @module
 */
import { leastBeyondChance } from "../../explain/chance_bound.ts";
import type { Dictionary } from "../../record/dictionary.ts";
import { type Level, levelOfSeverity } from "../../record/level.ts";
import { comparable, type TemplateFacts } from "./story_candidates.ts";
import type { StreamNotes } from "./stream_notes.ts";
import { type ChangeKind, type RateChange, rateChange } from "./template_changes.ts";

export type { ChangeKind } from "./template_changes.ts";

/** What came more or less often than before. */
export interface StoryChange {
  stream: string;
  kind: ChangeKind;
  /** Template, redacted, and its worst level; or all records of a service. */
  template: string;
  level: Level;
  /** Records in the incident, as long before it, and at the same time of the day before; `null` = no log goes back so far. */
  during: number;
  before: number | null;
  dayBefore: number | null;
  /** Times as many as before: Infinity for `new`, 0 for `vanished`. */
  factor: number;
}

/** What was noted of a stream. */
export interface NotedStream {
  name: string;
  notes: StreamNotes;
  facts: readonly TemplateFacts[];
  services: Dictionary;
}

/** What no chance explains, of all streams: what nobody has ever seen before anything else, then the surest first. */
export function storyChanges(streams: readonly NotedStream[]): StoryChange[] {
  return streams.flatMap(changesOf).sort(byCertainty).map(({ change }) => change);
}

/** A change, and what it is ordered by. */
interface OrderedChange {
  change: StoryChange;
  isNew: boolean;
  certainty: number;
}

function changesOf(read: NotedStream): OrderedChange[] {
  const { name: stream, notes, facts } = read, least = leastBeyondChance(facts.length + notes.services.size);
  const isTelling = (change: RateChange | null) => change !== null && change.certainty >= least;
  const templates = facts.filter(({ isNew, change }) => isNew || isTelling(change)).map((one) => {
    const { template, isNew, notes: own, during, before, dayBefore } = one;
    const { text, severity } = notes.catalogue.template(template);
    const { kind, factor, certainty } = one.change ?? NEVER_BEFORE;
    const level = levelOfSeverity((own.worst ?? own.first)?.severity ?? severity);
    return {
      change: { stream, kind, template: text, level, during, before, dayBefore, factor },
      isNew,
      certainty,
    };
  });
  return [
    ...templates,
    ...serviceChanges(read).filter(({ change }) => isTelling(change)).map(({ service, counts, change }) => {
      const { kind, factor, certainty } = change!, template = `all records of ${service}`;
      return {
        change: { stream, kind, template, level: "none" as const, ...counts, factor },
        isNew: false,
        certainty,
      };
    }),
  ];
}

/** Of what no log before the incident was read. */
const NEVER_BEFORE: RateChange = { kind: "new", factor: Infinity, certainty: 0 };

/** How much each service said, where that is not as before. */
function serviceChanges({ notes, services }: NotedStream) {
  return [...notes.services].map(([number, own]) => {
    const counts = comparable(notes, own);
    return { service: services.text(number), counts, change: rateChange(counts) };
  });
}

function byCertainty(a: OrderedChange, b: OrderedChange): number {
  return Number(b.isNew) - Number(a.isNew) || b.certainty - a.certainty ||
    (a.change.template < b.change.template ? -1 : 1);
}
