/**
 * The names of a made-up installation: hosts, people, topics, folders. The same ones come in all events of a log, as they do where
 * one system writes it.
 *
 * @module
 */
import { Random } from "../../../../data/shop/random.ts";
import type { Language } from "../extract/language.ts";

/** Plain words, in two halves: logs that may be read and logs that may not share none. */
const NOUNS = [
  "orders payments billing search gateway ingest mailer reports cache sync router proxy inventory pricing media ledger catalog " +
  "harvest planner archive signals metrics beacon checkout voucher tracking parcel invoice audit replica primary shadow edge " +
  "backup nightly import export thumbs avatar session journal crawler feed digest",
  "customers shipping returns loyalty booking fares seats weather turbine valve sensor meter grid charger fleet driver routes " +
  "tickets stadium library loans museum tours clinic patients lab samples genome telescope harbor cargo docks crane pallets " +
  "forecast quotes trades margin broker-eu swaps notes wiki forum chat",
].map((words) => words.split(" "));

const PEOPLE = [
  "alice bob carol dave eve frank grace heidi ivan judy mallory oscar peggy trent root admin guest deploy postgres www-data",
  "maria.k jonas lwilson chen ravi olga amir sofia.b tgreen nadia pavel yuki system operator svc-etl jenkins nobody1 test2 kwame zoe",
].map((words) => words.split(" "));

const FOLDERS = [
  "var lib data tmp opt srv cache spool run state",
  "mnt home usr share pool volumes store work etc log",
].map((words) => words.split(" "));

/** Names of classes, from the words that classes are named after. */
const CLASS_WORDS = [
  "Block Session Channel Request Task Pool Partition Registry Handler Client Download Remote Worker".split(
    " ",
  ),
  "Segment Tenant Schedule Gateway Listener Plugin Cluster Coordinator Snapshot Buffer Query Device".split(
    " ",
  ),
];

/** What values are drawn from. */
export interface World {
  random: Random;
  language: Language;
  /** 0: a log that may be read; 1: one that may not. */
  half: 0 | 1;
  words: string[];
  identifiers: string[];
  people: string[];
  hosts: string[];
  folders: string[];
  classes: string[];
}

/** The installation that a log comes from. */
export function makeWorld(
  name: string,
  { language, half, seed }: { language: Language; half: 0 | 1; seed: number },
): World {
  const random = new Random(seed, `world ${name}`), words = sample(random, NOUNS[half], 28);
  const people = sample(random, PEOPLE[half], 14), folders = [...FOLDERS[half], ...words.slice(0, 8)];
  const domain = random.pick([
    "example.com",
    "corp.example",
    "svc.cluster.local",
    "dc1.example.net",
    "internal",
  ]);
  return {
    ...{ random, language, half, words, people, folders },
    identifiers: Array.from({ length: 40 }, () => identifier(random, words)),
    hosts: Array.from({ length: 24 }, () => host(random, words, domain)),
    classes: Array.from({ length: 16 }, () => className(random, language, half)),
  };
}

/** `count` of the values at most, each once. */
export function sample<T>(random: Random, values: readonly T[], count: number): T[] {
  const left = [...values], out: T[] = [];
  while (out.length < count && left.length > 0) {
    out.push(left.splice(random.integer(0, left.length - 1), 1)[0]);
  }
  return out;
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}

/** A name as people give them to topics, queues, jobs and groups. */
function identifier(random: Random, words: readonly string[]): string {
  const [a, b] = sample(random, words, 2),
    [c] = sample(random, ["v2", "eu", "us-east", "prod", "staging", "retry", "events"], 1);
  return random.pick([
    ...[
      a,
      a,
      `${a}-${b}`,
      `${a}_${b}`,
      `${a}${capital(b)}`,
      `${a}.${b}`,
      `${a}-${c}`,
      `${a}_${c}`,
      `${capital(a)}${capital(b)}`,
    ],
    ...[`${a}:${b}`, `${a}/${c}`, a.toUpperCase(), `com.acme.${a}.${capital(b)}`, "default", "main"],
  ]);
}

function host(random: Random, words: readonly string[], domain: string): string {
  const role = random.pick(["node", "worker", "web", "db", "app", "store", random.pick(words)]),
    number = random.integer(1, 40);
  return random.pick([
    ...[`${role}${number}`, `${role}-${number}`, `${role}${number}.${domain}`, `${role}-${number}.${domain}`],
    ...[
      role,
      `${role}.${domain}`,
      `ip-10-${number}-3-${random.integer(2, 250)}`,
      `${role}-${String(number).padStart(2, "0")}a`,
    ],
  ]);
}

function className(random: Random, language: Language, half: 0 | 1): string {
  const [a, b] = sample(random, CLASS_WORDS[half], 2), name = a + b;
  if (language === "java") {
    return random.pick([
      name,
      `com.acme.${a.toLowerCase()}.${name}`,
      `org.acme.${b.toLowerCase()}.impl.${name}$1`,
    ]);
  }
  return language === "python"
    ? random.pick([name, `acme.${a.toLowerCase()}.${name}`, `acme.jobs.${name}`])
    : name;
}
