import assert from "node:assert/strict";
import fc from "fast-check";
import { Lexer, TOKEN_LIMIT } from "../../../lib/template/mask/lexer.ts";
import { Masker } from "../../../lib/template/mask/masker.ts";
import { birthText } from "../../../lib/template/form.ts";
import { REAL_LOGS, testThatNeeds } from "../../needs.ts";
import { generator } from "../lines.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** The line with what the lexer takes for values as `<*>`. */
function masked(line: string): string {
  const bytes = encode(line);
  return birthText(new Masker((text) => text).mask(bytes, 0, bytes.length));
}

function hashes(line: string): [number, number] {
  const lexer = new Lexer(), bytes = encode(line);
  lexer.hash(bytes, 0, bytes.length);
  return [lexer.firstHash, lexer.secondHash];
}

Deno.test("Lexer masks numbers, addresses, paths, URLs and identifiers", () => {
  const cases: [string, string][] = [
    ["took 12 ms", "took <*> ms"],
    ["took -3.5% of 1.2GB", "took <*> of <*>"],
    ["from 10.0.0.1:8080 to fe80::1:2", "from <*> to <*>"],
    ["mac 00:1a:2B:3c:4d:5e up", "mac <*> up"],
    ["open /var/lib/x.db failed", "open <*> failed"],
    ["GET https://shop.example/a?b=1, ok", "GET <*>, ok"],
    ["id 3f2504e0-4f89-11d3-9a0c-0305e82c3301 gone", "id <*> gone"],
    ["host db1.shop.example.com:5432 down", "host <*> down"],
    ["read blk_-1608999687919862906 now", "read blk_<*> now"],
    ["lock Session@1f2e3d left", "lock Session@<*> left"],
    ["drive C:\\data\\x is full", "drive <*> is full"],
    ["mail from ann@shop now", "mail from <*> now"],
  ];
  for (const [line, text] of cases) assert.equal(masked(line), text);
});

Deno.test("Lexer leaves words, packages and small numbered names as they are", () => {
  for (const line of ["link eth0 is up", "and/or nothing", "org.example.Main started", "the end."]) {
    assert.equal(masked(line), line);
  }
});

Deno.test("Lexer takes the parts of a date for one value", () => {
  for (
    const date of [
      "Mon Jan 12 10:02:03 2026",
      "2026-01-12 10:02:03,123",
      "12 Jan 2026 10:02:03 +0200",
      "Jan 2 10:02:03",
    ]
  ) {
    assert.equal(masked(`since ${date} nothing`), "since <*> nothing");
  }
  assert.equal(masked("Mar is a month and Sat a day"), "Mar is a month and Sat a day");
});

Deno.test("Lexer masks a quoted value but never a quoted message", () => {
  assert.equal(masked('user="ann lee" logged in'), "user=<*> logged in");
  assert.equal(masked('level=info msg="user logged in" id=7'), 'level=info msg="user logged in" id=<*>');
  assert.equal(masked('{"message":"disk full","free":0}'), '{"message":"disk full","free":<*>}');
});

Deno.test("Lexer.hash() and Lexer.read() find the same hashes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    const one = new Lexer(), two = new Lexer();
    one.hash(bytes, 0, bytes.length);
    two.read(bytes, 0, bytes.length);
    assert.deepEqual([one.firstHash, one.secondHash], [two.firstHash, two.secondHash]);
  }));
});

/** The first 500 lines of a real log. */
function realLines(system: string): Uint8Array[] {
  const text = Deno.readTextFileSync(new URL(`loghub_2k/${system}/${system}_2k.log`, REAL_LOGS));
  return text.split("\n", 500).map(encode);
}

/** Pieces of lines in which digits decide much: dates, addresses, names with numbers, quotes. */
const PIECES = [
  ..."Jan Mon UTC AM Node eth org. com com. info. host.example.com cafe x a f ü v1 a/b1 blk_-1 0x a1@2f u1@h2"
    .split(" "),
  ...": :: // / \\ C: http:// \" ' = msg= { ( [ ] - + . .. _ @ , $ ~ ? *".split(" "),
  ..."19 20 2005 1999 10:11 10:11:12 ,123 2026-01-02 7 42 123 1 12345 1:2:3:4:5:6 fe80::1".split(" "),
  ...["Jan 7 10:11:12 2005", "12 Jan 2026", " ", "  ", "\t", " ", " "],
];

