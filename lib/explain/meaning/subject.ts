/**
 * What a message is about.
 *
 * @module
 */
import type { Category } from "./category.ts";
import { readable } from "./words.ts";

/** What a message is about. */
export interface Subject {
  /** `file`, `host`, `table`, `user` … */
  kind: string;
  /** Its name as the message has it; empty where a template has only its place. */
  name: string;
  /** Both, to be shown. */
  text: string;
}

/** Nouns that a name follows, by the kind that they mean. */
const NOUNS: Record<string, string> = {
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
    login: "user",
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
const PREFERRED: { readonly [category in Category]?: readonly string[] } = {
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
  data: ["table", "column", "field", "file", "topic"],
  lock: ["lock", "table", "file", "job"],
  cluster: ["node", "member", "replica", "peer", "partition", "shard", "topic"],
  crash: ["process", "service", "container", "worker", "thread"],
};

/** Things that are subjects without a name: the last resort. */
const THINGS = new RegExp(
  "\\b(database|disk|memory|cpu|processor|network|certificate|password|configuration|cache|queue|index|upstream|backend|" +
    "cluster|leader|replica|session|connection|socket|filesystem|file system|volume|heap|thread|worker|request|message|token|lock)\\b",
  "i",
);

const NAME = "(?:<[^<>\\s]{0,40}>|[\\w.$:@/*-])";
/** `table "orders"`, `user=anna`, `host <*>`, `relation: x`. */
const NAMED = new RegExp(
  `\\b(${Object.keys(NOUNS).join("|")})\\b[ :=#]{1,2}(?:["'\`\\[(](${NAME}{1,80})["'\`\\])]|(${NAME}{1,80}))`,
  "gi",
);
/** A path of at least two parts, or of one with a suffix. */
const PATH = /(?<![\w.:/<>])\/(?:[\w.@*<>-]{1,80}\/){0,12}[\w.@*<>-]{1,80}/;
/** `db.internal:5432`, `<*>:<*>` does not count. */
const ADDRESS =
  /\b[a-z][\w-]{0,40}(?:\.[\w-]{1,40}){0,6}:\d{2,5}\b|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/i;
/** Small words that follow a noun without being its name. */
const NO_NAME = new Set(
  ("is was are be been has have had not no in of to for from on at by with and or the a an failed failure error errors denied " +
    "does did do could can cannot may must will would should that this it its already left lost out full found names name " +
    "timed timeout closed reset refused unavailable available unknown invalid missing down up limit id type level state status " +
    "process service server file exited terminated killed died while when due due: exceeded reached exhausted")
    .split(" "),
);

/**
 * What a message is about: something that it names, by a noun before (`table "orders"`), a path or an address, else a thing that
 * it speaks of; `null` where it speaks of none. Names are copied from the message as they stand, so what was redacted stays so.
 *
 * @param category What the message means: which kinds tell most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { subjectOf } from "./subject.ts";
 *
 * assert.equal(subjectOf('relation "carts" does not exist', "missing")?.text, "table carts");
 * assert.equal(subjectOf("Failed password for user <*> from <*>", "authentication")?.text, "a user");
 * ```
 */
export function subjectOf(text: string, category: Category): Subject | null {
  const read = readable(text), found = [...namedThings(read), ...pathsAndAddresses(read)];
  const order = PREFERRED[category] ?? [];
  const rank = ({ kind }: Subject) => order.includes(kind) ? order.indexOf(kind) : order.length;
  const [best] = found.toSorted((a, b) => rank(a) - rank(b) || Number(a.name === "") - Number(b.name === ""));
  if (best) return best;
  const thing = THINGS.exec(read)?.[0].toLowerCase();
  return thing ? { kind: thing, name: "", text: `the ${thing}` } : null;
}

function namedThings(text: string): Subject[] {
  return [...text.matchAll(NAMED)].flatMap(([, noun, quoted, plain]) => {
    const kind = NOUNS[noun.toLowerCase()], name = (quoted ?? plain).replace(/[.,:;]+$/, "");
    if (NO_NAME.has(name.toLowerCase()) || name === "") return [];
    return [subject(kind, /^[<>*\W]+$/.test(name) || name.startsWith("<") ? "" : name)];
  });
}

function pathsAndAddresses(text: string): Subject[] {
  const path = PATH.exec(text)?.[0], address = ADDRESS.exec(text)?.[0];
  return [...path ? [subject("file", path)] : [], ...address ? [subject("address", address)] : []];
}

function subject(kind: string, name: string): Subject {
  const article = /^[aeiou]/.test(kind) && kind !== "user" && kind !== "unit" ? "an" : "a";
  return { kind, name, text: name === "" ? `${article} ${kind}` : `${kind} ${name}` };
}
