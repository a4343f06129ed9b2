import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Column,
  CsvParseStream,
  type CsvParseStreamOptions,
  CsvStringifyStream,
  parse,
  type ParseOptions,
  stringify,
} from "@std/csv";

type Rows = string[][] | Record<string, string>[];

/** Behaviour documented by @std/csv (which has most of it from Go's encoding/csv): name, input, options, rows or error. */
const readings: [string, string, ParseOptions, Rows | RegExp][] = [
  ["reads one line", "a,b,c\n", {}, [["a", "b", "c"]]],
  ["reads a last line without newline", "a,b,c", {}, [["a", "b", "c"]]],
  ["takes CRLF for LF", "a,b\r\nc,d\r\n", {}, [["a", "b"], ["c", "d"]]],
  ["keeps a bare CR", "a,b\rc,d\r\n", {}, [["a", "b\rc", "d"]]],
  ["keeps a CR at the very end", "a,b\r", {}, [["a", "b\r"]]],
  ["keeps a CR before CRLF", "a\r\r\n\rb\r\r\n", {}, [["a\r"], ["\rb\r"]]],
  ["turns CRLF in quotes into LF", 'A,"Hello\r\nHi",B\r\n', {}, [["A", "Hello\nHi", "B"]]],
  ["reads quoted separators", '"a,a","b",c\nd,e,f', {}, [["a,a", "b", "c"], ["d", "e", "f"]]],
  ["reads line breaks in quotes", '"two\nline",x,"three\nline\nfield"', {}, [[
    "two\nline",
    "x",
    "three\nline\nfield",
  ]]],
  ["reads doubled quotes", '"foo""bar"\r\n""""""""', {}, [['foo"bar'], ['"""']]],
  ["reads only newlines in quotes", '"\n\n\n\n"', {}, [["\n\n\n\n"]]],
  ["skips blank lines", "\n\na,b\n\nc,d\n\n", {}, [["a", "b"], ["c", "d"]]],
  ["skips blank CRLF lines", "\r\n\r\n\r\n", {}, []],
  ["keeps a line of spaces", " \na", {}, [[" "], ["a"]]],
  ["keeps an empty quoted line", 'a\n""\nb', {}, [["a"], [""], ["b"]]],
  ["reads empty fields", 'x,,\n,,\n"","",""', {}, [["x", "", ""], ["", "", ""], ["", "", ""]]],
  ["reads a separator at the end", "a,b,", {}, [["a", "b", ""]]],
  ["lets rows differ in length", "a,b,c\nd,e", {}, [["a", "b", "c"], ["d", "e"]]],
  ["reads other separators", "a;b;c\n", { separator: ";" }, [["a", "b", "c"]]],
  ["reads longer separators", 'a||"b||c"||d', { separator: "||" }, [["a", "b||c", "d"]]],
  ["keeps leading space", " a,  b\n", {}, [[" a", "  b"]]],
  ["trims leading space", " a,  b,   c \n", { trimLeadingSpace: true }, [["a", "b", "c "]]],
  ["trims before a quote", ' "a"," b",c', { trimLeadingSpace: true }, [["a", " b", "c"]]],
  ["refuses a quote after space", ' "a"', {}, /line 1: bare " in non-quoted-field/],
  ["skips comments", "#1,2,3\na,b,c\n#comment", { comment: "#" }, [["a", "b", "c"]]],
  ["keeps an indented comment", " #a\n", { comment: "#" }, [[" #a"]]],
  ["skips an indented comment and white space when trimming", " #a\n  \nb", {
    comment: "#",
    trimLeadingSpace: true,
  }, [["b"]]],
  ["knows no comments by default", "#1,2\na,b", {}, [["#1", "2"], ["a", "b"]]],
  ["reads a comment sign in quotes", '"a\n#b"\n', { comment: "#" }, [["a\n#b"]]],
  ["reads separators outside ASCII", 'a€"  b,"€ c\nλ x\n', { separator: "€", comment: "λ" }, [[
    "a",
    "  b,",
    " c",
  ]]],
  ["is lazy about quotes", `a "word",b "",c"`, { lazyQuotes: true }, [['a "word"', 'b ""', 'c"']]],
  ["is lazy about a quote in quotes, and keeps the outer ones", `"1"2",a`, { lazyQuotes: true }, [[
    '"1"2"',
    "a",
  ]]],
  [
    "wants the end of a quoted field, however lazy",
    '"a\nb',
    { lazyQuotes: true },
    /missing " in quoted-field/,
  ],
  ["refuses a bare quote", 'a "word","b"', {}, /^Syntax error on line 1: bare " in non-quoted-field$/],
  ["refuses text after a quote", '"a "word","b"', {}, /line 1: extraneous or missing " in quoted-field$/],
  ["names the line of an error", 'a,b\n"w\n\no"rd",1', {}, /^Syntax error on line 4: extraneous/],
  [
    "refuses an open end",
    'a\n2,"baz\n',
    {},
    /^Syntax error on line 2: extraneous or missing " in quoted-field/,
  ],
  ["takes fieldsPerRecord 0 from the first row", "a,b\n\nd,e\n", { fieldsPerRecord: 0 }, [["a", "b"], [
    "d",
    "e",
  ]]],
  [
    "refuses a row unlike the first",
    "a,b,c\nd,e",
    { fieldsPerRecord: 0 },
    /line 2: expected 3 fields but got 2/,
  ],
  [
    "refuses a row unlike fieldsPerRecord",
    "a,b,c",
    { fieldsPerRecord: 2 },
    /in the first row: expected 2 fields but got 3/,
  ],
  ["checks nothing with fieldsPerRecord -1", "a,b\nc", { fieldsPerRecord: -1 }, [["a", "b"], ["c"]]],
  ["maps a header", "a,b\ne,f\n", { skipFirstRow: true }, [{ a: "e", b: "f" }]],
  ["maps columns", "a,b\ne,f\n", { columns: ["x", "y"] }, [{ x: "a", y: "b" }, { x: "e", y: "f" }]],
  ["maps columns without the first row", "a\nc\ne", { skipFirstRow: true, columns: ["x"] }, [{ x: "c" }, {
    x: "e",
  }]],
  ["has no rows below a header", "a,b", { skipFirstRow: true }, []],
  [
    "refuses columns that don't fit",
    "a,b",
    { columns: ["x"] },
    /first row: The record has 2 fields, but the header has 1 fields/,
  ],
  [
    "refuses too few fields",
    "a,b\nc",
    { skipFirstRow: true },
    /record has 1 fields, but the header has 2 fields/,
  ],
  ["drops a byte-order mark", '\ufeff"a""b"', {}, [['a"b']]],
  ["keeps a later byte-order mark", "a\ufeffb", {}, [["a\ufeffb"]]],
  ["reads an empty text", "", {}, []],
];

for (const [name, input, options, expected] of readings) {
  Deno.test(`parse() ${name}`, () => {
    const run = () => parse(input, options);
    if (expected instanceof RegExp) assert.throws(run, { name: "SyntaxError", message: expected });
    else assert.deepEqual(run(), expected);
  });
  Deno.test(`CsvParseStream ${name}`, async () => {
    for (const size of [1, 3, 1000]) {
      const run = () => Array.fromAsync(chunks(input, size).pipeThrough(new CsvParseStream(options)));
      if (expected instanceof RegExp) await assert.rejects(run, { name: "SyntaxError", message: expected });
      else assert.deepEqual(await run(), expected);
    }
  });
}

function chunks(text: string, size: number): ReadableStream<string> {
  return ReadableStream.from(function* () {
    for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
  }());
}

Deno.test("parse() refuses what can't be a separator or a comment", () => {
  const bad: ParseOptions[] = [{ separator: "\n" }, { separator: "\r" }, { separator: '"' }, {
    separator: "",
  }];
  bad.push({ comment: "\n" }, { comment: "\r" }, { comment: '"' }, { separator: "X", comment: "X" });
  for (const options of bad) {
    assert.throws(() => parse("", options), /^TypeError: Cannot parse input: invalid separator or comment/);
    assert.throws(() => new CsvParseStream(options), TypeError);
  }
});

Deno.test("parse() throws when the row that names the columns is missing", () => {
  assert.throws(() => parse("", { skipFirstRow: true }), {
    message: "Cannot parse input: headers must be defined",
  });
});

Deno.test("parse() makes a column called __proto__ an ordinary key", () => {
  const [row] = parse("__proto__,a\nx,y", { skipFirstRow: true });
  assert.deepEqual(Object.keys(row), ["__proto__", "a"]);
  assert.equal(Object.getPrototypeOf(row), Object.prototype);
});

Deno.test("parse() gives rows the types of their columns", () => {
  const rows: string[][] = parse("a\nb");
  const named: Record<"x" | "y", string>[] = parse("a,b", { columns: ["x", "y"] });
  const headed: Record<string, string>[] = parse("a\nb", { skipFirstRow: true });
  const stream: ReadableStream<Record<"x", string>> = new CsvParseStream({ columns: ["x"] }).readable;
  const unknownOptions: CsvParseStreamOptions = {};
  const either: string[][] | Record<string, string>[] = parse("a", unknownOptions);
  assert.deepEqual([rows.length, named[0].x, headed[0].a, either.length], [2, "a", "b", 1]);
  assert.ok(stream instanceof ReadableStream);
});

Deno.test("CsvParseStream hands out rows before the text ends", async () => {
  const { readable, writable } = new CsvParseStream();
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const reading = reader.read();
  await writer.write("id,name\n1,Ann");
  assert.deepEqual(await reading, { done: false, value: ["id", "name"] });
  await reader.cancel();
});

/** Behaviour documented by @std/csv: name, data, options, text. */
const writings: [string, Parameters<typeof stringify>[0], Parameters<typeof stringify>[1], string][] = [
  ["writes arrays", [[1, 2], [3, 4]], {}, "1,2\r\n3,4\r\n"],
  ["writes nothing of nothing", [], {}, ""],
  ["writes a header alone", [], { columns: ["a"] }, "a\r\n"],
  ["leaves the header out", [{ a: 1 }], { columns: ["a"], headers: false }, "1\r\n"],
  ["takes indices as columns", [["key", "foo"]], { columns: [1] }, "1\r\nfoo\r\n"],
  ["takes keys as columns", [{ b: 2, a: 1 }], { columns: ["a", "b"] }, "a,b\r\n1,2\r\n"],
  ["finds nested values", [{ m: { v: "foo" } }], { columns: [["m", "v"]] }, "v\r\nfoo\r\n"],
  ["finds nested indices", [["k", ["k", "foo"]]], { columns: [[1, 1]] }, "1\r\nfoo\r\n"],
  ["renames columns", [{ v: "foo" }], { columns: [{ header: "Value", prop: "v" }] }, "Value\r\nfoo\r\n"],
  ["writes objects as JSON", [[{ v: "x" }]], {}, '"{""v"":""x""}"\r\n'],
  ["writes nothing for null and undefined", [[null, undefined, 0]], {}, ",,0\r\n"],
  ["writes numbers, big integers, booleans", [[0xa, 1n, true]], {}, "10,1,true\r\n"],
  ["quotes quotes, separators and line feeds", [['a"', "b,", "c\n"]], {}, '"a""","b,","c\n"\r\n'],
  ["quotes a lone CR", [["foo\r"]], {}, '"foo\r"\r\n'],
  ["uses another separator", [["a,b", "c\td"]], { separator: "\t" }, 'a,b\t"c\td"\r\n'],
  ["puts a byte-order mark first", [["a"]], { bom: true }, "\ufeffa\r\n"],
  ["leaves formulas as they are", [["=1+1"]], {}, "=1+1\r\n"],
];

for (const [name, data, options, text] of writings) {
  Deno.test(`stringify() ${name}`, () => assert.equal(stringify(data, options), text));
}

Deno.test("stringify() refuses objects without columns, names in arrays and impossible separators", () => {
  assert.throws(() => stringify([{ a: 1 }]), {
    name: "TypeError",
    message: /an object needs the option columns/,
  });
  assert.throws(
    () => stringify([["foo"]], { columns: ["a"] }),
    /property accessor is not of type "number": a/,
  );
  for (const separator of ['"', "\r\n", ""]) {
    assert.throws(
      () => stringify([], { separator }),
      /^TypeError: Cannot stringify data: separator must not/,
    );
  }
});

Deno.test("CsvStringifyStream writes what stringify() writes", async () => {
  const data = [{ id: 1, name: "o,ne" }, { id: 2, name: 'tw"o' }];
  const columns = ["id", "name"];
  for (const separator of [",", "\t"]) {
    const stream = ReadableStream.from(data).pipeThrough(new CsvStringifyStream({ columns, separator }));
    assert.equal((await Array.fromAsync(stream)).join(""), stringify(data, { columns, separator }));
  }
});

Deno.test("CsvStringifyStream ends with the error of stringify()", async () => {
  const rows = ReadableStream.from<unknown[]>([{ a: 1 } as unknown as unknown[]]).pipeThrough(
    new CsvStringifyStream(),
  );
  await assert.rejects(() => Array.fromAsync(rows), TypeError);
});

Deno.test("parse() reads back what stringify() writes", () => {
  // An array of one empty field is a blank line, and CRLF comes back as LF: both are the format's own.
  const field = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", " ", "é", "=", "#") });
  const row = fc.array(field, { minLength: 2, maxLength: 4 });
  const columns: Column[] = ["x", "y"];
  fc.assert(fc.property(fc.array(row), (rows) => {
    assert.deepEqual(parse(stringify(rows)), rows);
    const objects = rows.map(([x, y]) => ({ x, y }));
    assert.deepEqual(parse(stringify(objects, { columns }), { skipFirstRow: true }), objects);
  }));
});
