import assert from "node:assert/strict";
import { formatByName } from "../../../lib/record/formats/mod.ts";
import type { FormatOptions } from "../../../lib/record/format.ts";
import { recordsOf } from "../records_of.ts";

/** Time (ISO), severity, service, content; `null` for a line whose header doesn't parse. */
type Golden = [line: string, expected: [string | null, number, string | null, string] | null];

const T = "2026-03-02T10:00:00.000Z", M = "2026-03-02T10:00:00.123Z";

const ISO8601: Golden[] = [
  ["2026-03-02T10:00:00.123Z ERROR checkout: order 1 failed", [M, 17, null, "checkout: order 1 failed"]],
  ["2026-03-02 10:00:00,123 info   two  blanks ", [M, 9, null, "two  blanks "]],
  ["2026-03-02 11:00:00+0100 WARNING x", [T, 13, null, "x"]],
  ["[2026-03-02T10:00:00Z] [ WARN ] x", [T, 13, null, "x"]],
  ["[2026-03-02T10:00:00Z] INFO: x", [T, 9, null, "x"]],
  ["2026-03-02T10:00:00Z [4242] ERROR x", [T, 17, null, "x"]],
  ["2026-03-02T10:00:00Z [worker 3] [ERROR] [4242]: x", [T, 17, null, "x"]],
  ["2026-03-02T10:00:00Z [main] shop.checkout INFO x", [T, 9, "shop.checkout", "x"]],
  ["2026-03-02 10:00:00,123 - shop.checkout - CRITICAL - out of money", [
    M,
    21,
    "shop.checkout",
    "out of money",
  ]],
  ["2026-03-02T10:00:00Z | INFO | x | y", [T, 9, null, "x | y"]],
  ["2026-03-02 10:00:00.123 UTC [4242] LOG:  checkpoint", [M, 9, null, "checkpoint"]],
  ["2026-03-02 10:00:00.123 CET [42-1] shop@orders FATAL:  no", [M, 21, null, "no"]],
  ["2026-03-02 10:00:00.123 UTC [4242] STATEMENT:  select 1", [M, 9, null, "select 1"]],
  ["2026-03-02T10:00:00Z INFO [4242] x", [T, 9, null, "x"]],
  ["2026-03-02T10:00:00Z INFO [a] x", [T, 9, null, "[a] x"]],
  ["2026-03-02T10:00:00Z ERROR", [T, 17, null, ""]],
  ["2026-03-02T10:00:00Z", [T, 0, null, ""]],
  ["2026-03-02T10:00:00Z order 1 had an error", [T, 0, null, "order 1 had an error"]],
  ["2026-03-02T10:00:00Z Informal talk", [T, 0, null, "Informal talk"]],
  ["2026-03-02T10:00:00.123+0000: 1.5: [GC pause, 0.01 secs]", [M, 0, null, "1.5: [GC pause, 0.01 secs]"]],
  ["2026-03-02T10:00:00Zoo", null],
  ["\tat shop.Main.main(Main.java:1)", null],
  [" 2026-03-02T10:00:00Z ERROR indented", null],
];

const LOG4J: Golden[] = [
  ["260302 100000 148 INFO dfs.DataNode$X: got a:b", [T, 9, "dfs.DataNode$X", "got a:b"]],
  ["26/03/02 10:00:00 ERROR spark.X: lost", [T, 17, "spark.X", "lost"]],
  ["2026-03-02 10:00:00,123 - WARN  [Send:18:Mgr$Worker@688] - leaving", [M, 13, "Mgr$Worker", "leaving"]],
  ["2026-03-02 10:00:00,123 - INFO  [Q[myid=1]/0:0:2181:Fast@7] - a [b] - c", [M, 9, "Fast", "a [b] - c"]],
  ["[2026-03-02 10:00:00,123] INFO Deleting (x) (kafka.log.Log)", [M, 9, "kafka.log.Log", "Deleting (x)"]],
  ["[2026-03-02 10:00:00,123] INFO values: ", [M, 9, null, "values: "]],
  ["[2026-03-02 10:00:00,123] INFO took 5 (ms)", [M, 9, null, "took 5 (ms)"]],
  ["2026-03-02 10:00:00,123 INFO [main] o.a.App: up", [M, 9, "o.a.App", "up"]],
  ["2026-03-02 10:00:00,123 INFO o.a.App: up", [M, 9, "o.a.App", "up"]],
  ["2026-03-02 10:00:00,123 INFO timeout: 30", [M, 9, null, "timeout: 30"]],
  ["2026-03-02 10:00:00,123 INFO shop.example: lost", [M, 9, null, "shop.example: lost"]],
  ["2026-03-02 10:00:00.123 [http-1] WARN s.Cart - empty", [M, 13, "s.Cart", "empty"]],
  ["2026-03-02T10:00:00.123Z  INFO 42 --- [app] [main] s.App  : up", [M, 9, "s.App", "up"]],
  ["261302 100000 148 INFO dfs.X: no such month", null],
  ["260302 250000 148 INFO dfs.X: no such hour", null],
  ["2026-03-02 10:00:00,123 no level", null],
  ["java.io.IOException: gone", null],
];

