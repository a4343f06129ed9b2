/**
 * Templates of a model, and those born since, as documents.
 *
 * @module
 */
import { type Catalogue, levelOfSeverity } from "../../lib/mod.ts";
import { common, documentId, type FindingDocument, shownText, timeText } from "./document.ts";

/** Characters of a template's text. */
const TEXT = 1000;

/** What a document says beside its template. */
export interface TemplatePlace {
  /** What this DeepScan is called. */
  name: string;
  stream: string;
  /** Version of the model that knows it, or under which it was born. */
  model: string;
  /** When it was first seen, ms since the epoch; `null` = in training or before. */
  firstSeen: number | null;
  /** `@timestamp` where that is not known, ms since the epoch. */
  time: number;
  /** Template that people merged it into; `null` = none. */
  into?: string | null;
  /** Templates that became part of it. */
  absorbed?: string[];
  /** Whether people pinned it. */
  pinned?: boolean;
}

/** What a template is called among templates. */
export function templateName(stream: string, id: string): string {
  return `${stream} ${id}`;
}

/** The document of a template. */
export function templateDocument(
  { id, text, severity, count, provisional }: ReturnType<Catalogue["template"]>,
  { name, stream, model, firstSeen, time, into = null, absorbed = [], pinned = false }: TemplatePlace,
): FindingDocument {
  const base = common("templates", firstSeen ?? time, name), shown = shownText(text, TEXT) ?? "";
  return {
    ...base,
    event: {
      ...base.event,
      ...{ kind: "state", id: documentId(name, "templates", templateName(stream, id)) },
    },
    message: shown,
    deepscan: {
      stream,
      template: {
        ...{ id, text: shown, severity, level: levelOfSeverity(severity), count, provisional, pinned },
        ...{ first_seen: timeText(firstSeen), merged_into: into ?? undefined },
        absorbed: absorbed.length === 0 ? undefined : absorbed,
      },
      model: { version: model },
    },
  };
}

/** What became part of each template, by its id: while learning, and by what people said. */
export function absorbedBy(catalogue: Catalogue): ReadonlyMap<string, string[]> {
  const absorbed = new Map<string, string[]>(), { merged } = catalogue.toJSON();
  const add = (into: string, id: string) => absorbed.set(into, [...absorbed.get(into) ?? [], id]);
  for (const [{ id }, index] of merged) add(catalogue.template(index).id, id);
  for (const { from, into } of catalogue.decisions.merges) add(into.id, from.id);
  return new Map([...absorbed].map(([into, ids]) => [into, [...new Set(ids)].sort()]));
}
