import assert from "node:assert/strict";
import fc from "fast-check";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { Miner } from "../../lib/template/miner.ts";
import { learn, minerOf, shopLines, shuffled } from "./lines.ts";

const textsOf = (lines: readonly string[]): string[] => {
  const { miner, indices } = minerOf(lines);
  return [...new Set(indices.map((index) => miner.template(index).text))].sort();
};

const sameTemplate = (lines: readonly string[], a: string, b: string): boolean => {
  const { miner, indices } = minerOf(lines);
  return miner.resolve(indices[lines.indexOf(a)]) === miner.resolve(indices[lines.indexOf(b)]);
};

Deno.test("Miner learns that a name behind a cue varies", () => {
  const lines = ["ann", "bob", "cid", "dan"].map((user) => `login of user ${user} was accepted here`);
  assert.deepEqual(textsOf(lines), ["login of user <*> was accepted here"]);
});

Deno.test("Miner learns that an exception's text is one value", () => {
  const reasons = [
    "disk is full",
    "no route to host",
    "the peer went away again",
    "timed out",
    "bad magic number 7",
  ];
  const lines = reasons.map((reason) => `cannot replicate partition of topic orders: ${reason}`);
  assert.equal(textsOf([...lines, ...lines]).length, 1);
});

Deno.test("Miner keeps events with different verbs apart", () => {
  const lines = ["start", "flush", "compact", "verify"].map((verb) => `${verb} segment 7`);
  assert.equal(textsOf(lines).length, 4);
});

Deno.test("Miner never merges opposites, whatever the order and however much else agrees", () => {
  const pairs = [
    "started stopped",
    "up down",
    "success failure",
    "true false",
    "opened closed",
    "enabled disabled",
  ];
  const others = ["reloaded", "paused", "drained", "probed", "renewed", "checked", "moved", "listed"];
  for (const pair of pairs) {
    const [a, b] = pair.split(" ");
    const states = [a, b, ...others];
    const lines = states.flatMap((state) => [
      `the worker service of the billing cluster is ${state} now after check`,
      `unit billing: state=${state}`,
      `${state} the worker of the billing cluster for tenant blue`,
      `worker (billing) reports: ${state}, retry in 5 s`,
    ]);
    for (let seed = 0; seed < 6; seed++) {
      const order = shuffled(lines, seed), { miner, indices } = minerOf([...order, ...order]);
      const root = (line: string) => miner.resolve(indices[order.lastIndexOf(line) + order.length]);
      for (let k = 0; k < 4; k++) {
        assert.notEqual(root(lines[k]), root(lines[4 + k]), `${lines[k]} seed ${seed}`);
      }
    }
  }
});

Deno.test("Miner keeps opposites apart when the second comes long after the position became variable", () => {
  const frame = (state: string) => `the worker service of the billing cluster is ${state} now after check`;
  const early = ["reloaded", "paused", "drained", "probed", "renewed", "started"].map(frame);
  assert.ok(sameTemplate([...early, frame("moved")], frame("paused"), frame("moved")));
  assert.ok(!sameTemplate([...early, frame("stopped")], frame("started"), frame("stopped")));
});

Deno.test("Miner finds the events of a made-up shop, in any order", () => {
  const records = shopLines(3000, 1);
  for (const order of [records, [...records].reverse(), shuffled(records, 2), shuffled(records, 3)]) {
    const { miner, indices } = minerOf(order.map(({ line }) => line));
    const groups = new Map<number, Set<string>>();
    order.forEach(({ event }, i) => {
      const root = miner.resolve(indices[i]);
      groups.set(root, (groups.get(root) ?? new Set()).add(event));
    });
    for (const events of groups.values()) assert.equal(events.size, 1, [...events].join());
    // the cached flag of a request is a boolean and stays two events
    assert.equal(groups.size, 9);
  }
});

Deno.test("Miner.learn() fills the batch's template column", () => {
  const text = new TextEncoder().encode("took 12 mstook 7 msall done"), batch = new LogBatch();
  batch.bytes.set(text);
  batch.length = 3;
  [0, 10, 19].forEach((start, i) => batch.contentStart[i] = start);
  [10, 19, 27].forEach((end, i) => batch.contentEnd[i] = end);
  batch.severity.set([9, 17, 9]);
  const miner = new Miner();
  miner.learn(batch);
  assert.equal(batch.template[0], batch.template[1]);
  assert.notEqual(batch.template[0], batch.template[2]);
  assert.deepEqual(miner.template(batch.template[0]), {
    id: miner.template(batch.template[0]).id,
    text: "took <*> ms",
    severity: 17,
    count: 2,
    provisional: false,
  });
});

Deno.test("Miner never learns, names or saves a secret", () => {
  const { miner, indices } = minerOf([
    "login with password=hunter ok",
    "login with password=swordfish ok",
    "mail to ann@shop.example",
  ]);
  assert.equal(miner.resolve(indices[0]), miner.resolve(indices[1]));
  assert.equal(miner.template(indices[0]).text, "login with password=<*> ok");
  const saved = JSON.stringify([miner.toJSON(), miner.freeze().catalogue.toJSON()]);
  for (const secret of ["hunter", "swordfish", "ann@"]) assert.ok(!saved.includes(secret), secret);
});

