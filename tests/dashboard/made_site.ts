/**
 * A dashboard in this process over a state that is made, with a clock of the test's own.
 *
 * @module
 */
import { Dictionary } from "../../lib/record/dictionary.ts";
import { LogBatch } from "../../lib/record/log_batch.ts";
import { RecordCounts } from "../../lib/model/record_counts.ts";
import { Registry } from "../../lib/store/registry.ts";
import { State } from "../../lib/store/state.ts";
import { type Alert } from "../../runner/alert/alert.ts";
import { newAccounts } from "../../runner/alert/incident_account.ts";
import { parseConfig } from "../../runner/config.ts";
import type { DashboardConfig } from "../../runner/config/dashboard_schema.ts";
import type { Plan } from "../../runner/context.ts";
import { storedAlert } from "../../runner/detect/commit.ts";
import { createApp } from "../../runner/dashboard/app.ts";
import type { LiveOptions } from "../../runner/dashboard/api/live_events.ts";
import { saveRun, saveStream } from "../../runner/health/run_condition.ts";
import { Site } from "../../runner/dashboard/site.ts";
import { HOSTILE, sampleAlert, sampleReason, sampleVerdict } from "../runner/alert/sample_alert.ts";

/** The present of all tests, ms since the epoch. */
export const NOW = Date.UTC(2026, 2, 2, 15);
const MINUTE = 60_000, HOUR = 3_600_000;

/** What people log in with, where a site asks for it. */
export const TOKEN = "correct-horse-battery-staple";

/** How a site is made. */
export interface MadeOptions {
  settings?: Partial<DashboardConfig>;
  token?: string | null;
  live?: LiveOptions;
  /** Whether there is a state; default true. */
  hasState?: boolean;
  /** Further settings, as in the file. */
  more?: string;
}

/** A site, and how it is asked. */
export interface MadeSite extends AsyncDisposable {
  site: Site;
  folder: string;
  plan: Plan;
  /** What went wrong by the console. */
  logged: string[];
  /** Ids of the incidents: of the one that fires, and of one that is over. */
  incidents: { firing: string; over: string };
  /** The clock, ms since the epoch. */
  clock: { now: number };
  /** Asks for a path by a name that the site has. */
  ask(path: string, init?: RequestInit & { from?: string }): Promise<Response>;
  /** Asks for JSON. */
  json(path: string): Promise<Record<string, never>>;
  /** A browser: it keeps its cookie, and knows the proof of its pages. */
  browser(): Promise<Browser>;
  /** Opens the state to change it. */
  change<T>(change: (state: State) => T): T;
}

/** A browser that has loaded a page. */
export interface Browser {
  cookie: string;
  csrf: string;
  /** Sends a form as its pages do. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
}

/** Makes a site. */
export async function madeSite(options: MadeOptions = {}): Promise<MadeSite> {
  const { settings = {}, token = null, live, hasState = true, more = "" } = options;
  const folder = await Deno.makeTempDir({ prefix: "dashboard" });
  const text =
    `streams: [{name: shop, inputs: [shop.log], service: field}, {name: web, inputs: [web.log]}]\n` +
    `state: {directory: state}\nmodel: {directory: models}\n${more}`;
  const config = await parseConfig(text, `${folder}/deepscan.yaml`);
  const plan: Plan = {
    kind: "settings",
    path: `${folder}/deepscan.yaml`,
    config: { ...config, dashboard: { ...config.dashboard, ...settings } },
  };
  await Deno.mkdir(config.state.directory, { recursive: true });
  const incidents = { firing: "", over: "" };
  if (hasState) Object.assign(incidents, fillState(`${config.state.directory}/state.db`));
  await fillRegistry(new Registry(config.model.directory));
  const logged: string[] = [], clock = { now: NOW };
  const site = new Site({
    ...{ plan, token, live, owner: "kim", now: () => clock.now },
    log: (line) => void logged.push(line),
  });
  const app = createApp(site);
  const ask: MadeSite["ask"] = async (path, { from = "127.0.0.1", ...init } = {}) => {
    const request = new Request(`http://127.0.0.1:8765${path}`, { redirect: "manual", ...init });
    return await app.fetch(request, { remoteAddr: { hostname: from } });
  };
  return {
    ...{ site, folder, plan, logged, incidents, clock, ask },
    json: async (path) => await (await ask(path)).json(),
    browser: () => browserOf(ask),
    change: (change) => {
      const state = State.open(`${config.state.directory}/state.db`);
      try {
        return change(state);
      } finally {
        state.close();
      }
    },
    [Symbol.asyncDispose]: async () => {
      site.close();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function browserOf(ask: MadeSite["ask"]): Promise<Browser> {
  const page = await ask("/models", { headers: { accept: "text/html" } }), login = page.status === 303;
  const shown = login ? await ask("/login") : page;
  const cookie = shown.headers.get("set-cookie")!.split(";")[0];
  const csrf = /name="csrf" value="([^"]+)"/.exec(await shown.text())?.[1] ??
    /data-csrf="([^"]+)"/.exec(await (await ask("/models", { headers: { cookie } })).text())?.[1] ?? "";
  return {
    ...{ cookie, csrf },
    post: (path, fields, headers = {}) =>
      ask(path, {
        method: "POST",
        headers: {
          ...{
            cookie,
            host: "127.0.0.1:8765",
            origin: "http://127.0.0.1:8765",
            "sec-fetch-site": "same-origin",
          },
          ...headers,
        },
        body: new URLSearchParams({ csrf, ...fields }),
      }),
  };
}

