/**
 * The records of a stream that may be told, from what was noted of it.
 *
 * @module
 */
import { leastBeyondChance } from "../../explain/chance_bound.ts";
import { LEVEL_CLASS } from "../../record/level.ts";
import type { StreamModel } from "../stream_model.ts";
import type { Silence } from "./service_notes.ts";
import type { KeptRecord } from "./kept_record.ts";
import type { StoryCandidate, StoryMark } from "./story_lines.ts";
import type { StreamNotes } from "./stream_notes.ts";
import { type RateChange, rateChange, type TemplateCounts } from "./template_changes.ts";
import type { TemplateNotes } from "./template_notes.ts";

/** What shows an incident at its worst where nothing severe was logged, most telling first. */
const REASON = "first of the reasons";
const SYMPTOMS: readonly StoryMark[] = [
  REASON,
  "silence begins",
  "burst begins",
  "vanished",
  "first of its kind",
];
/** What is rare comes by training less often than this in a span as long as the incident. */
const RARE = 0.1;
/** What is always there: so many records before, or a silence means nothing. */
const USUAL = 5;
/** OpenTelemetry `SeverityNumber` of the mildest warning. */
const WARN = 13;

/** A record of a stream that may be told. */
export interface StreamCandidate extends StoryCandidate {
  stream: string;
  record: KeptRecord;
}

/** What is known of a template's part in an incident. */
export interface TemplateFacts extends TemplateCounts {
  template: number;
  notes: TemplateNotes;
  change: RateChange | null;
  /** Whether nobody has ever seen it before. */
  isNew: boolean;
  /** Whether it hardly ever comes. */
  isRare: boolean;
}

/** What candidates are made with. */
export interface FactOptions {
  model: StreamModel;
  /** When templates that training didn't know were first seen, ms, by their ids. */
  firstSeen: ReadonlyMap<string, number>;
}

/** Counts of records with nothing in place of those of a span that no log covers from its beginning. */
export function comparable(
  { since, span }: StreamNotes,
  own: Record<keyof TemplateCounts, number>,
): TemplateCounts {
  const reaches = (from: number) => since <= from, { during, before, dayBefore } = own;
  return {
    during,
    before: reaches(span.before.from) ? before : null,
    dayBefore: reaches(span.dayBefore.from) ? dayBefore : null,
  };
}

/** What is known of each template of a stream. */
export function templateFacts(notes: StreamNotes, { model, firstSeen }: FactOptions): TemplateFacts[] {
  const { span, catalogue } = notes, { trained, settings } = model;
  const usual = (span.to - span.from) / (trained.to - trained.from);
  return [...notes.templates].map(([template, own]) => {
    const { id, count, provisional } = catalogue.template(template);
    const hasBefore = own.before + own.dayBefore > 0, counts = comparable(notes, own);
    const seen = firstSeen.get(id) ?? span.from;
    const isNew = provisional && !hasBefore && seen >= span.from - settings.window;
    const isRare = !hasBefore && (provisional || !(count * usual >= RARE));
    return { template, notes: own, ...counts, change: rateChange(counts), isNew, isRare };
  });
}

/** The records of a stream that may be told. */
export function streamCandidates(
  stream: string,
  facts: readonly TemplateFacts[],
  notes: StreamNotes,
): StreamCandidate[] {
  const found: StreamCandidate[] = [];
  const add = (record: KeptRecord | null, mark: StoryMark, weight: number) => {
    if (record !== null) found.push(candidateOf(stream, record, { mark, weight }));
  };
  for (const one of facts) {
    const { notes: { first, worst, burst, last } } = one, certainty = weightOf(one.change?.certainty ?? 0);
    if (first === null) {
      if (isVanished(one, facts.length)) add(last, "vanished", certainty);
      continue;
    }
    const level = (worst ?? first).severity / 24;
    if (one.isNew) add(first, "first ever seen", level);
    else if (one.isRare) add(first, "rare", level);
    if (one.change?.kind === "more" || one.change?.kind === "new") add(burst, "burst begins", certainty);
    add(first, "first of its kind", certainty);
    add(last, "last of its kind", certainty);
  }
  for (const { record, weight } of notes.wanted.found()) add(record, "first of the reasons", weight);
  for (const record of notes.session.kept) add(record, "step of the worst session", 0);
  for (const { before, after } of silences(notes)) {
    add(before, "silence begins", 0.5);
    add(after, "silence ends", 0.5);
  }
  return found;
}

