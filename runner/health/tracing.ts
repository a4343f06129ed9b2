/**
 * OpenTelemetry spans of what takes time: passes, scans, trainings, messages.
 *
 * Deno itself sends them where `OTEL_DENO` is set; the API is loaded only then, and where it is not, nothing of this costs anything.
 *
 * @module
 */

/** What a span says of itself: names begin with `deepscan.`. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Makes spans. */
export interface Tracing {
  /** Does the work within a span of this name; one that fails says why. */
  span<T>(name: string, attributes: SpanAttributes, work: () => Promise<T>): Promise<T>;
}

/** Whoever may trace: a `Context`. */
export interface Traceable {
  readonly tracing?: Tracing;
}

/**
 * Does the work, within a span where somebody traces.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { traced } from "./tracing.ts";
 *
 * const names: string[] = [];
 * const tracing = { span: <T>(name: string, _: unknown, work: () => Promise<T>) => (names.push(name), work()) };
 * assert.equal(await traced({ tracing }, "scan", {}, () => Promise.resolve(7)), 7);
 * assert.equal(await traced({}, "scan", {}, () => Promise.resolve(8)), 8);
 * assert.deepEqual(names, ["scan"]);
 * ```
 */
export function traced<T>(
  { tracing }: Traceable,
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<T>,
): Promise<T> {
  return tracing === undefined ? work() : tracing.span(name, attributes, work);
}

/** Spans by the API that Deno puts its exporter behind. */
export async function loadTracing(): Promise<Tracing> {
  const { SpanStatusCode, trace } = await import("@opentelemetry/api"), tracer = trace.getTracer("deepscan");
  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}
