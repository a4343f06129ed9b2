import assert from "node:assert/strict";
import fc from "fast-check";
import { JsonRequestFields } from "../../../lib/detector/threat/json_request_fields.ts";
import { unescaped } from "../../../lib/detector/threat/json_text.ts";
import { SourceCollector } from "../../../lib/detector/threat/source_collector.ts";
import { ThreatMemory } from "../../../lib/detector/threat/threat_memory.ts";
import { webInjection } from "../../../lib/detector/threat/web_injection.ts";
import { webScanning } from "../../../lib/detector/threat/web_scanning.ts";
import { RecordReader } from "../../../lib/record/record_reader.ts";
import { LogBatch } from "../../../lib/record/log_batch.ts";
import { stdinInput } from "../../../lib/source/stdin.ts";
import { addHour, batchOf, factOf, request } from "./lines.ts";

interface Request {
  source: string;
  method: string;
  target: string;
  status: number;
  agent: string;
}

const time = "2026-03-02T10:00:00.000Z";
const split = (target: string) => {
  const at = target.indexOf("?");
  return at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
};

/** How servers and libraries write a request as JSON. */
const WRITERS: Record<string, (request: Request) => unknown> = {
  nginx: ({ source, method, target, status, agent }) => ({
    ...{ time_iso8601: time, remote_addr: source, request_method: method, request_uri: target },
    ...{ status: String(status), body_bytes_sent: "512", http_user_agent: agent },
  }),
  "nginx with the request as a line": ({ source, method, target, status, agent }) => ({
    ...{ time, remote_addr: source, request: `${method} ${target} HTTP/1.1`, status, body_bytes_sent: 512 },
    http_user_agent: agent,
  }),
  "ECS, dotted": ({ source, method, target, status, agent }) => ({
    ...{ "@timestamp": time, "source.ip": source, "http.request.method": method, "url.original": target },
    ...{ "http.response.status_code": status, "http.response.body.bytes": 512, "user_agent.original": agent },
  }),
  "ECS, nested, with the query apart": ({ source, method, target, status, agent }) => {
    const [path, query] = split(target);
    return {
      ...{
        "@timestamp": time,
        ecs: { version: "8.11" },
        agent: { type: "filebeat" },
        source: { ip: source, port: 4711 },
      },
      ...{ url: { path, query, domain: "shop.example" }, user_agent: { original: agent } },
      http: { request: { method }, response: { status_code: status, body: { bytes: 512 } } },
    };
  },
  Caddy: ({ source, method, target, status, agent }) => ({
    ...{ level: "info", ts: 1772445600.5, logger: "http.log.access", msg: "handled request" },
    request: {
      ...{
        remote_ip: source,
        remote_port: "41342",
        client_ip: source,
        proto: "HTTP/2.0",
        method,
        host: "shop.example",
      },
      ...{ uri: target, headers: { Accept: ["*/*"], "User-Agent": [agent] }, tls: { resumed: false } },
    },
    ...{ bytes_read: 0, user_id: "", duration: 0.001, size: 512, status },
  }),
  Traefik: ({ source, method, target, status, agent }) => ({
    ...{
      ClientAddr: `${source}:41342`,
      ClientHost: source,
      DownstreamContentSize: 512,
      DownstreamStatus: status,
    },
    ...{ OriginStatus: 200, RequestMethod: method, RequestPath: target, "request_User-Agent": agent },
    ...{ level: "info", msg: "", time },
  }),
  "Google Cloud": ({ source, method, target, status, agent }) => ({
    ...{ timestamp: time, severity: "INFO", resource: { labels: { project_id: "shop" } } },
    httpRequest: {
      ...{ requestMethod: method, requestUrl: `https://shop.example${target}`, status, responseSize: "512" },
      ...{ remoteIp: source, userAgent: agent },
    },
  }),
  "pino-http": ({ source, method, target, status, agent }) => ({
    ...{ level: 30, time: 1772445600123, pid: 7, hostname: "shop1" },
    req: {
      id: 1,
      method,
      url: target,
      headers: { host: "shop", "user-agent": agent },
      remoteAddress: `::ffff:${source}`,
    },
    res: { statusCode: status, headers: { "content-length": "512" } },
    msg: "request completed",
  }),
  "a framework": ({ source, method, target, status, agent }) => ({
    ...{
      message: "request",
      level: "info",
      time,
      data: { method, path: target, status_code: status, ip: source, user_agent: agent },
    },
  }),
};

const SCAN: Request[] = [
  ["/", 200],
  ["/.env", 404],
  ["/backup.zip", 200],
  ["/admin", 403],
  ["/a?b=..%2f..%2fetc%2fpasswd", 200],
  ["/search?q=<script>alert('1')</script>", 200],
  ["/item?id=1' or '1'='1", 404],
  ["/cart", 500],
].map(([target, status]) => ({
  ...{ source: "203.0.113.9", method: target === "/cart" ? "POST" : "GET", agent: "sqlmap/1.7" },
  ...{ target: String(target), status: Number(status) },
}));

const NOTED = [
  ...["requests", "posts", "refused", "missing", "broken", "probes", "found", "foundPath"] as const,
  ...["answered", "breached", "scanner"] as const,
];

/** What is noted of a source, but for sizes, which not all write, and hashes, which are of bytes as they are written. */
function noted(lines: string[]) {
  const { web } = factOf(lines).sources.get("203.0.113.9")!, { failing, injected, hidden } = web!;
  return [...NOTED.map((name) => web![name]), failing.length, injected.length, hidden.length];
}

