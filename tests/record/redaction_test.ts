import assert from "node:assert/strict";
import fc from "fast-check";
import { createRedactor, mayHoldSecret, redact } from "../../lib/record/redaction.ts";

Deno.test("redact() takes secrets and personal data out", () => {
  const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----";
  const cases: [string, string][] = [
    ["password=hunter2 next", "password=<secret> next"],
    ['{"password": "hunter 2", "user": "x"}', '{"password": <secret>, "user": "x"}'],
    ['{\\"db_password\\":\\"hunter2\\"}', '{\\"db_password\\":<secret>}'],
    ["PGPASSWORD='a b' psql", "PGPASSWORD=<secret> psql"],
    ["token: abc, secret => def", "token: <secret>, secret => <secret>"],
    ["GET /x?api_key=abc&y=1", "GET /x?api_key=<secret>&y=1"],
    ["Authorization: Basic dXNlcjpwYXNz", "Authorization: <secret>"],
    ['"authorization":"Bearer abc.def"', '"authorization":"<secret>"'],
    ["sent bearer abcdefgh12345678", "sent bearer <secret>"],
    ["eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJ left", "<jwt> left"],
    ["key AKIAIOSFODNN7EXAMPLE used", "key <aws-key> used"],
    ["postgres://shop:hunter2@db:5432/orders", "postgres://<secret>@db:5432/orders"],
    ["mail to ann.b+c@mail.shop.example.", "mail to <email>."],
    ["card 4111 1111 1111 1111 declined", "card <card> declined"],
    ["card 4111-1111-1111-1111", "card <card>"],
    [`read ${key} done`, "read <private-key> done"],
    ["push with ghp_0123456789012345678901234567890123", "push with <secret>"],
  ];
  for (const [text, expected] of cases) assert.equal(redact(text), expected);
});

Deno.test("redact() leaves ordinary lines alone", () => {
  const lines = [
    "order 4711 paid in 12 ms by host shop1.example:443",
    "blk_-1608999687919862906 src: /10.250.19.102:54106",
    "4111111111111112 is no card", // its Luhn digit is wrong
    "at 2026-03-02 10:00:00.123 UTC [4242] checkpoint",
    "user@ host, https://shop.example/path?x=1",
    "passing the keyboard to the tokenizer",
    "1772445600123456789 ns since the epoch",
  ];
  for (const line of lines) assert.equal(redact(line), line);
});

Deno.test("redact() changes nothing more when done twice", () => {
  const part = fc.constantFrom(
    "password=",
    "a@b.example ",
    "token: ",
    '"',
    "'",
    " ",
    "Bearer abcdefghi ",
    "eyJabcdef.ghijkl ",
    "<secret>",
    "x",
  );
  fc.assert(fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 8 })), { maxLength: 12 }), (parts) => {
    const once = redact(parts.join(""));
    assert.equal(redact(once), once);
  }));
});

Deno.test("redact() leaves no planted secret in any surrounding", () => {
  const secret = "Zx9Qv7Lm2Kp4Rt8W", around = fc.string({ maxLength: 40 });
  const plants = [
    `password=${secret}`,
    `Authorization: Bearer ${secret}`,
    `"api_key":"${secret}"`,
    `https://u:${secret}@h/`,
  ];
  fc.assert(fc.property(around, fc.constantFrom(...plants), around, (before, plant, after) => {
    assert.ok(!redact(`${before} ${plant} ${after}`).includes(secret));
  }));
});

Deno.test("mayHoldSecret() is false only where redact() leaves a text and all its parts as they are", () => {
  const secrets = [
    ..."password=hunter2|Pwd: x|SECRET => y|api_key=z|access-key: a|credentials=b|session_id=c|authkey=d"
      .split("|"),
    ..."Authorization: Basic dXNlcjpwYXNz|bearer abcdefgh1|eyJhbGci.eyJzdWIi.x|AKIAIOSFODNN7EXAMPLE".split(
      "|",
    ),
    ..."https://a:b@c/|ann@shop.example|4111 1111 1111 1111|-----BEGIN PRIVATE  KEY-----|glpat-abcdefghij"
      .split("|"),
    ..."ghp_0123456789012345678901234567890123|xoxb-1234567890|sk-live-0123456789abcdef|passphrase:e".split(
      "|",
    ),
  ];
  const piece = fc.oneof(
    fc.constantFrom(...secrets, " ", "=", "block blk_12", "took 7 ms"),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(8), (pieces, cut) => {
    const text = pieces.join(""), part = text.slice(cut), bytes = new TextEncoder().encode(text);
    if (mayHoldSecret(bytes, 0, bytes.length)) return;
    assert.equal(redact(text), text);
    assert.equal(redact(part), part);
  }));
  for (const text of secrets) {
    const bytes = new TextEncoder().encode(text);
    assert(redact(text) === text || mayHoldSecret(bytes, 0, bytes.length), text);
  }
});

Deno.test("redact() takes time in proportion to the text", () => {
  const long = [
    "a@".repeat(50_000),
    "eyJ".repeat(30_000),
    "1 ".repeat(50_000),
    "password".repeat(12_000),
    "a.".repeat(50_000) + "@",
  ];
  for (const text of long) assert.ok(redact(text).length > 0); // hours where a pattern backtracks
});

Deno.test("createRedactor() adds patterns of the user's own", () => {
  const redactor = createRedactor(["cust-\\d+", "(?i)iban [A-Z0-9]+"]);
  assert.equal(redactor("cust-17 IBAN DE00 ann@shop.example"), "<redacted> <redacted> <email>");
});

Deno.test("createRedactor() refuses what is no RE2 expression", () => {
  assert.throws(() => createRedactor(["("]), /^SyntaxError: Cannot compile a redaction pattern: .*"\("$/);
  assert.throws(() => createRedactor(["(?=x)"]), SyntaxError); // RE2 has no look-ahead
});
