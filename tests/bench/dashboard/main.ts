/**
 * `deno task bench dashboard`: how fast pages come over a large state, with many people at once.
 *
 * It asserts nothing: it prints a table.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { VIEW_SQL } from "../../dashboard/view_sql.ts";
import { type ReportTable, tableData, tableText } from "../templates/report.ts";
import { END, type MadeRows, makeState, type StateSize } from "./made_state.ts";

const help = `
Measures the pages of \`deno task dashboard\` over a state that it makes, with many clients at once.

  deno task bench dashboard [--quick] [--clients N] [--requests N] [--pace MS] [--folder DIR] [--json]

  --quick        a small state
  --clients N    clients at the same time; default 20
  --pace MS      each asks so long after its last question, or once it has its answer if that comes later; default 0
  --requests N   of each kind; default 400
  --folder DIR   where the state is kept, and taken from if it is there; default: made anew, and removed
`;

const FULL: StateSize = { streams: 10, services: 30, days: 116, templates: 300, incidentsPerDay: 6 };
const QUICK: StateSize = { streams: 2, services: 5, days: 3, templates: 40, incidentsPerDay: 6 };

/** Tables that grow with what is read. */
const LARGE = / (?:verdict|record_count|window_count|template_count|alert|incident|delivery) /;

const HOUR = 3_600_000, DAY = 24 * HOUR;

/** What clients ask for; `i` counts requests. */
const ASKED: Record<string, (i: number) => string> = {
  "overview page, 24h, all ask the same": () => "/overview",
  "overview page, 24h, each another day": (i) => `/overview?${span(i, DAY, 10)}`,
  "overview page, 7d, each another week": (i) => `/overview?${span(i, 7 * DAY, 90)}`,
  "overview page, 90d, each another span": (i) => `/overview?${span(i, 90 * DAY, 20)}`,
  "overview as JSON, 24h, each another day": (i) => `/api/v1/overview?${span(i, DAY, 10)}`,
  "service page, 24h": (i) => `/services/stream0${i % 2}/service00${i % 5}?${span(i, DAY, 10)}`,
  "incidents page, 30d": (i) => `/incidents?${span(i, 30 * DAY, 80)}`,
  "incident page": (i) => `/incidents/${(0xabc000 + i % 18).toString(16).padStart(16, "0")}`,
  "templates page, 24h": (i) => `/templates?${span(i, DAY, 100)}`,
  "template page, 30d": (i) =>
    `/templates/stream00/${(i % 40).toString(16).padStart(10, "0")}?${span(i, 30 * DAY, 80)}`,
  "models page": () => "/models",
  "health page": () => "/health",
  "search": (i) => `/search?text=service00${i % 5}`,
};

/** A span of a length that ends within the last days, by the hour: another one with each request. */
function span(i: number, length: number, days: number): string {
  const to = END - (i * 7919 % (days * 24)) * HOUR;
  return `from=${to - length - (i % 3) * HOUR}&to=${to}`;
}

/** What one kind of request came to; ms. */
interface Row {
  what: string;
  requests: number;
  perSecond: number;
  p50: number;
  p95: number;
  max: number;
  kilobytes: number;
  /** Processor time of the server for each request, ms; NaN where nobody tells. */
  cpu: number;
  /** Resident memory of the server behind it, MB. */
  memory: number;
}

async function measure(
  { url, cpu }: Awaited<ReturnType<typeof serve>>,
  what: string,
  { clients, requests, pace }: { clients: number; requests: number; pace: number },
): Promise<Row> {
  const pathOf = ASKED[what], times: number[] = [];
  let next = 0, bytes = 0;
  const ask = async () => {
    const path = pathOf(next++), begun = performance.now(), answer = await fetch(`${url}${path}`);
    bytes += (await answer.arrayBuffer()).byteLength;
    times.push(performance.now() - begun);
    if (answer.status !== 200) throw new Error(`Cannot measure ${path}: status ${answer.status}`);
  };
  const begun = performance.now(), used = cpu();
  await Promise.all(Array.from({ length: clients }, async (_, i) => {
    for (let due = begun + i * pace / clients; next < requests; due += pace) {
      await pause(due - performance.now());
      await ask();
    }
  }));
  const seconds = (performance.now() - begun) / 1000, sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return {
    ...{
      what,
      requests: times.length,
      perSecond: times.length / seconds,
      p50: at(0.5),
      p95: at(0.95),
      max: at(1),
    },
    kilobytes: bytes / times.length / 1024,
    cpu: (cpu() - used) / times.length,
    memory: await memoryOf(url),
  };
}