Deno.test("Miner learns from any bytes, and every line gets an index that resolves", () => {
  const line = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.string({ maxLength: 60 }).map((text) => new TextEncoder().encode(text)),
    fc.array(
      fc.constantFrom("a", "b", "=", "(", ")", "[", "]", '"', ",", "7", "null", "true", "eth0", "<*>"),
      { maxLength: 16 },
    )
      .map((words) => new TextEncoder().encode(words.join(" "))),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const miner = new Miner();
      const indices = lines.map((bytes) => miner.learnLine(bytes, 0, bytes.length));
      const counted = new Set(indices.map((index) => miner.resolve(index)));
      let lineCount = 0;
      for (const root of counted) lineCount += miner.template(root).count;
      assert.equal(lineCount, lines.length);
    }),
    { numRuns: 150 },
  );
});

Deno.test("Miner's templates hold their lines' words in order", () => {
  const lines = shopLines(1500, 4).map(({ line }) => line), { miner, indices } = minerOf(lines);
  lines.forEach((line, i) => {
    let at = 0;
    for (
      const part of miner.template(indices[i]).text.split("<*>").flatMap((text) => text.split(/\s+/)).filter(
        Boolean,
      )
    ) {
      const found = line.indexOf(part, at);
      assert.ok(found >= 0, `${part} of ${miner.template(indices[i]).text} in ${line}`);
      at = found + part.length;
    }
  });
});

Deno.test("Miner.lineage tells every birth and merge, and resolves to one id", () => {
  const lines = shopLines(2000, 5).map(({ line }) => line), { miner, indices } = minerOf(lines);
  const into = new Map<string, string>(), born = new Set<string>();
  for (const { kind, id, other } of miner.lineage) {
    if (kind === "birth") born.add(id);
    else into.set(id, other!);
  }
  for (const index of indices) {
    const resolved = miner.template(index).id;
    assert.ok(born.has(resolved) && !into.has(resolved));
  }
  assert.ok(into.size > 0);
  assert.equal(born.size, miner.lineage.filter(({ kind }) => kind === "birth").length);
});

Deno.test("Miner gives the same templates for the same lines, and names that don't depend on what else was learned", () => {
  const { miner } = minerOf(["took 7 ms"]),
    { miner: other, indices } = minerOf(["all done", "disk full", "took 9 ms"]);
  assert.equal(miner.template(0).id, other.template(indices[2]).id);
});

Deno.test("Miner.toJSON() and fromJSON() give a miner that goes on as the first would", () => {
  const lines = shopLines(2400, 6).map(({ line }) => line);
  const { miner } = minerOf(lines.slice(0, 1200));
  const restored = Miner.fromJSON(JSON.parse(JSON.stringify(miner)));
  const rest = lines.slice(1200);
  assert.deepEqual(rest.map((line) => learn(restored, line)), rest.map((line) => learn(miner, line)));
  // but for the cache of lines, which is not saved
  const known = (each: Miner) => JSON.parse(JSON.stringify({ ...each.toJSON(), misses: 0 }));
  assert.deepEqual(known(restored), known(miner));
});

Deno.test("Miner.fromJSON() refuses what it doesn't know", () => {
  const good = JSON.parse(JSON.stringify(minerOf(shopLines(300, 7).map(({ line }) => line)).miner));
  const broken: [string, unknown][] = [
    ["version", 1],
    ["kind", "catalogue"],
    ["lines", -1],
    ["counts", []],
    ["formOf", good.formOf.map(() => 1e6)],
    ["forms", [{ ...good.forms[0], hashes: [] }]],
    ["forms", [{ ...good.forms[0], kinds: good.forms[0].kinds.map(() => 99) }]],
    ["lineage", { ...good.lineage, into: [[0, 1]] }],
    ["sequences", [[1, -4]]],
    ["guard", [1, 2]],
    ["known", [[1, "x"]]],
  ];
  for (const [field, value] of broken) {
    assert.throws(
      () => Miner.fromJSON({ ...good, [field]: value }),
      /^(Type|Range)Error: Cannot restore templates: /,
      field,
    );
    assert.throws(() => Miner.fromJSON({ ...good, [field]: undefined }), TypeError, field);
  }
  assert.throws(() => Miner.fromJSON(null), TypeError);
});

Deno.test("Miner refuses a form limit that is none", () => {
  for (const formLimit of [0, 3.5, -1, NaN]) assert.throws(() => new Miner({ formLimit }), RangeError);
});

/** Words that repeat hardly ever. */
function noise(count: number, seed: number): string[] {
  let state = seed;
  const word = () => {
    let text = "";
    for (let i = 0; i < 6; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      text += String.fromCharCode(97 + (state >>> 16) % 26);
    }
    return text;
  };
  return Array.from({ length: count }, () => `${word()} ${word()} ${word()}: ${word()} ${word()}`);
}

