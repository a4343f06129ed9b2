import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { REAL_LOGS, testThatNeeds } from "../needs.ts";
import { ELASTICSEARCH_VERSIONS, type ElasticsearchMajor } from "../services/elasticsearch.ts";
import { distribution } from "../services/elasticsearch_distribution.ts";
import { javaFor } from "../services/java.ts";
import { elasticPattern, type LogstashPlugin, readLogstashConfig } from "./grok_config.ts";
import { elasticsearchNeed, MAJORS } from "../services/with_elasticsearch.ts";
import { DEPLOY } from "./secured.ts";

const read = (name: string) => Deno.readTextFile(new URL(name, DEPLOY));
const logstash = readLogstashConfig(await read("logstash.conf"));

interface GrokSettings {
  pattern_definitions: Record<string, string>;
  match: { message: string[] };
  overwrite: string[];
}

/** Settings of the filter that takes lines apart. */
function grokOf({ filter }: { filter: LogstashPlugin[] }): GrokSettings {
  const found = filter.find(({ plugin, settings }) =>
    plugin === "grok" && "message" in (settings.match as object)
  );
  return found!.settings as unknown as GrokSettings;
}

/** What a line was taken apart into. */
interface Tried {
  /** Which pattern fitted; -1 = none. */
  pattern: number;
  fields: Record<string, string>;
}

/** Tries patterns on lines with the grok library of that version. */
async function tried(major: ElasticsearchMajor, { definitions = {}, patterns, lines }: {
  definitions?: Record<string, string>;
  patterns: string[];
  lines: string[];
}): Promise<Tried[]> {
  const folder = await distribution(ELASTICSEARCH_VERSIONS[major]), file = await Deno.makeTempFile();
  const named = Object.entries(definitions).map(([name, pattern]) => `${name}\t${pattern}\n`);
  await Deno.writeTextFile(
    file,
    [...named, ...patterns.map((pattern) => `\t${elasticPattern(pattern)}\n`)].join(""),
  );
  try {
    const program = new URL("GrokTrial.java", import.meta.url).pathname;
    const java = new Deno.Command(`${javaFor(major)!.path}/bin/java`, {
      args: ["-cp", `${folder}/lib/*`, program, file],
      ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
    }).spawn();
    const written = new Blob([lines.map((line) => `${escaped(line)}\n`).join("")]).stream().pipeTo(
      java.stdin,
    );
    const { success, stdout, stderr } = await java.output();
    await written.catch(() => {}); // what Java says instead is told below
    assert(success, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout).trimEnd().split("\n").map(triedOf);
  } finally {
    await Deno.remove(file);
  }
}