const TEMPLATES = [
  { id: "aaaaaaaaaa", text: "order <*> paid", severity: 9 },
  { id: "bbbbbbbbbb", text: `payment failed: ${HOSTILE}`, severity: 17 },
  { id: "cccccccccc", text: "write failed: No space left on device", severity: 17 },
].map((template) => ({ ...template, count: 0, provisional: false }));

/** A day of two services of `shop`: a record a minute, in the last hour errors as well. */
export function fillState(path: string): MadeSite["incidents"] {
  const state = State.open(path);
  for (const stream of ["shop", "web"]) {
    const logs = [{ name: `${stream}.log`, clock: NOW - MINUTE }];
    state.putStream({ name: stream, model: "v0002", detail: { fingerprint: "f", logs, frozen: 3 } });
  }
  state.putRun({
    command: "detect",
    startedAt: NOW - MINUTE,
    finishedAt: NOW - 1,
    lines: 9,
    windows: 4,
    anomalous: 1,
    skipped: 0,
  });
  fillCondition(state);
  fillCounts(state);
  const reason = sampleReason({
    id: "bbbbbbbbbb",
    title: TEMPLATES[1].text,
    example: `10:00 ERROR ${HOSTILE}`,
  });
  const firing = putIncident(state, { start: NOW - 30 * MINUTE, status: "firing", reasons: [reason] });
  const over = putIncident(state, { start: NOW - 5 * HOUR, status: "closed", reasons: [reason] });
  const normal = Array.from({ length: 12 }, (_, i) => {
    const start = NOW - 2 * HOUR + i * 5 * MINUTE, key = `checkout@${new Date(start).toISOString()}`;
    return sampleVerdict({ start, end: start + 5 * MINUTE, key, score: 0.5, anomalous: false, reasons: [] });
  });
  state.putVerdicts(normal, "v0002");
  const reading = { windows: 9, records: 9, scores: [1, 2, 3], read: 100, unseen: 3, unparsed: 2 };
  state.readings.add({ stream: "shop", training: "f" }, Math.floor(NOW / 86_400_000) * 86_400_000, reading);
  state.deliveries.enqueue({
    key: `k ${HOSTILE}`,
    alert: firing,
    channel: "slack",
    payload: "{}",
    dueAt: NOW,
  });
  state.close();
  return { firing, over };
}

/** How the last run went: all was read, and an input is silent for longer than it may be. */
function fillCondition(state: State): void {
  const run = {
    startedAt: NOW - MINUTE,
    finishedAt: NOW - 1,
    succeededAt: NOW - 1,
    failures: [],
    skipped: 0,
  };
  state.conditions.put({ kind: "run", names: [], detail: saveRun(run) });
  const stream = {
    succeededAt: NOW - 1,
    failure: "",
    reached: NOW - MINUTE,
    open: 2,
    noModel: null,
    waiting: new Map(),
  };
  const model = { version: "v0002", from: 0, to: NOW - 86_400_000 };
  state.conditions.put({ kind: "stream", names: ["shop"], detail: saveStream({ ...stream, model }) });
}

function fillCounts(state: State): void {
  const services = new Dictionary(), batch = new LogBatch(services), counts = new RecordCounts(services);
  for (let minute = 0; minute < 1440; minute++) {
    const row = batch.length++, isError = minute > 1380 && minute % 2 === 0;
    batch.timestamp[row] = NOW - (1440 - minute) * MINUTE;
    batch.service[row] = services.internText(minute % 3 === 0 ? "db" : "checkout");
    batch.severity[row] = isError ? 17 : 9;
    batch.template[row] = isError ? 1 : 0;
  }
  counts.add(batch, 0, batch.length);
  state.counts.know("shop", "v0002", () => TEMPLATES);
  state.counts.add("shop", counts.take(), {
    services,
    template: (number) => TEMPLATES[number],
    example: (number) => TEMPLATES[number].text,
  });
}

function putIncident(
  state: State,
  { start, status, reasons }: Pick<Alert, "status" | "reasons"> & { start: number },
): string {
  const end = start + 5 * MINUTE, key = `checkout@${new Date(start).toISOString()}`;
  const verdict = sampleVerdict({ start, end, key, reasons });
  const alert: Alert = { ...sampleAlert({ start, end, key, reasons }), status, fired: true };
  state.putVerdicts([verdict], "v0002");
  state.putAlert(storedAlert(alert));
  state.putAlertsOf("shop", new Map([[key, alert.id]]));
  state.incidents.put({
    id: alert.id,
    isLive: status === "firing",
    start,
    end,
    body: JSON.stringify(newAccounts()),
  });
  state.incidents.join(alert.id, alert.id);
  return alert.id;
}

async function fillRegistry(registry: Registry): Promise<void> {
  const model = { version: "", parent: null, createdAt: NOW - 86_400_000, seed: 0, streams: [] };
  const { version } = await registry.save(model);
  await registry.activate(version, { at: NOW - 86_400_000, how: "trained" });
  await registry.save({ ...model, parent: version });
  await registry.activate("v0002", { at: NOW - 3_600_000, how: "trained" });
}
