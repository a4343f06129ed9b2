/**
 * `deno task bench counted`: what it costs to judge a stream by counts instead of lines.
 *
 * It asserts nothing: it prints a table. The log is the HDFS log, repeated at later times; each reading is a process of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BulkBody, jsonBytes } from "../../../lib/source/elasticsearch/bulk_body.ts";
import { sendBulk } from "../../../lib/source/elasticsearch/bulk_request.ts";
import { connect } from "../../../lib/source/elasticsearch/connection.ts";
import { Cluster } from "../../../lib/store/counted/cluster.ts";
import { Jobs } from "../../../lib/store/counted/jobs.ts";
import { Parts } from "../../../lib/store/counted/parts.ts";
import { densityOf } from "../../../lib/store/counted/raw_counts.ts";
import { startElasticsearch } from "../../services/elasticsearch.ts";
import { type ReportTable, tableData, tableText } from "../templates/report.ts";
import { benchJob, documents, hdfsLines, INDEX } from "./bench_job.ts";
import { CountingRelay } from "./counting_relay.ts";
import type { ReadFigures } from "./read_counts.ts";

const help = `
Measures reading a stream from Elasticsearch as lines, and as what workers have counted, on a server that it starts.

  deno task bench counted [--lines N] [--times N] [--workers 1,2,4] [--url URL] [--json]

  --lines N      of the HDFS log; default all of its 222,579
  --times N      how often the log is there, each time later; default 10
  --workers N,…  numbers of worker processes; default 1,2,4
  --url URL      a server that is there already; its index ${INDEX} and all jobs are deleted
`;

const ALL = { from: -Infinity, to: Infinity }, SESSION = "(blk_-?\\d+)";
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const surroundings = { now: Date.now, random: Math.random, pause };

/** One line of the table. */
interface Row {
  windows: string;
  what: string;
  seconds: number;
  perSecond: number;
  cpu: number | null;
  megabytes: number | null;
  memory: number | null;
}

/** Fills the index; how many documents. */
async function fill(cluster: Cluster, lines: string[], times: number): Promise<number> {
  const body = new BulkBody();
  let count = 0;
  const send = async () => {
    const { dead, failure } = await sendBulk(cluster.client, body, surroundings);
    if (failure ?? dead[0]) throw failure ?? new Error(dead[0].reason);
    body.clear();
  };
  const types = {
    "@timestamp": { type: "date" },
    message: { type: "text", index: false },
    event: { properties: { sequence: { type: "long" } } },
  };
  await cluster.ask("make the index", {
    ...{ method: "PUT", path: `/${INDEX}` },
    body: {
      mappings: { dynamic: false, properties: types },
      settings: { number_of_replicas: 0, refresh_interval: "-1" },
    },
  });
  for (const [_id, source] of documents(lines, times)) {
    body.begin();
    body.put(jsonBytes({ index: { _index: INDEX, _id } }));
    body.putShort("\n");
    body.put(jsonBytes(source));
    body.putShort("\n");
    count++;
    if (body.length > 5e6) await send();
  }
  await send();
  await cluster.ask("refresh", { method: "POST", path: `/${INDEX}/_refresh` });
  return count;
}

/** Runs a program of the tests with arguments. */
function start(script: string, args: string[], stdout: "piped" | "null"): Deno.ChildProcess {
  const path = fileURLToPath(new URL(script, import.meta.url)),
    config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  return new Deno.Command("deno", {
    args: ["run", "--quiet", "--no-check", "--no-prompt", "--allow-all", "--config", config, path, ...args],
    ...{ stdout, stderr: "inherit" },
  }).spawn();
}

/** Reads once for the time and once for the bytes. */
async function read(
  url: string,
  way: "lines" | "counts",
  name: string,
  session: string,
): Promise<ReadFigures & { bytes: number }> {
  const run = async (url: string) => {
    const { stdout, success } = await start("read_counts.ts", [url, way, name, session], "piped").output();
    if (!success) throw new Error("Cannot measure: reading failed");
    return JSON.parse(new TextDecoder().decode(stdout)) as ReadFigures;
  };
  const figures = await run(url);
  await using relay = new CountingRelay(url);
  await run(relay.url);
  return { ...figures, bytes: relay.received };
}

