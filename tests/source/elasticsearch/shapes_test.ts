import assert from "node:assert/strict";
import { document } from "../../../lib/record/formats/document.ts";
import { DocumentLines } from "../../../lib/source/elasticsearch/document_lines.ts";
import { Page } from "../../../lib/source/elasticsearch/page.ts";
import { USUAL_FIELDS, wantedFields } from "../../../lib/source/elasticsearch/wanted_fields.ts";
import { recordsOf } from "../../record/records_of.ts";

const TIME = "2026-03-02T10:00:00.123Z", ERROR = 17, WARN = 13, INFO = 9;

type Golden = [time: string | null, severity: number, service: string | null, content: string];

/** What a document of that shape is read as. */
async function read(source: Record<string, unknown>): Promise<Golden[]> {
  const page = new Page(wantedFields(USUAL_FIELDS)), lines = new DocumentLines();
  const hit = { _id: "a", _source: source, sort: [Date.parse(TIME), null] };
  page.read(new TextEncoder().encode(JSON.stringify({ hits: { hits: [hit] } })));
  lines.write(page, 0, 1);
  const { records } = await recordsOf(new TextDecoder().decode(lines.text()), {
    format: document,
    fallbackService: "none",
  });
  return records.map(({ timestamp, severity, service, content }) => [
    timestamp === null ? null : new Date(timestamp).toISOString(),
    severity,
    service === "none" ? null : service,
    content,
  ]);
}

async function check(shapes: [source: Record<string, unknown>, golden: Golden][]): Promise<void> {
  for (const [source, golden] of shapes) {
    assert.deepEqual(await read(source), [golden], JSON.stringify(source));
  }
}

const logstash = { "@version": "1", "@timestamp": TIME, path: "/var/log/app/shop.log", host: "host1" };

Deno.test("DocumentLines: what Logstash makes of the plain pattern TIME LEVEL MESSAGE", async () => {
  const line = "2026-03-02T10:00:00.123Z ERROR no stock";
  await check([
    [{ ...logstash, message: [line, "no stock"], loglevel: "ERROR", timestamp: TIME }, [
      TIME,
      ERROR,
      null,
      "no stock",
    ]], // no overwrite
    [{ ...logstash, message: "no stock", loglevel: "ERROR" }, [TIME, ERROR, null, "no stock"]],
    [{ ...logstash, message: "no header at all", tags: ["_grokparsefailure"] }, [
      TIME,
      0,
      null,
      "no header at all",
    ]],
    [
      {
        ...logstash,
        message: [`${line}\nat a.b(c:1)`, "no stock\nat a.b(c:1)"],
        loglevel: ["ERROR"],
        tags: ["multiline"],
      },
      [TIME, ERROR, null, "no stock"],
    ],
  ]);
});

Deno.test("DocumentLines: what Logstash makes by the common schema", async () => {
  const event = { original: "Mar  2 10:00:00 host1 sshd[42]: failed", sequence: 1772445600123456 };
  const host = { name: "shipper1", hostname: "host1" }, log = { file: { path: "/var/log/auth.log" } };
  await check([
    [{ ...logstash, host, event, log, process: { pid: 42 }, service: { name: "sshd" }, message: "failed" }, [
      TIME,
      0,
      "sshd",
      "failed",
    ]],
    [
      {
        ...logstash,
        host,
        log: { ...log, level: "WARN", logger: "a.B" },
        service: { name: "shop" },
        message: "slow",
      },
      [TIME, WARN, "shop", "slow"],
    ],
    [{ ...logstash, host, event: { original: "x" }, tags: ["_grokparsefailure"] }, [
      TIME,
      0,
      "shipper1",
      "x",
    ]],
    [{
      ...logstash,
      host,
      message: '192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 503 17 "-" "curl/8"',
    }, [
      ...[TIME, ERROR, "shipper1"] as [string, number, string],
      '"GET / HTTP/1.1" 503 17 "-" "curl/8"',
    ]],
  ]);
});

Deno.test("DocumentLines: what Filebeat makes", async () => {
  const filebeat = {
    "@timestamp": TIME,
    agent: { type: "filebeat", name: "host1", version: "9.5.3" },
    ecs: { version: "8.0.0" },
    host: { name: "host1", os: { type: "linux" } },
    input: { type: "filestream" },
    log: { offset: 4711, file: { path: "/var/log/shop.log", inode: "7" } },
  };
  await check([
    [{ ...filebeat, message: "2026-03-02 10:00:00,120 ERROR [main] a.b.Cart: no price" }, [
      TIME,
      ERROR,
      "host1",
      "no price",
    ]], // raw
    [{ ...filebeat, service: { name: "shop" }, message: '{"level":"warn","msg":"slow"}' }, [
      TIME,
      WARN,
      "shop",
      "slow",
    ]],
    [
      {
        ...filebeat,
        container: { name: "cart-1" },
        kubernetes: { container: { name: "cart" } },
        message: "INFO: started",
      },
      [TIME, INFO, "cart-1", "INFO: started"],
    ],
    [{ ...filebeat, "log.level": "error", "service.name": "cart", message: "dotted" }, [
      TIME,
      ERROR,
      "cart",
      "dotted",
    ]],
  ]);
});

Deno.test("DocumentLines: what rsyslog makes, by its own template and by the shipped one", async () => {
  const own = { message: " failed", fromhost: "host1", facility: "user", priority: "err" };
  await check([
    [{ ...own, timestamp: "2026-03-02T11:00:00.123+01:00", syslogtag: "sshd[42]:", severity: "err" }, [
      TIME,
      ERROR,
      "sshd[42]:",
      " failed",
    ]],
    [
      {
        "@timestamp": TIME,
        "log.level": "warning",
        "service.name": "sshd",
        "host.hostname": "host1",
        message: "failed",
      },
      [TIME, WARN, "sshd", "failed"],
    ],
    [{
      "@timestamp": TIME,
      "service.name": "app",
      "log.file.path": "/var/log/app/a.log",
      message: "ERROR: no price",
    }, [TIME, ERROR, "app", "ERROR: no price"]],
  ]);
});
