import assert from "node:assert/strict";
import { document } from "../../lib/record/formats/document.ts";
import { Dictionary } from "../../lib/record/dictionary.ts";
import type { LogRecord } from "../../lib/record/log_batch.ts";
import { RecordReader } from "../../lib/record/record_reader.ts";
import { failureOf } from "../../lib/source/elasticsearch/failure.ts";
import { IndexInput } from "../../lib/source/elasticsearch/index_input.ts";
import { testThatNeeds } from "../needs.ts";
import { readThrough } from "../record/records_of.ts";
import { linesWithError, runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { freePort } from "../services/free_port.ts";
import { type Rsyslog, sendTo, startRsyslog } from "../services/rsyslog.ts";
import { elasticsearchNeed, MAJORS } from "../services/with_elasticsearch.ts";
import { ask, DEPLOY, passwordOf, type SecuredServer, startSecured } from "./secured.ts";

/** Syslog's severities, their words in a line, and OpenTelemetry's numbers. */
const SEVERITIES = { ERROR: [3, 17], WARN: [4, 13], INFO: [6, 9] } as const;
const MINUTES = 600, PLANTED = 550;

/** A message, and what comes back of it. */
interface Message {
  sent: string;
  time: number;
  severity: number;
  text: string;
}

/** A line in ISO 8601 form as a message by RFC 5424. */
function messageOf(line: string, service: string): Message {
  const [, stamp, level, text] = /^(\S+) (\S+) (.*)$/.exec(line)!;
  const [code, severity] = SEVERITIES[level as keyof typeof SEVERITIES];
  return {
    ...{ time: Date.parse(stamp), severity, text },
    sent: `<${8 + code}>1 ${stamp} host1 ${service} 42 - - ${text}\n`,
  };
}

/** A service that is always the same until something new fails, and one whose texts want escaping. */
const calm = linesWithError(MINUTES, PLANTED).map((line) => messageOf(line, "calm"));
const odd = Array.from({ length: 500 }, (_, i) => {
  const time = new Date(Date.UTC(2026, 2, 2, 12, 0, i)).toISOString(), level = Object.keys(SEVERITIES)[i % 3];
  return messageOf(`${time} ${level} order ${i} of "ann" costs ${i % 7} €\t(\\${i})`, "shop");
});
const FILE = "ERROR: no price\n  at total (cart.js:58)\nWARN: slow\nINFO: end\n";
const RECORDS = [[17, "ERROR: no price\n  at total (cart.js:58)"], [13, "WARN: slow"], [9, "INFO: end"]];

/** The shipped configuration, for a server of the test, with a port where messages arrive. */
async function configuration(folder: string, { server, certificate }: SecuredServer, port: number) {
  await Deno.writeTextFile(`${folder}/ca.crt`, certificate.authority);
  await Deno.mkdir(`${folder}/app`);
  await Deno.writeTextFile(`${folder}/app/cart.log`, FILE);
  const replaced = {
    "https://es1.example.com:9200": server.url,
    PASSWORD: passwordOf("shipper"),
    "/etc/rsyslog.d": folder,
    "/var/log": folder,
  };
  let text = await Deno.readTextFile(new URL("rsyslog.conf", DEPLOY));
  for (const [from, to] of Object.entries(replaced)) {
    assert(text.includes(from), from);
    text = text.replaceAll(from, to);
  }
  return `global(workDirectory="${folder}" parser.escapeControlCharactersOnReceive="off")
module(load="imtcp")
input(type="imtcp" port="${port}" address="127.0.0.1")
${text}`;
}

/** An index that was made a moment ago has no shard yet. */
function notYet(error: unknown): number {
  if (failureOf("count", error).kind === "unavailable") return 0;
  throw error;
}

/** Waits until so many documents are there. */
async function arrived(secured: SecuredServer, count: number, { said }: Rsyslog): Promise<void> {
  const admin = await secured.as("admin");
  for (let tries = 0;; tries++) {
    await ask(admin, "POST /server-logs-*/_refresh");
    const found = await ask(admin, "GET /server-logs-*/_count").then(({ count }) => count as number, notYet);
    if (found >= count) return assert.equal(found, count);
    if (tries === 120) throw new Error(`Cannot go on: ${found} of ${count} documents arrived: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function readAll(secured: SecuredServer): Promise<LogRecord[]> {
  await ask(await secured.as("admin"), "POST /server-logs-*/_refresh");
  const input = new IndexInput(secured.settings("reader"), { index: "server-logs-*" });
  const options = { services: new Dictionary(), format: document, fallbackService: "none" };
  const { records, reader } = await readThrough(new RecordReader(input, options));
  reader.close();
  return records;
}

/** What rsyslog sent comes back as it was. */
async function equal(secured: SecuredServer): Promise<void> {
  const read = await readAll(secured);
  for (const [name, messages] of [["calm", calm], ["shop", odd]] as const) {
    assert.deepEqual(
      read.filter(({ service }) => service === name)
        .map(({ timestamp, severity, content }) => [timestamp, severity, content]),
      messages.map(({ time, severity, text }) => [time, severity, text]),
    );
  }
  const lines = read.filter(({ service }) => service === "app")
    .map(({ severity, text }) => [severity, text.replace(/^\S+ \S+ app /, "")]);
  assert.deepEqual(lines.sort(), [...RECORDS].sort());
}

/** What a read-only index refuses is kept, and can be sent again as the configuration says. */
async function repeated(secured: SecuredServer, rsyslog: Rsyslog, port: number): Promise<void> {
  const admin = await secured.as("admin"), shipper = await secured.as("shipper");
  const block = (value: boolean | null) =>
    ask(admin, "PUT /server-logs-*/_settings", { "index.blocks.read_only_allow_delete": value }); // as a full disk does
  await block(true);
  await sendTo(port, messageOf("2026-03-02T13:00:00Z INFO the disk is full", "full").sent);
  const requests = await refused(rsyslog, 1);
  assert.match(requests[0].reply.items[0].create.error.reason, /read-only-allow-delete/);
  await block(null);
  for (const { request } of [...requests, ...requests]) {
    const lines = request.postdata.split("\n").filter((line) => line !== "");
    await ask(shipper, "POST /_bulk", lines.map((line) => JSON.parse(line)));
  }
  const read = (await readAll(secured)).filter(({ service }) => service === "full");
  assert.deepEqual(read.map(({ content }) => content), ["the disk is full"]);
}

/** What rsyslog keeps of a request that was refused. */
interface RefusedRequest {
  request: { postdata: string };
  reply: { items: { create: { error: { reason: string } } }[] };
}

/** Waits until so many requests were refused. */
async function refused({ folder, said }: Rsyslog, count: number): Promise<RefusedRequest[]> {
  for (let tries = 0;; tries++) {
    const lines = (await refusedText(folder)).split("\n").filter((line) => line !== "");
    if (lines.length >= count) return lines.map((line) => JSON.parse(line));
    if (tries === 120) throw new Error(`Cannot go on: ${lines.length} requests were refused: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function refusedText(folder: string): Promise<string> {
  return await Deno.readTextFile(`${folder}/rsyslog-refused.json`).catch(() => "");
}

/** The tasks, as the reader, find what was planted. */
async function found({ server, certificate }: SecuredServer): Promise<void> {
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/ca.crt`, certificate.authority);
    await Deno.writeTextFile(`${cwd}/password`, passwordOf("reader"));
    await Deno.writeTextFile(
      `${cwd}/deepscan.yaml`,
      `elasticsearch: {nodes: ["${server.url}"], ca_file: ca.crt, user: reader, password_file: password}
model: {directory: models}\nstate: {directory: state}\nreports: {directory: reports}
streams:
  - name: calm
    inputs: ["elasticsearch:server-logs-*"]
    elasticsearch: {query: {term: {service.name: calm}}}
    clock: data
`,
    );
    const border = "2026-03-02T08:00:00Z", trained = await runTask("train", ["--to", border], { cwd });
    assert.equal(trained.code, 0, trained.stderr);
    const { code, stdout, stderr } = await runTask("detect", ["--exit-code"], { cwd });
    assert.equal(code, 3, stdout + stderr);
    assert.match(stdout, /disk of replica failed/);
  });
}

for (const major of MAJORS) {
  testThatNeeds(
    [elasticsearchNeed(major), "rsyslog"],
    `rsyslog.conf: train and detect find in Elasticsearch ${major} what rsyslog sent there`,
    async (t) => {
      await using secured = await startSecured(major);
      const template = await Deno.readTextFile(new URL("elasticsearch/server-logs.json", DEPLOY));
      const installer = await secured.as("installer"), port = freePort();
      await ask(installer, "PUT /_index_template/deepscan-server-logs", JSON.parse(template));
      await using rsyslog = await startRsyslog((folder) => configuration(folder, secured, port));
      await sendTo(port, [...calm, ...odd].map(({ sent }) => sent).join(""));
      await arrived(secured, calm.length + odd.length + RECORDS.length, rsyslog);
      assert.equal(await refusedText(rsyslog.folder), "");
      await t.step("every message and line is read as it was", () => equal(secured));
      await t.step("what is refused is kept, and sent again", () => repeated(secured, rsyslog, port));
      await t.step("the tasks find the error that was planted", () => found(secured));
    },
  );
}