/** Has all parts mapped by so many processes; seconds. */
async function map(
  cluster: Cluster,
  url: string,
  job: { name: string; session: string; workers: number },
): Promise<number> {
  const definition = await benchJob(job.name, job.session), jobs = new Jobs(cluster);
  const begun = await jobs.begin(definition, () => densityOf(cluster, definition, ALL)),
    parts = new Parts(cluster, begun);
  const starts = (await parts.plan(ALL)).map(({ from }) => from);
  const crew = Array.from({ length: job.workers }, (_, i) => {
    return start("../../elasticsearch/counted_worker.ts", [url, `${job.name} ${i}`, "60000"], "null");
  });
  await pause(3000); // until they are loaded and wait
  const since = performance.now();
  await jobs.use({ id: begun.id, stream: job.name, used: Date.now(), from: null, to: null, follows: false });
  try {
    while ((await parts.find(starts)).some(({ status }) => status !== "done")) await pause(100);
    return (performance.now() - since) / 1000;
  } finally {
    for (const worker of crew) worker.kill("SIGKILL");
    await jobs.use({ id: begun.id, stream: job.name, used: 0, from: null, to: null, follows: false }); // nobody works at it any more
  }
}

async function measure(
  cluster: Cluster,
  url: string,
  { count, workers }: { count: number; workers: number[] },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [windows, session] of [["time windows", "-"], ["sessions", SESSION]]) {
    const add = (what: string, seconds: number, more: Partial<ReadFigures & { bytes: number }> = {}) => {
      const { cpu = null, bytes, memory } = more,
        megabytes = (size?: number) => size === undefined ? null : size / 1e6;
      rows.push({
        windows,
        what,
        seconds,
        perSecond: count / seconds,
        cpu,
        megabytes: megabytes(bytes),
        memory: megabytes(memory),
      });
      console.error(`bench: ${windows}, ${what}: ${seconds.toFixed(1)} s`);
    };
    const lines = await read(url, "lines", `${windows} lines`, session);
    add("read as lines, counted here", lines.seconds, lines);
    for (const crew of workers) {
      const name = `${windows} by ${crew}`;
      add(`mapped by ${crew}`, await map(cluster, url, { name, session, workers: crew }));
    }
    const counts = await read(url, "counts", `${windows} by ${workers.at(-1)}`, session);
    add("read as counts", counts.seconds, counts);
    if (counts.windows !== lines.windows) {
      console.error(`bench: ${counts.windows} windows, not ${lines.windows}`);
    }
  }
  return rows;
}

async function main(): Promise<void> {
  const options = {
    lines: { type: "string" },
    times: { type: "string" },
    workers: { type: "string" },
    url: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { lines = "1e9", times = "10", workers = "1,2,4", url, json, help: asked } =
    parseArgs({ options }).values;
  if (asked) return console.log(help.trim());
  await using server = url === undefined
    ? await startElasticsearch(9, { thorough: true, settings: { "action.destructive_requires_name": false } })
    : null;
  const address = url ?? server!.url, client = await connect({ nodes: [address], timeout: 120_000 });
  const cluster = new Cluster(client, surroundings);
  for (const index of [INDEX, "deepscan-jobs"]) {
    await cluster.ask("clear", { method: "DELETE", path: `/${index}`, expected: [404] });
  }
  const count = await fill(cluster, (await hdfsLines()).slice(0, Number(lines)), Number(times));
  console.error(`bench: ${count.toLocaleString("en")} documents`);
  const rows = await measure(cluster, address, { count, workers: workers.split(",").map(Number) });
  await client.close();
  const report = tableOf(rows, { count, times: Number(times) });
  console.log(json ? JSON.stringify(tableData(report), null, 2) : tableText(report));
}

function tableOf(rows: Row[], { count, times }: { count: number; times: number }): ReportTable {
  const columns = ["", "what", "seconds", "documents/s", "CPU s", "MB received", "memory MB"];
  return {
    title: "A stream by counts instead of lines",
    notes: [
      `HDFS log, ${times} times, each later: ${count.toLocaleString("en")} documents`,
      "read: from the index to closed windows, one process; received: bytes from the server, uncompressed, in a second reading",
      "mapped: from the first part taken to the last one whole, by so many worker processes",
    ],
    columns,
    rows: rows.map(({ windows, what, seconds, perSecond, cpu, megabytes, memory }) => {
      const tenth = (value: number | null) => value === null ? null : Math.round(value * 10) / 10;
      const size = (value: number | null) => value === null ? null : Math.round(value);
      return [
        windows,
        what,
        tenth(seconds),
        Math.round(perSecond),
        tenth(cpu),
        tenth(megabytes),
        size(memory),
      ];
    }),
  };
}

if (import.meta.main) await main();
