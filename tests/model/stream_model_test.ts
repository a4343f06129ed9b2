import assert from "node:assert/strict";
import { fitStream } from "../../lib/model/fit.ts";
import { restoreStream, streamSnapshot } from "../../lib/model/stream_model.ts";
import { learnedFrom, line, settingsOf, variedLog, WINDOW } from "./made_logs.ts";

/**
 * Models of sessions and time windows as they stand in a file: under one budget, with a line for each detector, and with
 * detectors of counts and order that join in.
 */
async function saveStreams(): Promise<unknown[]> {
  const session = { pattern: "order=(\\d+)", idle: WINDOW },
    settings = settingsOf({ session, redact: ["pin-\\d+"] });
  const orders = Array.from({ length: 45 }, (_, i) => line(60 * i + 7, `order=${i} paid`)).join("");
  const learned = await learnedFrom({ "a.log": variedLog(70), "b.log": orders }, settings);
  const quantile = { rule: "quantile", level: .99, k: 3 };
  const models = [
    await fitStream(learned),
    await fitStream(learned, { threshold: quantile }),
    await fitStream(learned, { detectors: ["isolation-forest", "ngram"] }),
  ];
  return models.map((model) => JSON.parse(JSON.stringify(streamSnapshot(model))));
}

let saved: Promise<unknown[]> | undefined;

/** The same, fitted once for all tests. */
const savedStreams = () => saved ??= saveStreams();

/** Arrays whose entries are of different kinds. */
const MIXED = ["scopes", "members", "detectors"];

/** Paths of all fields; those in arrays by the first entry, unless entries are of different kinds. */
function* pathsOf(value: unknown, path: string[] = []): Generator<string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  const isUniform = Array.isArray(value) && !MIXED.includes(path.at(-1) ?? "");
  for (const [name, entry] of Object.entries(value).slice(0, isUniform ? 1 : Infinity)) {
    yield* pathsOf(entry, [...path, name]);
  }
}

/** A path with the kinds of what it leads through: by them a field is the same in two streams, or another. */
function fieldOf(saved: unknown, path: string[]): string {
  let at = saved;
  return path.map((name) => {
    at = (at as Record<string, unknown>)[name];
    const { kind = "", rule = "" } = (at ?? {}) as Record<string, unknown>;
    return `${name}:${kind}${rule}`;
  }).join(".");
}

/** Each field of all streams once, with a stream that has it. */
async function fields(): Promise<{ saved: unknown; path: string[] }[]> {
  const all = (await savedStreams()).flatMap((saved) => [...pathsOf(saved)].map((path) => ({ saved, path })));
  return [...Map.groupBy(all, ({ saved, path }) => fieldOf(saved, path)).values()].map(([first]) => first);
}

/** A copy in which the field at `path` is replaced; left out where `value` is undefined. */
function spoiled(saved: unknown, path: string[], value: unknown): unknown {
  const copy = structuredClone(saved), last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce((at, name) => (at as Record<string, unknown>)[name], copy);
  if (value === undefined && !Array.isArray(parent)) delete (parent as Record<string, unknown>)[last];
  else (parent as Record<string, unknown>)[last] = value ?? null;
  return copy;
}

/** Fields that may be absent. */
const OPTIONAL = ["settings.redact", "settings.templates", "trained.excluded", "watched.sessions"];
/** Fields that may be `null`. */
const NULLABLE = [
  /^settings\.session$|^trained\.(from|to|busyTo|closedTo)$/,
  /\.threshold\.nominal$|\.prior$|\.recent\.0\.1$|\.rolling\.(value|level)$/,
  /\.new-(error|template)\.(rolling|detector\.own)$|\.memory\.(intrusion|first|last)$/,
  /\.channels\.(autoencoder|isolation-forest)\.detector$/,
];

Deno.test("restoreStream() gives back what streamSnapshot() wrote", async () => {
  for (const saved of await savedStreams()) {
    assert.deepEqual(JSON.parse(JSON.stringify(streamSnapshot(await restoreStream(saved)))), saved);
  }
});

Deno.test("restoreStream() refuses a stream in which any one field is missing", async () => {
  const all = await fields();
  assert.ok(all.length > 500);
  for (const { saved, path } of all) {
    if (OPTIONAL.includes(path.join("."))) continue;
    await assert.rejects(() => restoreStream(spoiled(saved, path, undefined)), TypeError, path.join("."));
  }
});

Deno.test("restoreStream() refuses a stream in which any one field is of another type", async () => {
  for (const { saved, path } of await fields()) {
    const name = path.join(".");
    await assert.rejects(() => restoreStream(spoiled(saved, path, { strange: [] })), TypeError, name);
    if (NULLABLE.some((pattern) => pattern.test(name))) continue;
    await assert.rejects(() => restoreStream(spoiled(saved, path, null)), TypeError, name);
  }
});

Deno.test("restoreStream() says which field is wrong, and what it is", async () => {
  const [, saved] = await savedStreams();
  const cases: [string[], unknown, RegExp][] = [
    [
      ["settings", "window"],
      "5m",
      /stream\.settings\.window must be a number of at least 0, current value is "5m"/,
    ],
    [["settings", "format"], "csv", /Cannot find a log format: .*"csv"/],
    [["formats", "0"], "csv", /Cannot find a log format: .*"csv"/],
    [["scopes", "0", "name"], "session", /stream\.scopes\[0\]\.name must be sessions, \* or service NAME/],
    [["scopes", "0", "windows"], 0, /stream\.scopes\[0\]\.windows must be from 1 to/],
    [
      ["scopes", "0", "detectors", "0", "threshold", "value"],
      0,
      /\.threshold\.value must be a number above 0/,
    ],
    [["scopes", "0", "detectors", "0", "detector", "kind"], "oracle", /Cannot find a detector: oracle/],
    [["scopes", "0", "ensemble", "kind"], "oracle", /Cannot restore an ensemble: oracle is not known/],
    [["trained", "fingerprint"], "abc", /stream\.trained\.fingerprint must be 16 hexadecimal digits/],
    [["trained", "records"], -1, /stream\.trained\.records must be from 0 to/],
  ];
  for (const [path, value, message] of cases) {
    await assert.rejects(() => restoreStream(spoiled(saved, path, value)), message);
  }
  for (const value of [null, 7, "stream", []]) {
    await assert.rejects(() => restoreStream(value), /Cannot restore a stream: stream must be an object/);
  }
});
