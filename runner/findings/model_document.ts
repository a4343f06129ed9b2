/**
 * A model's part for one stream as a document: its card.
 *
 * @module
 */
import type { Model, StreamModel } from "../../lib/mod.ts";
import { common, documentId, type FindingDocument, timeText } from "./document.ts";

/** Names and versions of a model. */
export type ModelVersion = Pick<Model, "version" | "parent" | "createdAt" | "seed">;

/** What a model's card is called among models. */
export function modelName(stream: string, version: string): string {
  return `${stream} ${version}`;
}

/**
 * The card of a model for a stream: what it comes from, what it learned from, where its lines are drawn.
 *
 * @param name What this DeepScan is called.
 */
export function modelDocument(stream: StreamModel, of: ModelVersion, name: string): FindingDocument {
  const { settings, trained, formats, catalogue, scopes } = stream, { version, parent, createdAt, seed } = of;
  const base = common("models", createdAt, name);
  return {
    ...base,
    event: {
      ...base.event,
      ...{ kind: "state", id: documentId(name, "models", modelName(settings.name, version)) },
      ...{ start: timeText(trained.from), end: timeText(trained.to) },
    },
    message:
      `model ${version} of ${settings.name}: ${catalogue.frozen} templates, ${trained.windows} windows`,
    deepscan: {
      stream: settings.name,
      model: {
        ...{
          version,
          parent: parent ?? undefined,
          active: true,
          created: timeText(createdAt),
          seed,
          formats,
        },
        ...trainedFields(stream),
        redactions: settings.redact?.length ?? 0,
        scopes: scopes.map(scopeFields),
      },
    },
  };
}

function trainedFields({ settings: { window, session }, trained, catalogue }: StreamModel) {
  const { from, to, records, windows, excluded, fingerprint } = trained;
  return {
    ...{ fingerprint, from: timeText(from), to: timeText(to), records, windows },
    ...{ excluded: excluded.length, templates: catalogue.frozen },
    ...{ merges: catalogue.decisions.merges.length, window_ms: window, session: session?.pattern },
  };
}

function scopeFields({ name, windows, detectors, sequences = [], ensemble }: StreamModel["scopes"][number]) {
  return {
    ...{ name, windows, ensemble: ensemble.kind },
    notes: ensemble.notes.length === 0 ? undefined : [...ensemble.notes],
    thresholds: [...detectors, ...sequences].map(({ detector, threshold }) => ({
      ...{ detector: detector.kind, rule: threshold.rule, value: threshold.value },
      ...{ nominal: threshold.nominal ?? undefined, realised: threshold.realised },
      ...{ windows: threshold.windows, note: threshold.note || undefined },
    })),
  };
}