const SYSLOG: Golden[] = [
  ["<34>Mar  2 10:00:00 h su: failed", [T, 18, "su", "failed"]],
  ["<191>Mar 02 10:00:00 h app[1]: x", [T, 5, "app", "x"]],
  ["Mar  2 10:00:00 h sshd(pam_unix)[42]: session opened", [T, 0, "sshd(pam_unix)", "session opened"]],
  ["Mar  2 10:00:00 h /usr/sbin/cron[42]: (root) CMD (x)", [T, 0, "/usr/sbin/cron", "(root) CMD (x)"]],
  ["Mar  2 10:00:00 h kernel: [12.5] eth0: up", [T, 0, "kernel", "[12.5] eth0: up"]],
  ["Mar  2 10:00:00 h postfix/smtpd[1]: warning: slow", [T, 13, "postfix/smtpd", "warning: slow"]],
  ["Mar  2 10:00:00 h syslogd 1.4.1: restart.", [T, 0, "syslogd", "restart."]],
  ["Mar  2 10:00:00 h last message repeated 2 times", [T, 0, null, "last message repeated 2 times"]],
  ["Mar  2 10:00:00 sshd[42]: without a host", [T, 0, "sshd", "without a host"]],
  ["Mar  2 10:00:00 h app:", [T, 0, "app", ""]],
  ["Mar  2 10:00:00", [T, 0, null, ""]],
  ["<999>Mar  2 10:00:00 h su: x", null],
  ["Mrz  2 10:00:00 h su: x", null],
  ["Mar 32 10:00:00 h su: x", null],
  ["Feb 30 10:00:00 h su: x", null],
];

const AGENT = '"-" "curl/8.5.0"';
const COMBINED: Golden[] = [
  [`192.0.2.7 - - [02/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 5 ${AGENT}`, [
    T,
    9,
    null,
    `"GET /a HTTP/1.1" 200 5 ${AGENT}`,
  ]],
  ['h - bob [02/Mar/2026:05:00:00 -0500] "GET / HTTP/1.1" 404 -', [T, 13, null, '"GET / HTTP/1.1" 404 -']],
  ['h - Bob Doe [02/Mar/2026:10:00:00 +0000] "GET /" 500 -', [T, 17, null, '"GET /" 500 -']],
  ['a.example:80 h - - [02/Mar/2026:10:00:00 +0000] "-" 408 -', [T, 13, "a.example", '"-" 408 -']],
  ['h - - [02/Mar/2026:10:00:00 +0000] "GET /\\"x\\" HTTP/1.0" 301 0', [
    T,
    9,
    null,
    '"GET /\\"x\\" HTTP/1.0" 301 0',
  ]],
  ['h - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.0" - -', [T, 0, null, '"GET / HTTP/1.0" - -']],
  ['"h - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.0" 200 1"', [T, 9, null, '"GET / HTTP/1.0" 200 1"']],
  ['h - - [02/Mar/2026:10:00:00 +0000] "GET / HTTP/1.0', null],
  ['h - - [32/Mar/2026:10:00:00 +0000] "GET /" 200 1', null],
  ['h - - [02/Mar/2026:10:00:00] "GET /" 200 1', null],
];

