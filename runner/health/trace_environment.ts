/**
 * What makes Deno send spans, for the launcher.
 *
 * @module
 */
import type { Plan } from "../context.ts";

/**
 * The variables that a worker is started with: none where its settings ask for no traces. What else the environment says, such as
 * `OTEL_EXPORTER_OTLP_HEADERS` with a secret, the worker has from its parent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseConfig } from "../config.ts";
 * import { traceEnvironment } from "./trace_environment.ts";
 *
 * const config = await parseConfig("health: {traces: {}}", "/etc/deepscan.yaml");
 * const { OTEL_DENO, OTEL_EXPORTER_OTLP_ENDPOINT } = traceEnvironment({ kind: "settings", config, path: null });
 * assert.deepEqual([OTEL_DENO, OTEL_EXPORTER_OTLP_ENDPOINT], ["true", "http://127.0.0.1:4318"]);
 * assert.deepEqual(traceEnvironment(null), {});
 * ```
 */
export function traceEnvironment(plan: Plan | null): Record<string, string> {
  const traces = plan?.config.health.traces;
  if (traces === undefined) return {};
  return {
    OTEL_DENO: "true",
    OTEL_DENO_CONSOLE: "ignore",
    OTEL_DENO_METRICS: "false",
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: traces.protocol,
    OTEL_SERVICE_NAME: traces.service,
  };
}
