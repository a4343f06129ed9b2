/**
 * What a value is, by the name that the source gives it.
 *
 * @module
 */
import type { Hole } from "../extract/log_call.ts";

/** Kinds of values. */
export type Kind =
  | ("count" | "bigCount" | "float" | "duration" | "size" | "percent" | "time" | "version" | "port")
  | (
    | "path"
    | "url"
    | "address"
    | "host"
    | "person"
    | "identifier"
    | "word"
    | "className"
    | "state"
    | "method"
  )
  | ("failure" | "title" | "id" | "numbered" | "list" | "numberedList" | "map" | "object" | "flag");

/** Last words of names, by kind; the first kind that has the word counts. */
const NAMES: [Kind, string][] = [
  [
    "failure",
    "exc exception error err e ex reason failure msg message cause throwable t description detail details why stderr reasontext",
  ],
  [
    "path",
    "path file filename dir directory fname dirname folder location root filepath pathname logfile basedir dest src target",
  ],
  ["url", "url uri href link endpoint baseurl"],
  ["address", "addr address peer ip hostport remote remoteaddress socket local endpoints inet sender"],
  ["host", "host hostname server broker node machine member leader coordinator instance replica"],
  ["port", "port"],
  ["percent", "percent percentage ratio"],
  ["size", "bytes size length memory filesize capacity"],
  [
    "duration",
    "duration elapsed took age lag latency timeout delay interval seconds millis ms wait period ttl runtime uptime backoff",
  ],
  ["time", "time timestamp date datetime now expiry deadline start end since until created updated expires"],
  ["version", "version release"],
  [
    "count",
    "count num len number n i j k index pid code status retries attempt attempts total seq level priority depth remaining threshold limit max min partition shard slot width height partitions1 rc exitcode returncode retry generation epoch term",
  ],
  ["bigCount", "offset position pos sequence lsn txid zxid lastoffset revision nonce block blocknumber"],
  [
    "id",
    "uuid id token key hash sha digest checksum session ref guid txn transaction fingerprint sid nodeid requestid identifier",
  ],
  ["className", "class type cls clazz kind classname simplename"],
  [
    "numberedList",
    "nodes workers members replicas servers brokers jobs shards hosts peers instances partitions",
  ],
  [
    "list",
    "args topics list keys names items ids values columns tasks files tags services plugins users groups entries set missing",
  ],
  [
    "map",
    "map config conf options params props properties settings headers metadata context kwargs attrs labels json data payload body",
  ],
  ["state", "state phase mode stage action op operation event"],
  ["method", "method verb"],
  ["title", "title text label comment summary line output"],
  ["person", "user username login owner account email author"],
  ["flag", "enabled force flag is has enable active ready success alive"],
  ["numbered", "thread worker task job executor consumer client producer attemptid container"],
  [
    "identifier",
    "name topic queue group service bean device table database db schema bucket stream channel plugin module cluster tenant project app index1",
  ],
];

const KIND_OF = new Map<string, Kind>(
  NAMES.flatMap(([kind, words]) => words.split(" ").map((word) => [word, kind] as const)),
);

/** Calls that say what comes out, whatever is put in. */
const CALLS: [RegExp, Kind][] = [
  [/\b(len|size|count|length)\(\)?|\.(size|length|count)\b(\(\))?$|\blen\(/, "count"],
  [/\bjoin\(/, "list"],
  [/\b(getSimpleName|getClass|__name__|__class__|constructor\.name)/, "className"],
  [/\b(getMessage|getLocalizedMessage|toString\(e\)|str\(e\w*\))|\.(message|stack)$/, "failure"],
  [/\bJSON\.stringify\(|json\.dumps\(/, "map"],
  [/\b(currentTimeMillis|nanoTime|time\.time|Date\.now|time_ns|perf_counter)\b/, "duration"],
  [/^(is|has)[A-Z_]|\.(is|has)[A-Z]\w*\(\)$/, "flag"],
];

/** Kinds of values whose name says nothing. */
export const ANY: Kind[] = [
  "word",
  "identifier",
  "identifier",
  "count",
  "id",
  "object",
  "className",
  "numbered",
  "path",
];

/** The text around a value. */
export interface Surroundings {
  before: string;
  after: string;
}

/** A place and what is written around it. */
export interface Place extends Hole, Surroundings {}

/** Units behind a value, which then is a number. */
const UNIT = /^ ?(ms|msec|s|secs?|seconds?|minutes?|hours?|days?|millis|ns|us|milliseconds?|nanos)\b/,
  BYTES = /^ ?(bytes?|[kKMG]i?B|MBs)\b/;

/** The kind of a value by its name, else by the word before it; `null` where neither says anything. */
export function kindOf(place: Place): Kind | null {
  const { before, after } = place;
  const named = kindByName(place);
  if (named === "duration" || named === "size" || place.conversion !== "text") return named;
  if (UNIT.test(after)) return "duration";
  if (BYTES.test(after)) return "size";
  if (/^ ?%/.test(after)) return "percent";
  if (named !== null) return named;
  const word = /([A-Za-z]+)\W{0,2}$/.exec(before)?.[1].toLowerCase(),
    next = /^ ([a-z]{3,})s\b/.exec(after)?.[1];
  const byWord = word === undefined ? undefined : KIND_OF.get(word),
    counted = next !== undefined && KIND_OF.has(`${next}s`);
  return byWord ?? (counted ? "count" : null);
}

/** The kind of a value; `null` where its name says nothing. */
function kindByName({ expression, conversion }: Hole): Kind | null {
  const name = lastName(expression);
  if (conversion === "integer") {
    return name.kind === "bigCount" || name.kind === "size" || name.kind === "duration" ||
        name.kind === "port"
      ? name.kind
      : "count";
  }
  if (conversion === "float") return name.kind === "percent" ? "percent" : "float";
  if (conversion === "hex") return "id";
  return CALLS.find(([pattern]) => pattern.test(expression))?.[1] ?? name.kind;
}

/** Words of a name that say nothing of the value. */
const EMPTY = new Set(
  "self this get to string str repr as the value val of x obj object current new old".split(" "),
);

function lastName(expression: string): { kind: Kind | null } {
  let text = expression;
  for (let last = ""; last !== text;) [last, text] = [text, text.replace(/\([^()]*\)|\[[^[\]]*\]/g, "")];
  const spaced = text.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  const words = spaced.split(/[^A-Za-z]+/).map((word) => word.toLowerCase()).filter((word) =>
    word !== "" && !EMPTY.has(word)
  );
  const tail = words.at(-1) ?? "", two = words.slice(-2).join("");
  return { kind: KIND_OF.get(two) ?? KIND_OF.get(tail) ?? longEnding(tail) };
}

/** `brokerhost` is a host, `errormsg` a message. */
function longEnding(word: string): Kind | null {
  for (let from = 1; from <= word.length - 4; from++) {
    const kind = KIND_OF.get(word.slice(from));
    if (kind) return kind;
  }
  return null;
}