const JSON_LINES: Golden[] = [
  ['{"@timestamp":"2026-03-02T10:00:00.123Z","log.level":"WARN","message":"a"}', [M, 13, null, "a"]],
  ['{ "time" : "2026-03-02T11:00:00+01:00" , "level" : 50 , "msg" : "a \\"b\\"" }', [
    T,
    17,
    null,
    'a \\"b\\"',
  ]],
  ['{"ts":1772445600.123,"level":"info","logger":"pay","msg":"a"}', [M, 9, null, "a"]],
  ['{"time":"1772445600123","severity":"ERROR","message":"a"}', [M, 17, null, "a"]],
  ['{"log":{"level":"error","logger":"l"},"service":{"name":"s"},"message":"a"}', [null, 17, "s", "a"]],
  ['{"log":{"logger":"l"},"message":"a"}', [null, 0, null, "a"]],
  ['{"name":"shop","hostname":"h","level":60,"msg":"a"}', [null, 21, "shop", "a"]],
  ['{"name":"shop","level":20,"msg":"a"}', [null, 5, null, "a"]], // whatever it names
  ['{"@t":"2026-03-02T10:00:00.1234567Z","@mt":"a {b}"}', [M, 9, null, "a {b}"]],
  ['{"@t":"2026-03-02T10:00:00.1234567Z","@m":"a","@mt":"b","@l":"Fatal"}', [M, 21, null, "a"]],
  ['{"Timestamp":"2026-03-02T10:00:00.123Z","LogLevel":"Warning","Message":"a"}', [M, 13, null, "a"]],
  ['{"severity":"CRITICAL","textPayload":"a","timestamp":"2026-03-02T10:00:00.123Z"}', [M, 21, null, "a"]],
  ['{"jsonPayload":{"message":"a","level":"error"},"resource":{"labels":{"container_name":"c"}}}', [
    null,
    17,
    "c",
    "a",
  ]],
  ['{"__REALTIME_TIMESTAMP":"1772445600123456","PRIORITY":"4","_SYSTEMD_UNIT":"u","MESSAGE":"a"}', [
    M,
    13,
    "u",
    "a",
  ]],
  ['{"_SYSTEMD_UNIT":"u","SYSLOG_IDENTIFIER":"s","MESSAGE":[97,255]}', [
    null,
    0,
    "s",
    '{"_SYSTEMD_UNIT":"u","SYSLOG_IDENTIFIER":"s","MESSAGE":[97,255]}',
  ]],
  ['{"log":"a\\r\\n","stream":"stderr","time":"2026-03-02T10:00:00.123456789Z"}', [M, 0, null, "a"]],
  ['{"log":"C:\\\\n","time":"2026-03-02T10:00:00Z"}', [T, 0, null, "C:\\\\n"]],
  ['{"event":"a","levelname":"WARNING","timestamp":"2026-03-02 10:00:00"}', [T, 13, null, "a"]],
  ['{"event":{"kind":"x"},"message":"a","level":"loud","time":"soon"}', [null, 0, null, "a"]],
  ['{"nested":{"message":"no","level":"error"},"list":[{"msg":"no"},[1,-2.5e3,true,null]]}', [
    null,
    0,
    null,
    '{"nested":{"message":"no","level":"error"},"list":[{"msg":"no"},[1,-2.5e3,true,null]]}',
  ]],
  ["{}", [null, 0, null, "{}"]],
  ['{"msg":""}', [null, 0, null, ""]],
  ['{"msg":"a"', null],
  ['{"msg":"a"} trailing', null],
  ['{"msg":"a",}', null],
  ['{"msg" "a"}', null],
  ["{msg: 1}", null],
  ["[1, 2]", null],
  ["null", null],
  [`${'{"a":'.repeat(70)}1${"}".repeat(70)}`, null],
];

const GOLDEN: Record<string, Golden[]> = {
  iso8601: ISO8601,
  log4j: LOG4J,
  syslog: SYSLOG,
  combined: COMBINED,
  json: JSON_LINES,
  plain: [["2026-03-02T10:00:00Z ERROR x", [null, 0, null, "2026-03-02T10:00:00Z ERROR x"]], ["", [
    null,
    0,
    null,
    "",
  ]]],
};

async function only(
  line: string,
  name: string,
  formatOptions: FormatOptions = { referenceTime: Date.UTC(2026, 2, 2) },
) {
  const { records, reader } = await recordsOf(line + "\n", { format: formatByName(name), formatOptions });
  assert.equal(records.length, 1);
  return { record: records[0], parsed: reader.quality.share === 1 };
}

for (const [name, golden] of Object.entries(GOLDEN)) {
  Deno.test(`${name} reads time, severity, service and content`, async () => {
    for (const [line, expected] of golden) {
      const { record, parsed } = await only(line, name);
      assert.equal(parsed, expected !== null, line);
      const time = record.timestamp === null ? null : new Date(record.timestamp).toISOString();
      const service = record.service === "fallback" ? null : record.service;
      assert.deepEqual(
        [time, record.severity, service, record.content],
        expected ?? [null, 0, null, line],
        line,
      );
    }
  });
}

Deno.test("formats take times without a zone as FormatOptions.utcOffset says", async () => {
  const east: [string, string][] = [
    ["iso8601", "2026-03-02 12:00:00 INFO x"],
    ["log4j", "260302 120000 1 INFO a.B: x"],
    ["log4j", "26/03/02 12:00:00 INFO a.B: x"],
    ["syslog", "Mar  2 12:00:00 h su: x"],
    ["json", '{"time":"2026-03-02 12:00:00","msg":"x"}'],
    ["combined", 'h - - [02/Mar/2026:10:00:00 +0000] "GET /" 200 1'], // which names its zone
  ];
  for (const [name, line] of east) {
    const { record } = await only(line, name, { referenceTime: Date.UTC(2026, 2, 2), utcOffset: 120 });
    assert.equal(new Date(record.timestamp!).toISOString(), T, line);
  }
});
