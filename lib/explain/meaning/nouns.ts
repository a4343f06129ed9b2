/**
 * Nouns of messages: what kind of thing a name after them means, and which kinds tell most.
 *
 * @module
 */
import type { Category } from "./category.ts";

/** Nouns that a name follows, by the kind that they mean. */
export const NOUNS: Record<string, string> = {
  ...{
    table: "table",
    relation: "table",
    column: "column",
    field: "field",
    database: "database",
    schema: "schema",
  },
  ...{
    index: "index",
    collection: "collection",
    tablespace: "tablespace",
    key: "key",
    constraint: "constraint",
  },
  ...{
    user: "user",
    account: "account",
    role: "role",
    host: "host",
    hostname: "host",
    server: "server",
  },
  ...{
    node: "node",
    broker: "node",
    peer: "peer",
    member: "member",
    replica: "replica",
    upstream: "upstream",
  },
  ...{
    backend: "backend",
    service: "service",
    unit: "service",
    endpoint: "endpoint",
    domain: "domain",
    zone: "zone",
  },
  ...{
    topic: "topic",
    partition: "partition",
    queue: "queue",
    exchange: "exchange",
    stream: "stream",
    shard: "shard",
  },
  ...{ pod: "pod", container: "container", image: "image", deployment: "deployment", namespace: "namespace" },
  ...{
    module: "module",
    package: "package",
    class: "class",
    library: "library",
    plugin: "plugin",
    script: "script",
  },
  ...{
    device: "device",
    dev: "device",
    volume: "volume",
    disk: "disk",
    interface: "interface",
    port: "port",
    cpu: "cpu",
  },
  ...{
    file: "file",
    directory: "directory",
    path: "file",
    bucket: "bucket",
    block: "block",
    job: "job",
    task: "task",
  },
  ...{
    session: "session",
    process: "process",
    pid: "process",
    thread: "thread",
    worker: "worker",
    certificate: "certificate",
  },
  ...{
    variable: "variable",
    parameter: "parameter",
    option: "option",
    directive: "directive",
    setting: "setting",
  },
  ...{ client: "client", connection: "connection", transaction: "transaction", lock: "lock", url: "address" },
};

/** Kinds that tell most in a category, best first; others count after them in the order of the message. */
export const PREFERRED: { readonly [category in Category]?: readonly string[] } = {
  authentication: ["user", "account", "role", "client", "host"],
  permission: ["user", "role", "file", "directory", "table"],
  disk: ["volume", "device", "disk", "tablespace", "table", "file", "directory"],
  hardware: ["device", "disk", "cpu"],
  network: ["address", "host", "server", "upstream", "node", "peer", "port", "interface"],
  dns: ["host", "domain", "zone"],
  tls: ["certificate", "host", "domain", "server"],
  timeout: ["service", "upstream", "host", "address", "node", "job", "task", "session"],
  dependency: ["service", "upstream", "backend", "server", "host", "address"],
  configuration: ["directive", "option", "setting", "variable", "parameter", "field", "key", "file"],
  deployment: ["image", "module", "package", "class", "library", "plugin", "file"],
  missing: ["file", "table", "database", "topic", "key"],
  data: ["table", "column", "field", "index", "file", "topic"],
  lock: ["lock", "table", "file", "job"],
  cluster: ["node", "member", "replica", "peer", "partition", "shard", "topic"],
  crash: ["process", "service", "container", "worker", "thread"],
};

/** Kinds whose names may be plain words, such as `user anna`; names of others have a digit, sign or capital in them. */
export const PLAINLY_NAMED: ReadonlySet<string> = new Set([
  ...[
    "user",
    "account",
    "role",
    "host",
    "table",
    "column",
    "field",
    "database",
    "schema",
    "index",
    "collection",
    "topic",
  ],
  ...[
    "queue",
    "exchange",
    "bucket",
    "module",
    "package",
    "class",
    "plugin",
    "service",
    "interface",
    "device",
    "image",
  ],
  ...[
    "pod",
    "namespace",
    "option",
    "directive",
    "setting",
    "variable",
    "parameter",
    "domain",
    "zone",
    "volume",
  ],
]);
