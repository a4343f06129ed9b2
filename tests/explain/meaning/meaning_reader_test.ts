import assert from "node:assert/strict";
import fc from "fast-check";
import { CATEGORY_NAMES } from "../../../lib/explain/meaning/category.ts";
import { corpusMessages } from "../../../lib/explain/meaning/corpus/corpus.ts";
import { loadMeaningReader, readMeaning } from "../../../lib/explain/meaning/load_meaning_reader.ts";
import { MeaningReader } from "../../../lib/explain/meaning/meaning_reader.ts";
import { WEIGHTS } from "../../../lib/explain/meaning/weights.ts";
import { redact } from "../../../lib/record/redaction.ts";

const reader = await loadMeaningReader();

/** Templates made up for this test, and what each means. */
const TOLD: [text: string, category: string, sense: string][] = [
  ["write to /srv/spool/<*> failed: No space left on device", "disk", "disk-full"],
  ["connect to billing:<*> failed: Connection refused", "network", "network-refused"],
  ["lookup of host pay.internal failed: no such host", "dns", "dns-unresolved"],
  ["certificate of <*> has expired", "tls", "tls-certificate"],
  ["Failed password for user <*> from <*>", "authentication", "authentication-failed"],
  ["open <*>: permission denied", "permission", "permission-denied"],
  ["Out of memory: killed process <*> (<*>)", "memory", "memory-killed"],
  ["request timed out after <*> ms", "timeout", "timeout-waited"],
  ["upstream answered 503 Service Unavailable", "dependency", "dependency-failing"],
  ["unknown option <*> in configuration file", "configuration", "configuration-wrong"],
  ["duplicate key violates unique constraint <*>", "data", "data-constraint"],
  ["process <*> exited: segmentation fault (core dumped)", "crash", "crash-ended"],
  ["failed to pull image <*>: manifest unknown", "deployment", "deployment-failed"],
  ["deadlock detected while updating <*>", "lock", "lock-deadlock"],
  ["too many connections from <*>", "quota", "quota-connections"],
  ["API rate limit exceeded for <*>", "quota", "quota-rate"],
  ["fan <*> failed, temperature above threshold", "hardware", "hardware-climate"],
  ["leader lost, no quorum among members", "cluster", "cluster-disagrees"],
  ["CPU <*> soft lockup, stuck for <*> s", "cpu", "cpu-stuck"],
  ["SQL injection attempt in parameter <*>", "attack", "attack-suspected"],
  ["file <*> not found", "missing", "missing-thing"],
  ["server started successfully", "none", "none-normal"],
];

Deno.test("MeaningReader tells a plain message of every category, its sense, cause and first check", () => {
  for (const [text, category, sense] of TOLD) {
    const meaning = reader.read(text);
    assert.deepEqual([text, meaning.category, meaning.known, meaning.sense], [text, category, true, sense]);
    assert.match(meaning.cause, /\w/);
    assert.match(meaning.check, /\w/);
  }
  assert.deepEqual(new Set(TOLD.map(([, category]) => category)), new Set(CATEGORY_NAMES));
});

Deno.test("MeaningReader puts the subject behind the sentence", () => {
  assert.equal(
    reader.read("could not extend file base/<*>: No space left on device").title,
    "There is no space left on a disk: file base/<*>",
  );
  assert.equal(reader.read("server started successfully").title, "The message reports no failure by itself");
});

