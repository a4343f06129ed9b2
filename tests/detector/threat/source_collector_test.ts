import assert from "node:assert/strict";
import fc from "fast-check";
import { SourceCollector } from "../../../lib/detector/threat/source_collector.ts";
import { attemptsOf } from "../../../lib/detector/threat/source_counts.ts";
import {
  CHANGE_LIMIT,
  SOURCE_LIMIT,
  SourceFact,
  USER_LIMIT,
} from "../../../lib/detector/threat/source_fact.ts";
import { accepted, batchOf, factOf, refused, request } from "./lines.ts";

const plain = (fact: SourceFact) => JSON.parse(JSON.stringify(fact));

Deno.test("SourceCollector counts an attempt once, however many lines tell of it", () => {
  const fact = factOf([
    "Invalid user pi from 203.0.113.9 port 4001",
    "pam_unix(sshd:auth): check pass; user unknown",
    "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.9",
    "Failed password for invalid user pi from 203.0.113.9 port 4001 ssh2",
    "Connection closed by invalid user pi 203.0.113.9 port 4001 [preauth]",
    "message repeated 4 times: [ Failed password for root from 203.0.113.9 port 4 ssh2]",
  ]);
  const login = fact.sources.get("203.0.113.9")!.login!;
  assert.equal(attemptsOf(login), 5);
  assert.equal(login.users.length, 2);
  assert.deepEqual([...fact.users.keys()].sort(), ["pi", "root"]);
});

Deno.test("SourceCollector notes an accepted login and its user", () => {
  const fact = factOf([...refused("203.0.113.9", "root", 3), accepted("203.0.113.9", "backup")], 1000);
  const login = fact.sources.get("203.0.113.9")!.login!;
  assert.deepEqual([login.firstFailed, login.lastAccepted, login.acceptedUser], [1000, 1003, "backup"]);
});

Deno.test("SourceCollector counts requests by status and by what they try", () => {
  const fact = factOf([
    request("203.0.113.9", "/"),
    request("203.0.113.9", "/.env", 404),
    request("203.0.113.9", "/backup.zip", 200),
    request("203.0.113.9", "/admin", 403),
    request("203.0.113.9", "/a?b=..%2f..%2fetc%2fpasswd", 200),
    request("203.0.113.9", "/search?q=%3Cscript%3E", 200, "POST", "sqlmap/1.7"),
    request("203.0.113.9", "/cart", 500),
  ]);
  const web = fact.sources.get("203.0.113.9")!.web!;
  assert.deepEqual([web.requests, web.refused, web.missing, web.broken, web.posts], [7, 1, 1, 1, 1]);
  assert.deepEqual([web.found, web.foundPath, web.breached, web.answered, web.scanner], [
    1,
    "/backup.zip",
    1,
    2,
    "sqlmap",
  ]);
  assert.deepEqual([web.failing.length, web.injected.length, web.hidden.length], [2, 2, 2]);
  assert.equal(web.size, 7 * 512);
});

Deno.test("SourceCollector takes an IPv4 address written as IPv6 for the same source", () => {
  const fact = factOf([request("::FFFF:203.0.113.9", "/x", 404), request("203.0.113.9", "/x", 404)]);
  assert.deepEqual([...fact.sources.keys()], ["203.0.113.9"]);
});

Deno.test("SourceCollector keeps no secret and no mail address", () => {
  const fact = factOf([
    "Failed password for ann@shop.example from 203.0.113.9 port 4 ssh2",
    "ann : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/mysql --password=hunter2",
    request("203.0.113.9", "/a?token=abcdef123456&b='or'1'='1", 404),
  ]);
  assert.doesNotMatch(JSON.stringify(fact), /hunter2|abcdef123456|ann@shop/);
});

Deno.test("SourceCollector looks at no line of a template that is not concerned", () => {
  const batch = batchOf(refused("203.0.113.9"));
  const texts = ["took <*> ms", "Failed password for <*> from <*> port <*> ssh2"];
  assert.equal(new SourceCollector({ textOf: () => texts[0] }).add(undefined, batch, 0), undefined);
  assert.equal(new SourceCollector({ textOf: () => texts[1] }).add(undefined, batch, 0)?.sources.size, 1);
});

