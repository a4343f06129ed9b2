/**
 * What the settings say of a cluster, and of a stream that is read from one.
 *
 * @module
 */
import { z } from "zod";
import { duration, filled, positiveDuration } from "./values.ts";

const nodeAddress = () =>
  filled().refine((text) => isNode(text), {
    error:
      "expected the address of a node such as https://es1.example.com:9200, without path, user and password",
  });

function isNode(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, pathname, search } = new URL(text);
  return ["http:", "https:"].includes(protocol) && username === "" && pathname === "/" && search === "";
}

/** The section `elasticsearch`. */
export const elasticsearchSchema = z.strictObject({
  nodes: z.array(nodeAddress()).min(1, { error: "expected at least one node" }).optional().meta({
    description: "Addresses of some nodes of the cluster; no other host is reached.",
    examples: [["https://es1.example.com:9200"]],
  }),
  cloud_id: z.string().regex(/^[^:]*:[A-Za-z0-9+/]+=*$/, { error: "expected a cloud id: name:base64" })
    .optional().meta({
      description: "Elastic Cloud's name for it, instead of `nodes`.",
      examples: ["logs:ZXhhbXBsZS5jb20kYWJjJGRlZg=="],
    }),
  ca_file: filled().optional().meta({
    description: "Certificate (PEM) of a private authority that the nodes' certificates come from.",
    examples: ["/etc/ssl/company.pem"],
  }),
  api_key_env: filled().optional().meta({
    description: "Environment variable that holds an API key (encoded).",
    examples: ["DEEPSCAN_ES_API_KEY"],
  }),
  api_key_file: filled().optional().meta({
    description: "File that holds an API key (encoded).",
    examples: ["/run/secrets/es_api_key"],
  }),
  user: filled().optional().meta({
    description: "Login name, instead of an API key.",
    examples: ["deepscan"],
  }),
  password_env: filled().optional().meta({
    description: "Environment variable that holds the password.",
    examples: ["DEEPSCAN_ES_PASSWORD"],
  }),
  password_file: filled().optional().meta({
    description: "File that holds the password.",
    examples: ["/run/secrets/es_password"],
  }),
  compression: z.boolean().optional().describe(
    "Whether requests and answers are compressed; default: unless all nodes are on this machine.",
  ),
  timeout: positiveDuration().prefault("30s").describe("How long an answer may take."),
}).refine(({ nodes, cloud_id }) => (nodes === undefined) !== (cloud_id === undefined), {
  error: "expected either nodes or cloud_id",
}).refine((section) => section.user === undefined || !!section.password_env !== !!section.password_file, {
  error: "user needs a password: expected either password_env or password_file",
}).refine((section) => {
  return [section.user, section.api_key_env, section.api_key_file].filter((way) => way !== undefined).length <
    2;
}, { error: "expected one way to log in: user, api_key_env or api_key_file" });

/** How a stream is read from indices. */
export const streamElasticsearchSchema = z.strictObject({
  fields: z.strictObject({
    time: filled().optional().meta({
      description:
        "Field of the time, a date. Default: `@timestamp`, `timestamp`, `time`, `ts`: the first that is one.",
      examples: ["@timestamp"],
    }),
    level: filled().optional().meta({
      description: "Field of the level. Default: `log.level`, `loglevel`, `level`, `severity`, …",
      examples: ["log.level"],
    }),
    message: filled().optional().meta({
      description: "Field of the message. Default: `message`, `event.original`, `msg`, `log`.",
      examples: ["message"],
    }),
    service: filled().optional().meta({
      description: "Field of the service. Default: `service.name`, `service`, `container.name`, …",
      examples: ["service.name"],
    }),
  }).prefault({}),
  query: z.record(z.string(), z.unknown()).optional().meta({
    description: "What documents must meet, in Elasticsearch's own form.",
    examples: [{ term: { "service.name": "shop" } }],
  }),
  overlap: duration().prefault("5m").describe(
    "How much later than newer ones documents may be found: each run looks back this far, but not at more than 200,000 documents.",
  ),
  counted: z.boolean().prefault(false).describe(
    "Whether lines become small events in the cluster, which counts them, so that many machines share the work (`deepscan map`). The verdicts are the same.",
  ),
}).prefault({});

/** Settings of the cluster. */
export type ElasticsearchConfig = z.output<typeof elasticsearchSchema>;

/** Settings of a stream's reading from indices. */
export type StreamElasticsearchConfig = z.output<typeof streamElasticsearchSchema>;