Deno.test("Lexer.hash() finds for lines that differ in digits what Lexer.read() finds for each", () => {
  const lexer = new Lexer(),
    long = new Lexer(),
    digits = fc.infiniteStream(fc.constantFrom(..."0121929345678"));
  const line = fc.array(fc.constantFrom(...PIECES), { minLength: 2, maxLength: 14 }).map((parts) =>
    parts.join("")
  );
  fc.assert(
    fc.property(line, digits, (text, digit) => {
      for (let i = 0; i < 6; i++) {
        const changed = text.replace(/[0-9]/g, (old) => i === 0 ? old : digit.next().value!);
        const bytes = encode(`${changed} end`);
        lexer.hash(bytes, 0, bytes.length);
        long.read(bytes, 0, bytes.length);
        assert.deepEqual([lexer.firstHash, lexer.secondHash], [long.firstHash, long.secondHash], changed);
      }
    }),
    { numRuns: 2000 },
  );
});

testThatNeeds(
  ["realLogs"],
  "Lexer.hash() finds for real lines, other digits in them, what Lexer.read() finds",
  () => {
    const lexer = new Lexer(), long = new Lexer(), random = generator(7);
    for (const system of ["Android", "Apache", "HDFS", "HPC", "HealthApp", "Linux", "OpenSSH", "Zookeeper"]) {
      for (const line of realLines(system)) {
        for (let i = 0; i < 3; i++) {
          if (i > 0) {
            line.forEach((byte, at) => (byte ^ 48) < 10 && (line[at] = 48 + Math.floor(random() * 10)));
          }
          lexer.hash(line, 0, line.length);
          long.read(line, 0, line.length);
          assert.deepEqual([lexer.firstHash, lexer.secondHash], [long.firstHash, long.secondHash]);
        }
      }
    }
  },
);

Deno.test("Lexer finds hashes that depend on the line's bytes alone", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 20 }), (bytes, around) => {
      const lexer = new Lexer(), joined = new Uint8Array([...around, ...bytes, ...around]);
      lexer.hash(bytes, 0, bytes.length);
      const alone = [lexer.firstHash, lexer.secondHash];
      lexer.hash(joined, around.length, around.length + bytes.length);
      assert.deepEqual([lexer.firstHash, lexer.secondHash], alone);
    }),
  );
});

Deno.test("Lexer gives lines that differ only in values the same hashes, others not", () => {
  assert.deepEqual(hashes("took 12 ms"), hashes("took 7 ms"));
  assert.notDeepEqual(hashes("took 12 ms"), hashes("took 12 s"));
  assert.notDeepEqual(hashes("a b"), hashes("b a"));
  assert.notDeepEqual(hashes("a: b"), hashes("a:b"));
  assert.notDeepEqual(hashes("***"), hashes("**"));
});

Deno.test("Lexer takes the rest of a line with too many tokens for one value", () => {
  const lexer = new Lexer(), bytes = encode("word ".repeat(1000).trim());
  lexer.read(bytes, 0, bytes.length);
  assert.equal(lexer.length, TOKEN_LIMIT);
  assert.equal(lexer.ends[TOKEN_LIMIT - 1], bytes.length);
  assert.deepEqual(hashes("word ".repeat(1000)), hashes("word ".repeat(1500)));
});

Deno.test("Lexer covers every byte but blanks with tokens in order", () => {
  fc.assert(fc.property(fc.string({ maxLength: 120, unit: "binary" }), (line) => {
    const lexer = new Lexer(), bytes = encode(line);
    lexer.read(bytes, 0, bytes.length);
    let at = 0;
    for (let i = 0; i < lexer.length; i++) {
      assert.ok(lexer.starts[i] >= at && lexer.ends[i] > lexer.starts[i]);
      for (; at < lexer.starts[i]; at++) assert.ok([9, 10, 13, 32].includes(bytes[at]));
      at = lexer.ends[i];
    }
    for (; at < bytes.length; at++) assert.ok([9, 10, 13, 32].includes(bytes[at]));
  }));
});
