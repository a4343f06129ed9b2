/**
 * Index templates of documents about findings, and how long these are kept.
 *
 * @module
 */
import type { Config } from "../config.ts";
import { FIELDS } from "./fields.ts";

/** The section of the settings. */
export type FindingsSettings = NonNullable<Config["findings"]>;

/** Version of the templates: it rises with every change of {@linkcode FIELDS} or of what stands here. */
export const TEMPLATE_VERSION = 1;

/** Above those that come with the server. */
const PRIORITY = 250;
const DAY = 86_400_000, HOUR = 3_600_000;

/** Something to be put into a cluster. */
export interface ClusterPart {
  /** Where: `/_index_template/deepscan-findings`. */
  path: string;
  body: Record<string, unknown>;
}

/** Name of the data stream that tells how runs went. */
export function healthStream({ index }: Pick<FindingsSettings, "index">): string {
  return `metrics-${index}.health-default`;
}

/** Name of the lifecycle policy, and of the template of what it deletes. */
export function policyName({ index }: Pick<FindingsSettings, "index">): string {
  return `${index}-findings`;
}

/** Patterns of the indices that hold what happened in a month, and are deleted when it is long ago. */
export function monthlyPatterns({ index }: Pick<FindingsSettings, "index">): string[] {
  return ["alerts", "incidents", "verdicts", "health"].map((kind) => `${index}-${kind}-*`);
}

/** The lifecycle policy: what is older than the settings keep is deleted. */
export function lifecyclePolicy(settings: FindingsSettings): ClusterPart {
  return {
    path: `/_ilm/policy/${policyName(settings)}`,
    body: {
      policy: {
        phases: {
          hot: { actions: {} },
          delete: { min_age: daysOf(settings.keep), actions: { delete: {} } },
        },
        _meta: { managed_by: "deepscan" },
      },
    },
  };
}

/**
 * The index templates: of what happened, of what is known (templates, models), and of the data stream of how runs went.
 *
 * All fields have exact types, and a field that is none of them is kept but not indexed: no document can add one. Whatever else
 * is wanted of the indices can be said in the component template that the first of them names.
 *
 * @param hasLifecycle Whether the cluster deletes old indices itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { indexTemplates } from "./index_template.ts";
 *
 * const settings = { index: "deepscan", name: "deepscan", verdicts: "anomalous", health: "none", keep: 8.64e7, patience: 0 } as const;
 * const [findings] = indexTemplates(settings, true);
 * assert.equal(findings.path, "/_index_template/deepscan-findings");
 * ```
 */
export function indexTemplates(settings: FindingsSettings, hasLifecycle: boolean): ClusterPart[] {
  const { index, health } = settings, lifecycle = { "index.lifecycle.name": policyName(settings) };
  const parts = [
    templateOf(settings, `${index}-findings`, monthlyPatterns(settings), hasLifecycle ? lifecycle : {}),
    templateOf(settings, `${index}-catalogue`, [`${index}-templates`, `${index}-models`], {}),
  ];
  if (health !== "data_stream") return parts;
  const stream = templateOf(
    settings,
    `${index}-health`,
    [healthStream(settings).replace(/default$/, "*")],
    {},
  );
  const kept = { ...stream.body.template as object, lifecycle: { data_retention: daysOf(settings.keep) } };
  return [...parts, { ...stream, body: { ...stream.body, data_stream: {}, template: kept } }];
}

function templateOf(
  { index }: FindingsSettings,
  name: string,
  patterns: string[],
  settings: Record<string, unknown>,
): ClusterPart {
  const custom = `${index}-findings@custom`;
  return {
    path: `/_index_template/${name}`,
    body: {
      index_patterns: patterns,
      priority: PRIORITY,
      version: TEMPLATE_VERSION,
      composed_of: [custom],
      ignore_missing_component_templates: [custom],
      template: {
        settings: { number_of_shards: 1, auto_expand_replicas: "0-1", ...settings },
        mappings: { dynamic: false, properties: FIELDS },
      },
      _meta: { managed_by: "deepscan" },
    },
  };
}

/** A length of time as Elasticsearch writes it, rounded up. */
function daysOf(milliseconds: number): string {
  return milliseconds >= DAY
    ? `${Math.ceil(milliseconds / DAY)}d`
    : `${Math.max(1, Math.ceil(milliseconds / HOUR))}h`;
}
