import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestReader } from "../../../lib/detector/threat/request_reader.ts";
import { batchOf } from "./lines.ts";

/** What is read of a line; `null` = it is no request. */
function read(line: string) {
  const batch = batchOf([line]), request = new RequestReader();
  if (!request.read(batch, 0)) return null;
  const { sourceStart, sourceEnd, targetStart, pathEnd, targetEnd, agentStart, agentEnd, status, size } =
    request;
  return {
    source: batch.text(sourceStart, sourceEnd),
    path: batch.text(targetStart, pathEnd),
    query: batch.text(pathEnd, targetEnd),
    agent: batch.text(agentStart, agentEnd),
    ...{ status, size, sends: request.sends },
  };
}

Deno.test("RequestReader reads who asked for what and what was answered", () => {
  const line =
    '192.0.2.7 - ann [02/Mar/2026:10:00:00 +0000] "POST /a/b?c=1 HTTP/1.1" 302 19 "http://x/" "Agent \\"7\\""';
  assert.deepEqual(read(line), {
    ...{ source: "192.0.2.7", path: "/a/b", query: "?c=1", agent: 'Agent \\"7\\"' },
    ...{ status: 302, size: 19, sends: true },
  });
});

Deno.test("RequestReader reads HTTP/2, IPv6, host names and virtual hosts", () => {
  const at = "[02/Mar/2026:10:00:00 +0000]";
  assert.equal(read(`2001:db8::7 - - ${at} "GET / HTTP/2" 200 -`)?.source, "2001:db8::7");
  assert.equal(read(`2001:db8::7 - - ${at} "GET /x HTTP/2" 200 -`)?.path, "/x");
  assert.equal(read(`crawl-7.example.net - - ${at} "GET / HTTP/1.0" 200 5`)?.source, "crawl-7.example.net");
  assert.equal(read(`shop.example:443 192.0.2.7 - - ${at} "GET / HTTP/1.1" 200 5`)?.source, "192.0.2.7");
});

Deno.test("RequestReader reads what is no proper request", () => {
  const at = "192.0.2.7 - - [02/Mar/2026:10:00:00 +0000]";
  assert.deepEqual([read(`${at} "-" 408 0`)?.status, read(`${at} "\\x16\\x03" 400 0`)?.path], [
    408,
    "\\x16\\x03",
  ]);
  assert.equal(read(`${at} "GET / HTTP/1.1" - -`)?.status, 0);
});

Deno.test("RequestReader reads a record that stands in quotes as a whole", () => {
  assert.equal(read('"192.0.2.7 - - [now] "GET /a HTTP/1.1" 200 5 "-" "-""')?.path, "/a");
});

Deno.test("RequestReader takes nothing else for a request", () => {
  for (
    const line of ["", '"', 'user "ann" 404', 'said "hello there" 4041', '192.0.2.7 - - [x] "GET / HTTP/1.1"']
  ) {
    assert.equal(read(line), null, line);
  }
});

Deno.test("RequestReader never reads beyond the record, whatever its bytes", () => {
  const piece = fc.constantFrom(
    '"',
    "\\",
    " ",
    "GET /",
    " HTTP/1.1",
    "404",
    "192.0.2.7",
    "[",
    "]",
    "é",
    "\0",
    "-",
    ":",
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
    const line = pieces.join(""),
      batch = batchOf([line, '"GET /other HTTP/1.1" 200 7']),
      request = new RequestReader();
    const end = batch.recordEnd[0];
    if (!request.read(batch, 0)) return;
    const { sourceStart, sourceEnd, targetStart, pathEnd, targetEnd, agentStart, agentEnd } = request;
    for (
      const [from, to] of [[sourceStart, sourceEnd], [targetStart, pathEnd], [pathEnd, targetEnd], [
        agentStart,
        agentEnd,
      ]]
    ) {
      assert(0 <= from && from <= to && to <= end);
    }
    assert(request.status >= 0 && request.status < 1000);
  }));
});