Deno.test("Miner keeps its memory bounded and loses no count when forms have to go", () => {
  const miner = new Miner({ formLimit: 100 }), lines = noise(3000, 8);
  const indices = lines.map((line) => learn(miner, line));
  const { forms, evicted, lines: learned } = miner.quality;
  assert.ok(forms <= 100 && evicted > 0);
  assert.equal(learned, 3000);
  const roots = new Set(indices.map((index) => miner.resolve(index)));
  assert.equal([...roots].reduce((sum, root) => sum + miner.template(root).count, 0), 3000);
  for (const root of roots) assert.notEqual(miner.template(root).text, "");
});

Deno.test("Miner tells lines apart by length and punctuation when nearly every one is new", () => {
  const miner = new Miner(), lines = noise(30_000, 9);
  lines.forEach((line) => learn(miner, line));
  assert.ok(miner.quality.outlined > 10_000);
  assert.ok(miner.quality.templates < 20_000);
  assert.equal(miner.template(learn(miner, "alpha beta gamma: delta other")).text, "<*> <*> <*>:<*> <*>");
});

Deno.test("Miner.settle() judges what came early by what was learned late", () => {
  const early = ["ann", "bob"].map((user) => `mailbox ${user} was compacted`);
  const late = ["ann", "bob", "cid", "dan"].map((user) => `login of user ${user} was accepted here`);
  const { miner, indices } = minerOf([...early, ...late]);
  assert.notEqual(miner.resolve(indices[0]), miner.resolve(indices[1]));
  miner.settle();
  assert.equal(miner.resolve(indices[0]), miner.resolve(indices[1]));
  assert.equal(miner.template(indices[0]).text, "mailbox <*> was compacted");
});

Deno.test("Miner knows an exception's text from other events", () => {
  const reasons = [
    "disk is full",
    "no route to host",
    "the peer went away",
    "timed out early",
    "bad magic number",
  ];
  const lines = [
    ...reasons.map((reason) => `cannot replicate partition of topic orders: ${reason}`),
    "mirror stopped after disk is full",
    "mirror stopped after no route to host",
    "mirror stopped after supper",
  ];
  const { miner, indices } = minerOf(lines);
  assert.equal(miner.resolve(indices[5]), miner.resolve(indices[6]));
  assert.equal(miner.template(indices[5]).text, "mirror stopped after <*>");
});

Deno.test("Miner finds the same groups in any order, once it has settled", () => {
  const records = shopLines(1200, 11).map(({ line }) => line), distinct = [...new Set(records)].sort();
  const groups = (order: string[]) => {
    const { miner, indices } = minerOf(order);
    miner.settle();
    const found = new Map<number, string[]>();
    order.forEach((line, i) => {
      const root = miner.resolve(indices[i]);
      found.set(root, [...found.get(root) ?? [], line]);
    });
    return [...found.values()].map((lines) => [...new Set(lines)].sort().join("\n")).sort();
  };
  const expected = groups(distinct);
  fc.assert(
    fc.property(fc.integer(), (seed) => assert.deepEqual(groups(shuffled(distinct, seed)), expected)),
    { numRuns: 20 },
  );
});

Deno.test("Miner takes what stands behind a line's opening brackets for the event", () => {
  const heads = [1, 2, 3, 4].map((n) => `[Group manager on broker ${n}]:`);
  const messages = [
    "Loading offsets",
    "Removed 7 expired offsets",
    "Finished loading in 9 ms",
    "Stopped early today",
  ];
  const lines = heads.flatMap((head) => messages.map((message) => `${head} ${message}`));
  const { miner, indices } = minerOf(lines);
  miner.settle();
  assert.equal(new Set(indices.map((index) => miner.resolve(index))).size, messages.length);
});

Deno.test("Miner never lets one value swallow several fields of a record", () => {
  const names = [
    "record has a bad type",
    "handshake went wrong",
    "no match for reply",
    "probe by scanner",
    "odd user agent seen",
  ];
  const lines = names.map((name, i) => `17,Guard: Alert - ${name},10.0.0.${i},host-${i},S-${"abcde"[i]}x,-`);
  const { miner, indices } = minerOf([...lines, ...lines]);
  miner.settle();
  for (const index of indices) assert.ok(miner.template(index).text.split(",").length >= 6);
});

Deno.test("Miner does not take a word and a missing one for values of each other, in any order", () => {
  const users = ["webmaster", "0101", "oracle", "test9", "ftp"];
  const lines = ["none", "password"].flatMap((what) =>
    users.map((user, i) => `Failed ${what} for invalid user ${user} from 10.0.0.${i} port ${4000 + i} ssh2`)
  );
  for (let seed = 0; seed < 30; seed++) {
    const order = shuffled(lines, seed), { miner, indices } = minerOf(order);
    miner.settle();
    const root = (line: string) => miner.resolve(indices[order.indexOf(line)]);
    assert.notEqual(root(lines[0]), root(lines[5]), `seed ${seed}`);
  }
});