for (const [name, write] of Object.entries(WRITERS)) {
  Deno.test(`SourceCollector reads the requests that ${name} writes as those of an access log`, () => {
    const combined = SCAN.map(({ source, target, status, method, agent }) =>
      request(source, target, status, method, agent)
    );
    assert.deepEqual(noted(SCAN.map((one) => JSON.stringify(write(one)))), noted(combined));
  });
}

Deno.test("SourceCollector reads the escapes of JSON in a target", () => {
  const [line] = [
    String
      .raw`{"method":"GET","uri":"\/search?q=\u003cscript\u003ealert(1)","status":200,"remote_addr":"203.0.113.9"}`,
  ];
  const web = factOf([line]).sources.get("203.0.113.9")!.web!;
  assert.equal(web.example, "/search?q=<script>alert(1)");
});

Deno.test("SourceCollector takes an address without its port, also an IPv6 one", () => {
  const of = (source: string) =>
    [
      ...factOf([JSON.stringify({ method: "GET", path: "/", status: 200, remote_addr: source })]).sources
        .keys(),
    ][0];
  assert.equal(of("203.0.113.9:4711"), "203.0.113.9");
  assert.equal(of("[2001:DB8::7]:4711"), "2001:db8::7");
  assert.equal(of("2001:db8::7"), "2001:db8::7");
});

Deno.test("SourceCollector takes no other JSON record for a request", () => {
  for (
    const record of [
      { msg: "calling", method: "GET", url: "https://stock.example/x" },
      { msg: "done", status: 200, path: "/x" },
      { msg: "job", method: "daily", path: "/x", status: "ok" },
      { request: { id: 7 }, status: 200 },
    ]
  ) assert.equal(factOf([JSON.stringify(record)]).totals.requests, 0, JSON.stringify(record));
});

Deno.test("SourceCollector looks for requests in no more than the first records of a template that has none", () => {
  const line = JSON.stringify(WRITERS.Caddy(SCAN[0])),
    other = JSON.stringify({ level: "info", msg: "handled request" });
  const requests = (lines: string[]) => {
    const batch = batchOf(lines), collector = new SourceCollector({ textOf: () => "handled request" });
    batch.template.fill(0);
    let fact: ReturnType<typeof factOf> | undefined;
    for (let row = 0; row < batch.length; row++) fact = collector.add(fact, batch, row);
    return fact?.totals.requests ?? 0;
  };
  assert.equal(requests([...Array(63).fill(other), line, ...Array(100).fill(other), line]), 2);
  assert.equal(requests([...Array(64).fill(other), line]), 0);
});

Deno.test("SourceCollector finds who was refused in the fields of a JSON record", () => {
  const batch = batchOf([]),
    text = '{"msg":"login failed","user":{"name":"ann"},"client":{"ip":"203.0.113.9"}}';
  batch.bytes.set(new TextEncoder().encode(text));
  [batch.contentStart[0], batch.contentEnd[0]] = [8, 20];
  [batch.recordEnd[0], batch.length] = [text.length, 1];
  const fact = new SourceCollector().add(undefined, batch, 0)!;
  assert.deepEqual([...fact.sources.keys()], ["203.0.113.9"]);
  assert.deepEqual([...fact.users.keys()], ["ann"]);
});

Deno.test("detectors of threats find a scan in a JSON access log as they find it in another", async () => {
  const { services } = new LogBatch(),
    visits = Array.from({ length: 40 }, (_, i): Request => ({
      ...{
        source: `198.51.100.${i}`,
        method: "GET",
        target: `/product/${i}`,
        status: 200,
        agent: "Mozilla/5.0",
      },
    }));
  const hidden = ["/.git/config", "/.env", "/backup.sql", "/phpmyadmin", "/wp-login.php", "/id_rsa"];
  const scan = Array.from({ length: 60 }, (_, i): Request => ({
    ...{
      source: "203.0.113.9",
      method: "GET",
      target: i < 6 ? hidden[i] : `/x${i}.php`,
      status: 404,
      agent: "-",
    },
  }));
  const memory = new ThreatMemory(), collector = new SourceCollector();
  for (let hour = 0; hour < 20; hour++) {
    addHour(
      memory,
      hour,
      visits.map((one) => request(one.source, one.target)),
    );
  }
  const lines = [...visits, ...scan, ...SCAN].map((one) => JSON.stringify(WRITERS.Caddy(one)) + "\n");
  const reader = new RecordReader(stdinInput(new Blob(lines).stream()), { services, fallbackService: "web" });
  const batch = (await reader.next())!;
  batch.template.fill(0);
  let fact: ReturnType<typeof factOf> | undefined;
  for (let row = 0; row < batch.length; row++) fact = collector.add(fact, batch, row);
  memory.add({ start: 72e6, end: 756e5, lines: batch.length, fact });
  for (const detector of [webScanning, webInjection]) {
    const [most] = detector.suspects(memory).sort((a, b) => b.value - a.value);
    assert.equal(most.source, "203.0.113.9", detector.name);
    assert(most.value > detector.floor, detector.name);
  }
});

Deno.test("JsonRequestFields never reads beyond the record, whatever its bytes", () => {
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    ":",
    ",",
    '"method":"GET"',
    '"status":404',
    '"url":{',
    " ",
    "é",
    "1",
  ];
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
    const bytes = new TextEncoder().encode(`{${parts.join("")}"method":"PUT"}`), end = bytes.length - 15;
    const fields = new JsonRequestFields();
    fields.read(bytes, 0, end);
    fields.start.forEach((start, i) => assert(start < 0 || start < fields.end[i] && fields.end[i] <= end));
  }));
});

Deno.test("unescaped() takes out what JSON.stringify() puts in", () => {
  fc.assert(fc.property(fc.string(), (text) => {
    assert.equal(unescaped(JSON.stringify(text).slice(1, -1)), text);
  }));
  assert.equal(unescaped("plain"), "plain");
});