async function pause(time: number): Promise<void> {
  if (time > 0) await new Promise((resolve) => setTimeout(resolve, time));
}

/** Resident memory of the server, MB. */
async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/deepscan_process_resident_memory_bytes (\d+)/.exec(text)?.[1] ?? NaN) / 1e6;
}

async function serve(folder: string) {
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const rights = [
    "--allow-read",
    `--allow-write=${folder}`,
    "--allow-net=127.0.0.1",
    "--allow-env",
    "--allow-sys",
  ];
  const process = new Deno.Command("deno", {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-check",
      "--config",
      config,
      ...rights,
      new URL("server.ts", import.meta.url).pathname,
      folder,
    ],
    ...{ stdin: "piped", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const { value = "" } = await process.stdout.pipeThrough(new TextDecoderStream()).getReader().read();
  return {
    url: value.trim().replace(/\/$/, ""),
    cpu: () => processorTime(process.pid),
    stop: async () => {
      await process.stdin.close();
      await process.status;
    },
  };
}

/** Processor time that a process has used, ms; NaN where the system doesn't tell. */
function processorTime(pid: number): number {
  if (Deno.build.os !== "linux") return NaN;
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10; // user and system time, in hundredths of a second
}

/** How SQLite goes about the queries that read large tables. */
function plansOf(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const queries = Object.entries(VIEW_SQL).flatMap(([group, queries]) =>
    Object.entries(queries).map(([name, query]) => [`${group}.${name}`, query])
  );
  const plans = queries.flatMap(([name, query]) => {
    const steps = database.prepare(`explain query plan ${query}`).all().map(({ detail }) => String(detail));
    const large = steps.filter((step) => LARGE.test(step));
    return large.length === 0 ? [] : `${name}: ${large.join("; ")}`;
  });
  database.close();
  return plans;
}

function tableOf(
  rows: readonly Row[],
  memory: { before: number; after: number },
  made: MadeRows | null,
): ReportTable {
  const number = (value: number, digits = 0) => value.toFixed(digits);
  const state = made === null
    ? ""
    : `${made.verdicts.toLocaleString("en")} verdicts, ${made.counts.toLocaleString("en")} counts, ` +
      `${made.incidents.toLocaleString("en")} incidents, ${number(made.bytes / 1e6)} MB. `;
  return {
    title: "Pages of the dashboard",
    notes: [`${state}Server's memory ${number(memory.before)} MB before, ${number(memory.after)} MB after.`],
    columns: ["asked for", "requests", "per second", "p50 ms", "p95 ms", "max ms", "CPU ms", "kB", "RSS MB"],
    rows: rows.map(({ what, requests, perSecond, p50, p95, max, kilobytes, cpu, memory }) => [
      ...[what, number(requests), number(perSecond), number(p50, 1), number(p95, 1), number(max, 1)],
      Number.isNaN(cpu) ? null : number(cpu, 1),
      ...[number(kilobytes), number(memory)],
    ]),
  };
}

if (import.meta.main) {
  const text = { type: "string" } as const, flag = { type: "boolean" } as const;
  const { values } = parseArgs({
    options: { quick: flag, clients: text, requests: text, pace: text, folder: text, json: flag, help: flag },
  });
  if (values.help) {
    console.log(help.trim());
    Deno.exit(0);
  }
  const folder = values.folder ?? Deno.makeTempDirSync({ dir: "/tmp", prefix: "deepscan-bench-" });
  Deno.mkdirSync(folder, { recursive: true });
  const isThere = [...Deno.readDirSync(folder)].some(({ name }) => name === "state.db");
  const tell = (what: string) => console.error(`making the state: ${what}`);
  const made = isThere ? null : makeState(`${folder}/state.db`, values.quick ? QUICK : FULL, tell);
  const server = await serve(folder), rows: Row[] = [];
  try {
    const clients = Number(values.clients ?? 20),
      pace = Number(values.pace ?? 0),
      requests = Number(values.requests ?? (values.quick ? 40 : 400));
    await fetch(`${server.url}/overview`).then((answer) => answer.body?.cancel());
    const before = await memoryOf(server.url);
    for (const what of Object.keys(ASKED)) {
      console.error(what);
      rows.push(await measure(server, what, { clients, requests, pace }));
    }
    const table = tableOf(rows, { before, after: await memoryOf(server.url) }, made);
    if (values.json) console.log(JSON.stringify(tableData(table)));
    else console.log([tableText(table), "", ...plansOf(`${folder}/state.db`)].join("\n"));
  } finally {
    await server.stop();
    if (values.folder === undefined) Deno.removeSync(folder, { recursive: true });
  }
}
