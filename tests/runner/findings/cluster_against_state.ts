/**
 * What a cluster holds of findings, against what the state of the runs comes to.
 *
 * @module
 */
import { Registry } from "../../../lib/store/registry.ts";
import { State } from "../../../lib/store/state.ts";
import { loadConfig } from "../../../runner/config.ts";
import { documentId } from "../../../runner/findings/document.ts";
import { recordEverything } from "../../../runner/findings/everything.ts";
import { FindingsRecorder } from "../../../runner/findings/recorder.ts";
import type { FoundDocument, KeptDocument } from "../../services/findings_cluster.ts";

/** Documents that are kept as they are when what they were about is no more, or another model is at work. */
function isOver({ event: { dataset }, deepscan }: FoundDocument): boolean {
  const { alert, incident, verdict, model } = deepscan;
  if (dataset === "deepscan.alerts") return alert.status === "withdrawn";
  if (dataset === "deepscan.incidents") return ["merged", "withdrawn"].includes(incident.status);
  if (dataset === "deepscan.verdicts") return !verdict.anomalous;
  return dataset === "deepscan.models" && !model.active;
}

/**
 * Where documents are not those that the state of a folder comes to, for a person; empty where they are. How runs went is left
 * out: that is of the runs, not of the state.
 *
 * @param documents All that the cluster has.
 */
export async function strayFindings(folder: string, documents: readonly KeptDocument[]): Promise<string[]> {
  const wanted = await documentsOfState(folder), stray: string[] = [], seen = new Set<string>();
  for (const { index, id, source } of documents) {
    if (source.event.dataset === "deepscan.health") continue;
    if (seen.has(id)) stray.push(`${index}/${id} is there twice`);
    seen.add(id);
    const own = wanted.get(id), text = JSON.stringify(sorted(source));
    if (own === undefined) {
      if (!isOver(source)) stray.push(`${index}/${id} is too much: ${text}`);
    } else if (own !== text) stray.push(`${index}/${id} is\n  ${text}\nand not\n  ${own}`);
  }
  for (const [id, text] of wanted) if (!seen.has(id)) stray.push(`missing: ${text}`);
  return stray;
}

/** Every document that a state comes to, by its id. */
async function documentsOfState(folder: string): Promise<Map<string, string>> {
  const config = await loadConfig(`${folder}/deepscan.yaml`), state = State.copy(`${folder}/state/state.db`);
  try {
    const model = await new Registry(config.model.directory).loadActive();
    const known = new Set(state.findings.dead().map(({ kind, id }) => `${kind} ${id}`));
    const recorder = FindingsRecorder.of(config, state, { now: () => 0 })!;
    state.transaction(() =>
      recordEverything(recorder, state, { model, all: config.findings!.verdicts === "all" })
    );
    const due = state.findings.due(1 << 30).filter(({ kind, id }) =>
      kind !== "health" && !known.has(`${kind} ${id}`)
    );
    const live = due.filter(({ body }) => !isOver(JSON.parse(body)));
    return new Map(
      live.map((
        { kind, id, body },
      ) => [documentId(config.findings!.name, kind, id), JSON.stringify(sorted(JSON.parse(body)))]),
    );
  } finally {
    state.close();
  }
}

/** Equal values have equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, one]) => [key, sorted(one)]),
  );
}