Deno.test("MeaningReader says that it doesn't know rather than guess", () => {
  for (const text of ["", "<*>", "<*> <*>", "1234", "qwrtz plmk vbnh", "§ $ % &"]) {
    const meaning = reader.read(text);
    assert.equal(meaning.known, false, text);
    assert.equal(meaning.cause, "", text);
    assert.match(meaning.title, /can't be told/);
  }
});

Deno.test("MeaningReader takes an error's level as a sign that something failed", () => {
  const text = "worker <*> leaves", none = CATEGORY_NAMES.indexOf("none");
  const shares = [9, 0, 13, 17].map((severity) => reader.shares(text, severity)[none]);
  assert.deepEqual(shares.toSorted((a, b) => b - a), [shares[0], shares[1], shares[2], shares[3]]);
  assert(shares[0] > shares[3]);
});

Deno.test("MeaningReader names similar templates of a catalogue beside those of the corpus", () => {
  const known = [{ id: "t1", text: "cart <*> could not be stored: pantry is shut" }, {
    id: "t2",
    text: "hello",
  }];
  const { similar } = reader.read("cart <*> could not be stored, the pantry is shut", { known });
  assert.equal(similar[0].source, "t1");
  assert(similar[0].similarity > 0.8);
  assert(similar.length <= 3);
  assert(similar.every(({ similarity }, i) => i === 0 || similarity <= similar[i - 1].similarity));
  assert.deepEqual(reader.read("Connection refused").similar[0].source, "errno");
  assert.deepEqual(reader.read("Connection refused", { similar: 0 }).similar, []);
  assert.equal(reader.read("Connection refused", { similar: 1 }).similar.length, 1);
});

Deno.test("MeaningReader answers any text, with shares that sum to 1", () => {
  const words = fc.constantFrom(...corpusMessages().slice(0, 200).flatMap(({ text }) => text.split(" ")));
  const texts = fc.oneof(
    fc.array(fc.nat(0xffff), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes)),
    fc.array(words, { maxLength: 20 }).map((some) => some.join(" ")),
  );
  fc.assert(fc.property(texts, fc.integer({ min: 0, max: 24 }), (text, severity) => {
    const meaning = reader.read(text, { severity }), shares = reader.shares(text, severity);
    assert(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
    assert(shares.every((share) => share >= 0 && share <= 1));
    assert.equal(meaning.confidence, Math.max(...shares));
    assert(!meaning.known || meaning.confidence >= WEIGHTS.least);
    assert.deepEqual(reader.read(text, { severity }), meaning);
    assert(CATEGORY_NAMES.includes(meaning.category));
    assert.notEqual(meaning.title, "");
    assert(meaning.similar.every(({ similarity }) => similarity > 0 && similarity <= 1));
  }));
});

Deno.test("MeaningReader reads the beginning and the end of a megabyte, no more", () => {
  const long = "x ".repeat(500_000);
  assert.equal(reader.read(`${long} No space left on device`).sense, "disk-full");
  assert.equal(reader.read(`Connection refused. ${"y".repeat(1_000_000)}`).category, "network");
  const middle = `${"z ".repeat(5_000)}Connection refused ${"z ".repeat(5_000)}`;
  assert.notEqual(reader.read(middle).category, "network");
  for (const piece of ["table ", "<", "/a", "a.", "1.", "user=", '"', "Aa", "a:1"]) {
    const meaning = reader.read(piece.repeat(300_000));
    assert(meaning.title.length < 400, piece);
  }
});

Deno.test("MeaningReader leaves redacted what is redacted", () => {
  fc.assert(fc.property(fc.stringMatching(/^[A-Z][a-z0-9]{11,20}$/), (secret) => {
    const text = redact(
      `login failed for user anna password=${secret} at https://anna:${secret}@db.example/x`,
    );
    const meaning = reader.read(text);
    assert(!JSON.stringify(meaning).includes(secret));
    assert.equal(meaning.category, "authentication");
  }));
});

Deno.test("MeaningReader refuses a model of another version or of other categories", () => {
  assert.throws(() => new MeaningReader({ ...WEIGHTS, version: 99 }), /Cannot read .*: version 99/);
  assert.throws(() => new MeaningReader({ ...WEIGHTS, categories: ["a"] }), RangeError);
  assert.throws(() => new MeaningReader({ ...WEIGHTS, weights: "AAAA" }), RangeError);
});

Deno.test("readMeaning() answers as the shipped reader does", async () => {
  const text = "database <*> is locked";
  assert.deepEqual(await readMeaning(text), reader.read(text));
});
