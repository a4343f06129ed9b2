/**
 * Where the documents of panels lie: logs, and each kind of findings.
 *
 * @module
 */
import type { Config } from "../config.ts";
import { type FindingsSettings, healthStream } from "../findings/index_template.ts";
import type { Condition, SourceName } from "./panel.ts";

/** Time of every document. */
export const TIME = "@timestamp";

/** Documents of one kind. */
export interface Source {
  /** What the data view is called. */
  title: string;
  /** Indices, as Elasticsearch takes them: names and patterns, with commas between them. */
  indices: string;
  /** What tells them from others that may lie in the same indices; `null` = they are no findings. */
  conditions: readonly Condition[] | null;
  /** Whether each belongs to a stream, `deepscan.stream`. */
  hasStream: boolean;
}

/** What decides where documents lie. */
export type PanelSettings = Pick<Config, "ship"> & { findings: FindingsSettings };

/** Where documents lie by these settings. */
export function sourcesOf({ ship, findings }: PanelSettings): Record<SourceName, Source> {
  const { index, health } = findings;
  const monthly = (kind: string) => `${index}-${kind}-*`;
  const told = health === "data_stream" ? healthStream(findings) : monthly("health");
  const of = (kind: string, indices: string, hasStream = true, ...more: Condition[]): Source => ({
    ...{ title: `DeepScan ${kind}`, indices, hasStream },
    conditions: [{ field: "event.dataset", is: `deepscan.${kind}` }, ...more],
  });
  const subject = (is: string): Condition => ({ field: "deepscan.health.subject", is });
  return {
    logs: {
      ...{ title: "Server logs", indices: ship.data_stream ? ship.index : `${ship.index}-*` },
      ...{ conditions: null, hasStream: false },
    },
    alerts: of("alerts", monthly("alerts")),
    incidents: of("incidents", monthly("incidents")),
    verdicts: of("verdicts", monthly("verdicts")),
    templates: of("templates", `${index}-templates*`), // a pattern, so that none yet is no error
    models: of("models", `${index}-models*`),
    runs: of("health", told, false, subject("run")),
    streams: of("health", told, true, subject("stream")),
  };
}
