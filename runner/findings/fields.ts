/**
 * The type of every field that documents about findings have.
 *
 * @module
 */

/** A mapping of Elasticsearch, or the part of one. */
export interface Mapping {
  type?: string;
  properties?: Record<string, Mapping>;
  fields?: Record<string, Mapping>;
  [parameter: string]: unknown;
}

const KEYWORD: Mapping = { type: "keyword", ignore_above: 1024 };
const TEXT: Mapping = { type: "text" };
/** Text that is searched by its words and counted as it is. */
const NAMED_TEXT: Mapping = { type: "text", fields: { keyword: KEYWORD } };
const LONG: Mapping = { type: "long" }, DOUBLE: Mapping = { type: "double" };
const BOOLEAN: Mapping = { type: "boolean" }, DATE: Mapping = { type: "date" };

const object = (properties: Record<string, Mapping>): Mapping => ({ properties });
const keywords = (...names: string[]) => Object.fromEntries(names.map((name) => [name, KEYWORD]));
const longs = (...names: string[]) => Object.fromEntries(names.map((name) => [name, LONG]));
const doubles = (...names: string[]) => Object.fromEntries(names.map((name) => [name, DOUBLE]));

const REASON = object({
  ...keywords("kind", "id", "detector", "title", "level"),
  ...doubles("share", "actual", "expected"),
  ...{ first_seen: DATE, note: TEXT, example: TEXT },
});

const TECHNIQUE = keywords("id", "name", "reference");

const OWN: Record<string, Mapping> = {
  stream: KEYWORD,
  alert: object({
    ...keywords("id", "status", "severity", "cause", "trouble", "lineage", "kind", "first_key", "worst_key"),
    ...longs("windows", "records"),
    ...doubles("score", "threshold", "ratio"),
  }),
  incident: object({
    ...keywords("id", "status", "severity", "alerts", "merged_into"),
    ...longs("alert_count", "records"),
  }),
  verdict: object({
    ...keywords("key", "kind"),
    ...longs("records"),
    ...doubles("score", "threshold", "ratio"),
    ...{ anomalous: BOOLEAN, withdrawn: BOOLEAN },
  }),
  headline: REASON,
  reasons: REASON,
  detectors: object({ name: KEYWORD, share: DOUBLE }),
  template: object({
    ...keywords("id", "level", "merged_into", "absorbed"),
    ...longs("severity", "count"),
    ...{ text: NAMED_TEXT, provisional: BOOLEAN, pinned: BOOLEAN, first_seen: DATE },
  }),
  model: object({
    ...keywords("version", "parent", "fingerprint", "formats", "session"),
    ...longs("seed", "records", "windows", "excluded", "templates", "merges", "window_ms", "redactions"),
    ...{ active: BOOLEAN, created: DATE, from: DATE, to: DATE, age_seconds: DOUBLE },
    scopes: object({
      ...{ name: KEYWORD, windows: LONG, ensemble: KEYWORD, notes: TEXT },
      thresholds: object({
        ...keywords("detector", "rule"),
        ...doubles("value", "nominal", "realised"),
        ...{ windows: LONG, note: TEXT },
      }),
    }),
  }),
  health: object({
    ...keywords("subject", "command"),
    ...longs("records", "windows", "anomalous", "opened", "failures", "skipped", "births", "late", "untimed"),
    ...longs("open", "services", "inputs"),
    ...{ trained: BOOLEAN, judged: BOOLEAN, reached: DATE, lag_seconds: DOUBLE, parsed: DOUBLE },
    messages: object(longs("due", "dead")),
    findings: object(longs("due", "dead")),
    quality: object({ format: KEYWORD, reason: KEYWORD, count: LONG, share: DOUBLE }),
  }),
};

/** Fields by their names: ECS ones as ECS types them, our own under `deepscan`. Types that every distribution has. */
export const FIELDS: Readonly<Record<string, Mapping>> = {
  "@timestamp": DATE,
  message: TEXT,
  tags: KEYWORD,
  ecs: object(keywords("version")),
  observer: object(keywords("name", "type", "product")),
  error: object({ message: TEXT }),
  event: object({
    ...keywords("kind", "category", "type", "module", "dataset", "id", "outcome"),
    ...longs("severity", "duration"),
    ...{ start: DATE, end: DATE },
  }),
  service: object(keywords("name")),
  threat: object({
    framework: KEYWORD,
    technique: object({ ...TECHNIQUE, subtechnique: object(TECHNIQUE) }),
  }),
  deepscan: object(OWN),
};
