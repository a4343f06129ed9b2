/**
 * What routes have in common: who asks, what is asked for, and how an error is answered.
 *
 * @module
 */
import type { Context } from "hono";
import { z } from "zod";
import { StateError } from "../../lib/mod.ts";
import { type Asker, type Connection, RefusedError } from "./access/asker.ts";
import { BodyError } from "./access/form_body.ts";
import { ChangeError } from "./changes/change.ts";
import { PlaceError } from "./data/paging.ts";
import { type Span, SpanError, spanOf } from "./data/span.ts";
import type { Site } from "./site.ts";
import { VIEW_QUERIES, type ViewName, type ViewQuery } from "./view_query.ts";

/** What a request carries through the routes. */
export interface Env {
  Bindings: Connection;
  Variables: { asker: Asker; path: string };
}

/** A request on its way through the routes. */
export type Asked = Context<Env>;

/** What whoever asked is told that went wrong. */
export interface Problem {
  status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 421 | 429 | 500 | 503;
  text: string;
  /** Seconds until it may be tried again; absent = nobody knows. */
  retryAfter?: number;
}

/** What is answered where there is no such thing. */
export const NOT_FOUND: Problem = { status: 404, text: "There is no such thing here" };

/**
 * An error in words for whoever asked. What is nobody's business, or not known, is only written to the console.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SpanError } from "./data/span.ts";
 * import { problemOf } from "./requests.ts";
 *
 * assert.deepEqual(problemOf(new SpanError("Cannot show that")), { status: 400, text: "Cannot show that" });
 * assert.equal(problemOf(new Error("password is hunter2")).text, "Something went wrong; the console of the dashboard says what");
 * ```
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof SpanError || error instanceof PlaceError) return { status: 400, text: error.message };
  if (error instanceof z.ZodError) return { status: 400, text: faultText(error) };
  if (error instanceof BodyError || error instanceof ChangeError) {
    return { status: error.status, text: error.message, ...error.status === 503 && { retryAfter: 5 } };
  }
  if (error instanceof RefusedError) {
    const { status, message: text, wait } = error;
    return { status, text, ...wait > 0 && { retryAfter: Math.ceil(wait / 1000) } };
  }
  if (error instanceof StateError) return { status: 503, text: error.message, retryAfter: 10 };
  return { status: 500, text: "Something went wrong; the console of the dashboard says what" };
}

/** What is wrong with the first fields of a request. */
function faultText({ issues }: z.ZodError): string {
  const faults = issues.slice(0, 3).map(({ path, message }) => {
    const name = path.join(".").slice(0, 50);
    return name === "" ? message : `${name}: ${message}`;
  });
  return `Cannot read the request: ${faults.join("; ")}`.slice(0, 500);
}

/** What a view was asked for. */
export interface AskedView<Name extends ViewName> {
  query: ViewQuery<Name>;
  span: Span;
  params: Record<string, string>;
}

/**
 * Reads what a view is asked for.
 *
 * @throws {z.ZodError} if a parameter is wrong.
 * @throws {SpanError} if there is no such span.
 */
export function askedView<Name extends ViewName>(
  name: Name,
  asked: Asked,
  { source }: Site,
): AskedView<Name> {
  const query = VIEW_QUERIES[name].parse(asked.req.query()) as ViewQuery<Name>;
  return { query, span: spanOf(query, source.end), params: asked.req.param() as Record<string, string> };
}