const line = fc.oneof(
  fc.tuple(fc.nat(5), fc.constantFrom("root", "ann", "eve")).map(([host, user]) =>
    refused(`203.0.113.${host}`, user)[0]
  ),
  fc.tuple(fc.nat(5), fc.constantFrom("root", "ann")).map(([host, user]) =>
    accepted(`203.0.113.${host}`, user)
  ),
  fc.tuple(fc.nat(5), fc.webPath(), fc.constantFrom(200, 302, 403, 404, 500))
    .map(([host, path, status]) => request(`203.0.113.${host}`, path || "/", status)),
  fc.constantFrom(
    "new user: name=eve, UID=7",
    "ann : TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/id",
    "took 4 ms",
  ),
);

Deno.test("SourceFact is the same whatever the order of lines, and from parts as from the whole", () => {
  fc.assert(fc.property(fc.array(line, { maxLength: 40 }), fc.nat(), fc.nat(40), (lines, turn, cut) => {
    const whole = factOf(lines), batch = batchOf(lines), collector = new SourceCollector();
    const order = lines.map((_, row) => row).sort((a, b) => (a * 7919 + turn) % 41 - (b * 7919 + turn) % 41);
    let one: SourceFact | undefined, other: SourceFact | undefined;
    for (const row of order.slice(0, cut)) one = collector.add(one, batch, row);
    for (const row of order.slice(cut)) other = collector.add(other, batch, row);
    const merged = collector.merge(one ?? new SourceFact(), other ?? new SourceFact());
    const { users: _a, ...expected } = plain(whole), { users: _b, ...actual } = plain(merged);
    assert.deepEqual(actual, expected);
  }));
});

Deno.test("SourceFact is restored as it was saved, and goes on as it would have", () => {
  fc.assert(fc.property(fc.array(line, { maxLength: 30 }), line, (lines, next) => {
    const fact = factOf(lines), collector = new SourceCollector(), restored = collector.load(plain(fact));
    assert.deepEqual(plain(restored), plain(fact));
    const batch = batchOf([next]);
    assert.deepEqual(plain(collector.add(restored, batch, 0)!), plain(collector.add(fact, batch, 0)!));
  }));
});

Deno.test("SourceFact refuses what is not its own", () => {
  for (const saved of [null, 7, {}, { ...plain(new SourceFact()), version: 2 }]) {
    assert.throws(() => SourceFact.fromJSON(saved), /Cannot restore what sources did/);
  }
  const broken = plain(factOf(refused("203.0.113.9")));
  broken.sources[0].login.failed = "many";
  assert.throws(() => SourceFact.fromJSON(broken), TypeError);
});

Deno.test("SourceFact is bounded, and keeps the sources that do most", () => {
  const fact = new SourceFact();
  for (let i = 0; i < 20_000; i++) {
    fact.source(`198.51.${i >> 8}.${i & 255}`).weight++;
    if (i % 2 === 0) fact.source("203.0.113.9").weight += 16;
    fact.tried(`user${i}`, i, 1);
    fact.changed({
      kind: "user",
      user: "",
      target: `user${i}`,
      program: "",
      command: "",
      times: 1,
      first: i,
    });
  }
  assert(
    fact.sources.size <= SOURCE_LIMIT && fact.users.size <= USER_LIMIT && fact.changes.size <= CHANGE_LIMIT,
  );
  assert(fact.sources.has("203.0.113.9"));
  assert(fact.dropped > 50_000);
});

Deno.test("SourceCollector takes any bytes", () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const spiced = fc.tuple(
    bytes,
    fc.constantFrom('"GET ', "Failed password for ", "%25%32", '" 404 ', "from ::"),
    bytes,
  );
  fc.assert(fc.property(spiced, ([before, word, after]) => {
    const middle = new TextEncoder().encode(word), line = new Uint8Array([...before, ...middle, ...after]);
    plain(factOf([line]));
  }));
  const long = request("203.0.113.9", `/${"%2e%2e%2f".repeat(20_000)}`, 404);
  assert.equal(factOf([long]).sources.get("203.0.113.9")?.web?.injected.length, 1);
});
