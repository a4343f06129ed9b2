/**
 * The JSON interface as an OpenAPI document, made from the schemas that queries, answers and changes are checked by.
 *
 * @module
 */
import { z } from "zod";
import { CHANGES } from "../changes/mod.ts";
import { VIEW_QUERIES, type ViewName } from "../view_query.ts";
import { VIEWS } from "../views.ts";
import { ANSWER_SCHEMAS } from "./answer_schemas.ts";

/** A JSON Schema. */
type Schema = Record<string, unknown>;

/** Begins the paths. */
const API = "/api/v1";

let made: Schema | null = null;
/** Schemas that several answers have in common, by their ids. */
const SHARED: Schema = {};

/**
 * The document, version 3.1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openApi } from "./openapi.ts";
 *
 * const { openapi, paths } = openApi() as { openapi: string; paths: Record<string, unknown> };
 * assert.equal(openapi, "3.1.0");
 * assert.ok("/api/v1/incidents/{id}" in paths);
 * ```
 */
export function openApi(): Schema {
  return made ??= {
    openapi: "3.1.0",
    info: {
      title: "DeepScan",
      version: "1",
      description:
        "What was read and found. Times are milliseconds since the epoch unless a field says otherwise.",
    },
    security: [{ token: [] }, { session: [] }],
    paths: { ...viewPaths(), ...changePaths() },
    components: {
      schemas: SHARED,
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "deepscan_session" },
      },
    },
  };
}

function viewPaths(): Schema {
  return Object.fromEntries((Object.keys(VIEWS) as ViewName[]).map((name) => {
    const { path, about } = VIEWS[name], names = [...path.matchAll(/:(\w+)/g)].map(([, part]) => part);
    const inPath = names.map((part) => ({
      name: part,
      in: "path",
      required: true,
      schema: { type: "string" },
    }));
    return [`${API}${path.replace(/:(\w+)/g, "{$1}")}`, {
      get: {
        ...{ operationId: name, summary: about, parameters: [...inPath, ...queryParameters(name)] },
        responses: {
          200: answer("What was asked for", schemaOf(ANSWER_SCHEMAS[name], "output")),
          ...problems(400, 401, ...(names.length > 0 ? [404] : []), 503),
        },
      },
    }];
  }));
}

function queryParameters(name: ViewName): Schema[] {
  const { properties = {} } = schemaOf(VIEW_QUERIES[name], "input") as {
    properties?: Record<string, Schema>;
  };
  return Object.entries(properties).map(([parameter, { description, ...schema }]) => ({
    ...{ name: parameter, in: "query", required: false, description, schema },
  }));
}

function changePaths(): Schema {
  return Object.fromEntries(
    Object.entries(CHANGES).map(([name, { about, fields }]) => [`${API}/changes/${name}`, {
      post: {
        ...{ operationId: `change-${name}`, summary: about },
        description: "With a session, the header x-csrf-token must be the one of its pages.",
        requestBody: {
          required: true,
          content: { "application/json": { schema: schemaOf(fields, "input") } },
        },
        responses: {
          200: answer("It was done", {
            type: "object",
            properties: { said: { type: "string" }, about: { type: "string" }, note: { type: "string" } },
          }),
          ...problems(400, 401, 403, 404, 409, 413, 503),
        },
      },
    }]),
  );
}

/** A schema as it stands in the document; what it shares with others is among the components. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Schema {
  const written = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
  const { $schema: _, $defs = {}, ...plain } = JSON.parse(
    written.replaceAll('"#/$defs/', '"#/components/schemas/'),
  );
  for (const [name, { $schema: _, id: __, ...shared }] of Object.entries<Schema>($defs)) {
    SHARED[name] = shared;
  }
  return plain;
}

function answer(description: string, schema: Schema): Schema {
  return { description, content: { "application/json": { schema } } };
}

const PROBLEMS: Readonly<Record<number, string>> = {
  ...{ 400: "Something in the request is wrong", 401: "Nobody is logged in", 403: "That may not be done" },
  ...{
    404: "There is no such thing",
    409: "It can't be done as things are",
    413: "The request is too large",
  },
  503: "Not at the moment",
};

function problems(...statuses: number[]): Schema {
  const schema = { type: "object", properties: { error: { type: "string" } }, required: ["error"] };
  return Object.fromEntries(statuses.map((status) => [status, answer(PROBLEMS[status], schema)]));
}
