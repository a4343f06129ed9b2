/**
 * Models and templates, written down as documents.
 *
 * @module
 */
import type { Catalogue, StreamModel } from "../../lib/mod.ts";
import type { FindingDocument } from "./document.ts";
import type { FindingsLog } from "./findings_log.ts";
import { modelDocument, modelName, type ModelVersion } from "./model_document.ts";
import { absorbedBy, templateDocument, templateName } from "./template_documents.ts";

/** Since when templates unknown to training are there. */
export interface FirstSeen {
  firstSeen(template: string): number | null;
}

/**
 * Writes down the card of the model that judges a stream from now on, and its templates; the cards of other models of the stream
 * are not active any more. Nothing is written where that was done already.
 */
export function recordModel(
  log: FindingsLog,
  stream: StreamModel,
  of: ModelVersion,
  { firstSeen }: FirstSeen,
): void {
  const { settings: { name }, catalogue, trained } = stream, id = modelName(name, of.version);
  const document = modelDocument(stream, of, log.name);
  for (const other of log.state.findings.ofKind("models")) {
    const card = JSON.parse(other.body) as ModelCard;
    if (other.id === id || card.deepscan.stream !== name || !card.deepscan.model.active) continue;
    card.deepscan.model.active = false;
    log.put({ kind: "models", id: other.id, time: null, document: card, keepsBody: true });
  }
  if (!log.put({ kind: "models", id, time: null, document, keepsBody: true })) return;
  const time = Number.isFinite(trained.from) ? trained.from : of.createdAt, absorbed = absorbedBy(catalogue);
  for (let index = 0; index < catalogue.frozen; index++) {
    putTemplate(log, { catalogue, stream: name, model: of.version, time, firstSeen, absorbed }, index);
  }
  for (const [into, ids] of absorbed) {
    for (const from of ids) putMerged(log, { stream: name, model: of.version, from, into });
  }
}

/** A template that is part of another now: what was written of it stays, and says so. */
function putMerged(
  log: FindingsLog,
  { stream, model, from, into }: { stream: string; model: string; from: string; into: string },
): void {
  const id = templateName(stream, from), { body = "" } = log.known("templates", id) ?? {};
  if (body === "") return; // nobody was told of it
  const document = JSON.parse(body) as WrittenTemplate;
  Object.assign(document.deepscan.template, { provisional: false, merged_into: into });
  document.deepscan.model.version = model;
  log.put({ kind: "templates", id, time: null, document, keepsBody: true });
}

/** The document of a template as far as it is changed later. */
interface WrittenTemplate extends FindingDocument {
  deepscan: { template: Record<string, unknown>; model: { version: string } };
}

/** A card as far as it is read again. */
interface ModelCard extends FindingDocument {
  deepscan: { stream: string; model: { active: boolean } };
}

/** What {@linkcode putTemplate} goes by. */
interface KnownTemplates extends FirstSeen {
  catalogue: Catalogue;
  stream: string;
  /** Version of the model. */
  model: string;
  /** `@timestamp` of templates of which it is not known when they were first seen. */
  time: number;
  absorbed: ReadonlyMap<string, string[]>;
}

function putTemplate(log: FindingsLog, known: KnownTemplates, index: number): void {
  const { catalogue, stream, model, time, absorbed } = known, template = catalogue.template(index);
  const { id } = template, into = catalogue.resolve(id, template.text).id;
  const document = templateDocument(template, {
    ...{ name: log.name, stream, model, time, firstSeen: known.firstSeen(id) },
    ...{ into: into === id ? null : into, absorbed: absorbed.get(id), pinned: catalogue.isPinned(index) },
  });
  log.put({ kind: "templates", id: templateName(stream, id), time: null, document, keepsBody: true });
}

/** Templates that were born while scanning. */
export class BornTemplates {
  /** What was written of each, by stream and id. */
  readonly #written = new Map<string, string>();

  /** Writes down those that have changed. */
  record(log: FindingsLog, born: Omit<KnownTemplates, "absorbed">): void {
    const { catalogue, stream } = born, absorbed = absorbedBy(catalogue);
    for (let index = catalogue.frozen; index < catalogue.size; index++) {
      const { id, count } = catalogue.template(index), key = templateName(stream, id);
      const now = `${count} ${born.firstSeen(id)} ${born.model}`;
      if (this.#written.get(key) === now) continue;
      putTemplate(log, { ...born, absorbed }, index);
      this.#written.set(key, now);
    }
  }
}