function escaped(line: string): string {
  return line.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function triedOf(text: string): Tried {
  const [pattern, ...pairs] = text.split("\t");
  const fields = pairs.map((pair) => {
    const at = pair.indexOf("=");
    const value = pair.slice(at + 1).replaceAll(
      /\\(.)/g,
      (_, c) => ({ n: "\n", t: "\t" })[c as "n" | "t"] ?? c,
    );
    return [pair.slice(0, at), value];
  });
  return { pattern: Number(pattern), fields: Object.fromEntries(fields) };
}

const trace = "java.lang.NullPointerException: order\n\tat com.example.Cart.total(Cart.java:58)";
/** Lines of our own, and what must come out of them. */
const GOLDEN: [line: string, fields: Record<string, string> | null][] = [
  ["2026-03-02T10:00:00.123Z ERROR no stock", {
    timestamp: "2026-03-02T10:00:00.123Z",
    "log.level": "ERROR",
    message: "no stock",
  }],
  ["2026-03-02 10:00:00 WARNING: disk 91% full", {
    timestamp: "2026-03-02 10:00:00",
    "log.level": "WARNING",
    message: "disk 91% full",
  }],
  [
    `2026-03-02 10:00:00,123 [http-8080-3] ERROR com.example.Shop - cannot price ${trace}`,
    {
      timestamp: "2026-03-02 10:00:00,123",
      "log.level": "ERROR",
      "log.logger": "com.example.Shop",
      message: `cannot price ${trace}`,
    },
  ],
  [
    "2026-03-02 10:00:00.123 UTC [4203] shop@orders ERROR:  deadlock detected",
    {
      timestamp: "2026-03-02 10:00:00.123",
      "process.pid": "4203",
      "log.level": "ERROR",
      message: "deadlock detected",
    },
  ],
  ["[2026-03-02 10:00:00,123] INFO [Log a=1] rolled (kafka.log.Log)", {
    timestamp: "2026-03-02 10:00:00,123",
    "log.level": "INFO",
    message: "[Log a=1] rolled (kafka.log.Log)",
  }],
  ["2026-03-02 10:00:00.123 [DEBUG][606918] felix.go 356: pong", {
    timestamp: "2026-03-02 10:00:00.123",
    "log.level": "DEBUG",
    message: "felix.go 356: pong",
  }],
  ["2026-03-02T10:00:00.123Z [INFO]  lease: revoked", {
    timestamp: "2026-03-02T10:00:00.123Z",
    "log.level": "INFO",
    message: "lease: revoked",
  }],
  [
    "260302 100000 17 WARN dfs.DataNode$Packet: slow",
    {
      timestamp: "260302 100000",
      "process.thread.id": "17",
      "log.level": "WARN",
      "log.logger": "dfs.DataNode$Packet",
      message: "slow",
    },
  ],
  [
    '<34>1 2026-03-02T10:00:00.5+01:00 host1 sshd 42 ID7 [a b="c"] login failed',
    {
      ...{
        timestamp: "2026-03-02T10:00:00.5+01:00",
        "host.hostname": "host1",
        "service.name": "sshd",
        "process.pid": "42",
      },
      ...{ "event.code": "ID7", "log.syslog.priority": "34", message: "login failed" },
    },
  ],
  [
    "Mar  2 10:00:00 host1 sshd(pam_unix)[42]: authentication failure",
    {
      timestamp: "Mar  2 10:00:00",
      "host.hostname": "host1",
      "service.name": "sshd(pam_unix)",
      "process.pid": "42",
      message: "authentication failure",
    },
  ],
  [
    "2026-03-02T10:00:00.123456+01:00 host1 kernel: [UFW BLOCK] IN=eth0",
    {
      timestamp: "2026-03-02T10:00:00.123456+01:00",
      "host.hostname": "host1",
      "service.name": "kernel",
      message: "[UFW BLOCK] IN=eth0",
    },
  ],
  [
    '192.0.2.7 - ann [02/Mar/2026:10:00:00 +0100] "GET /cart?id=1 HTTP/1.1" 503 17 "-" "curl/8"',
    {
      ...{
        timestamp: "02/Mar/2026:10:00:00 +0100",
        "source.address": "192.0.2.7",
        "user.name": "ann",
        "http.version": "1.1",
      },
      ...{ "http.request.method": "GET", "url.original": "/cart?id=1", "http.response.status_code": "503" },
      ...{ "http.response.body.bytes": "17", "user_agent.original": "curl/8" },
    },
  ],
  [
    "2026/03/02 10:00:00 [error] 12#34: *5 upstream timed out",
    {
      timestamp: "2026/03/02 10:00:00",
      "log.level": "error",
      "process.pid": "12",
      message: "upstream timed out",
    },
  ],
  ["[Mon Mar 02 10:00:00 2026] [notice] caught SIGTERM", {
    timestamp: "Mon Mar 02 10:00:00 2026",
    "log.level": "notice",
    message: "caught SIGTERM",
  }],
  ["no header at all", null],
];

/** Real logs, and the share of lines that must fit; the rest are tails of records and lines without a program. */
const REAL: [path: string, share: number][] = [
  ["hdfs_loglead_2pct/HDFS_2pct.log.gz", 1],
  ["linux_raw/Linux.log.gz", 0.998],
  ["elastic_auth/auth.log.gz", 1],
  ["elastic_web/apache_logs.gz", 1],
  ["elastic_web/redlug_access_150801.log.gz", 1],
  ["elastic_kafka/kafka1/logs/server.log", 1],
  ["loghub_2k/Apache/Apache_2k.log", 1],
  ["loghub_2k/OpenSSH/OpenSSH_2k.log", 1],
  ["loghub_2k/Zookeeper/Zookeeper_2k.log", 1],
  ["loki_drain_testdata/vault.txt", 1],
  ["loki_drain_testdata/kafka.txt", 1],
];

async function realLines(path: string): Promise<string[]> {
  const bytes = await Deno.readFile(new URL(path, REAL_LOGS));
  const text = new TextDecoder().decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  return text.split("\n").filter((line) => line !== "").slice(0, 10_000);
}

for (const major of MAJORS) {
  const grok = grokOf(logstash), definitions = grok.pattern_definitions, patterns = grok.match.message;

  testThatNeeds(
    [elasticsearchNeed(major)],
    `logstash.conf: grok of Elasticsearch ${major} finds the fields`,
    async () => {
      const results = await tried(major, { definitions, patterns, lines: GOLDEN.map(([line]) => line) });
      GOLDEN.forEach(([line, fields], i) => assert.deepEqual(results[i].fields, fields ?? {}, line));
      assert.deepEqual(new Set(results.map(({ pattern }) => pattern)), new Set([0, 1, 2, 3, 4, 6, 7, -1]));
    },
  );

  testThatNeeds(
    [elasticsearchNeed(major), "realLogs"],
    `logstash.conf: grok of Elasticsearch ${major} fits real logs`,
    async () => {
      const logs = await Promise.all(REAL.map(([path]) => realLines(path)));
      const results = await tried(major, { definitions, patterns, lines: logs.flat() });
      let at = 0;
      REAL.forEach(([path, least], i) => {
        const part = results.slice(at, at += logs[i].length);
        const share = part.filter(({ pattern }) => pattern >= 0).length / part.length;
        assert(share >= least, `${path}: ${share}`);
        assert(part.every(({ pattern, fields }) => pattern < 0 || fields.timestamp !== undefined), path);
      });
    },
  );

  testThatNeeds(
    [elasticsearchNeed(major)],
    `logstash.conf: what goes on with a record begins none, by grok of Elasticsearch ${major}`,
    async () => {
      const codec = logstash.input[0].settings.codec as LogstashPlugin;
      const begin = ["2026-03-02 x", "[2026-03-02T1", "260302 100000 1", '{"a":1}', "2026/03/02 10:00"];
      const goOn = ["\tat com.example.Cart", "Caused by: x", "java.lang.Error", "  }", "", "12 dead"];
      const results = await tried(major, {
        patterns: [codec.settings.pattern as string],
        lines: [...begin, ...goOn],
      });
      assert.deepEqual(results.map(({ pattern }) => pattern === 0), [
        ...begin.map(() => true),
        ...goOn.map(() => false),
      ]);
    },
  );
}

Deno.test("logstash.conf: keeps what doesn't fit, and what is refused", async () => {
  const grok = grokOf(logstash), [{ settings }] = logstash.output;
  assert.deepEqual(grok.overwrite, ["message"]);
  assert(!("tag_on_failure" in grok)); // the tag says so
  assert(!logstash.filter.some(({ plugin }) => plugin === "drop"));
  assert.deepEqual([settings.index, settings.action], ["server-logs-%{+YYYY.MM.dd}", "create"]);
  const letters = readLogstashConfig(await read("logstash-dead-letters.conf")),
    pipelines = await read("pipelines.yml");
  assert.match(
    pipelines,
    new RegExp(`pipeline.id: ${letters.input[0].settings.pipeline_id}\n[^]*dead_letter_queue.enable: true`),
  );
});

Deno.test("logstash.conf: the variant for a data stream is a configuration too", async () => {
  const text = await read("logstash.conf"),
    [, block] = /instead of daily indices[^\n]*\n((?: +#[^\n]*\n)+)/.exec(text)!;
  const { output: [{ settings }] } = readLogstashConfig(`output {\n${block.replaceAll(/^ +# /gm, "")}}`);
  const stream =
    `${settings.data_stream_type}-${settings.data_stream_dataset}-${settings.data_stream_namespace}`;
  const template = JSON.parse(await read("elasticsearch/server-logs-data-stream.json"));
  assert.deepEqual([stream, template.index_patterns], ["logs-server-default", ["logs-server-*"]]);
});

Deno.test("server-logs-pipeline.json: takes lines apart as logstash.conf does", async () => {
  const { processors } = JSON.parse(await read("elasticsearch/server-logs-pipeline.json"));
  const of = (name: string) => processors.flatMap((one: Record<string, unknown>) => one[name] ?? []);
  const grok = grokOf(logstash), date = logstash.filter.find(({ plugin }) => plugin === "date")!.settings;
  const [first] = of("grok");
  assert.deepEqual(first.patterns, grok.match.message.map(elasticPattern));
  assert.deepEqual(first.pattern_definitions, grok.pattern_definitions);
  const formats = (date.match as string[]).slice(1); // the field is first
  assert.deepEqual(of("date")[0].formats, formats);
});