/** Silences of services that no chance explains. */
function silences({ services, span, since }: StreamNotes): Silence[] {
  const reached = (["before", "dayBefore"] as const).filter((name) => since <= span[name].from);
  const limit = leastBeyondChance(services.size);
  return [...services.values()].map((service) => service.silence(limit, reached)).filter((one) =>
    one !== null
  );
}

/** Whether a template that is always there stays away. */
function isVanished({ change, before, dayBefore }: TemplateFacts, templates: number): boolean {
  return change?.kind === "vanished" && change.certainty >= leastBeyondChance(templates) &&
    (before ?? USUAL) >= USUAL && (dayBefore ?? USUAL) >= USUAL;
}

/** 0–1: half of it where chance is ruled out by e to the minus 20. */
function weightOf(certainty: number): number {
  return certainty === Infinity ? 1 : certainty / (20 + certainty);
}

/**
 * The record that shows an incident at its worst: the most severe one that is rare, came more often than before or is spoken
 * of by verdicts, from warnings on; else the first of the reasons, the last one before a silence, the beginning of a burst,
 * whatever there is. `null` without any.
 *
 * @param facts By stream.
 */
export function worstSymptom(
  candidates: readonly StreamCandidate[],
  facts: ReadonlyMap<string, readonly TemplateFacts[]>,
): StreamCandidate | null {
  const reasons = new Set(candidates.filter(({ mark }) => mark === REASON).map(({ kind }) => kind));
  const isReason = (kind: string) => reasons.has(kind);
  const severe = [...facts].flatMap(([stream, own]) =>
    own.flatMap((one) => severeRecord(stream, one, { templates: own.length, isReason }))
  )
    .sort((a, b) => levelOf(b) - levelOf(a) || b.weight - a.weight || a.time - b.time);
  if (severe.length > 0) return severe[0];
  for (const mark of SYMPTOMS) {
    const own = candidates.filter((one) => one.mark === mark);
    if (own.length > 0) {
      const [most] = own.sort((a, b) => b.weight - a.weight || a.time - b.time);
      return { ...most, mark: "worst symptom" };
    }
  }
  return null;
}

/** The most severe record of a template, where it is at least a warning and belongs to the incident. */
function severeRecord(
  stream: string,
  { template, notes: { worst, first }, change, isNew, isRare }: TemplateFacts,
  { templates, isReason }: { templates: number; isReason: (kind: string) => boolean },
): StreamCandidate[] {
  const record = worst ?? first;
  if (record === null || record.severity < WARN) return [];
  const certainty = change?.kind === "more" || change?.kind === "new" ? change.certainty : 0;
  const belongs = isNew || isRare || certainty >= leastBeyondChance(templates) ||
    isReason(kindOf(stream, template));
  return belongs ? [candidateOf(stream, record, { mark: "worst symptom", weight: weightOf(certainty) })] : [];
}

function levelOf({ severity }: StreamCandidate): number {
  return LEVEL_CLASS[severity];
}

function kindOf(stream: string, template: number): string {
  return `${stream}:${template}`;
}

function candidateOf(
  stream: string,
  record: KeptRecord,
  told: Pick<StoryCandidate, "mark" | "weight">,
): StreamCandidate {
  const { time, severity, template, place } = record;
  return {
    stream,
    record,
    place: `${stream}:${place}`,
    kind: kindOf(stream, template),
    time,
    severity,
    ...told,
  };
}
