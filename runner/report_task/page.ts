/**
 * Which notebook makes a page, with which parameters, and what the page is called.
 *
 * @module
 */
import { alertsWithin, Registry, type State, verdictSpan } from "../../lib/mod.ts";
import { type Incident, incidentsOf, incidentText } from "../alert/incidents.ts";
import { parseAlert } from "../alert/alert.ts";
import { formatTime } from "../alert/plain_text.ts";
import type { Config } from "../config.ts";
import type { Plan } from "../context.ts";
import { openEarlier } from "../detect/earlier_state.ts";
import { isIndex } from "../elasticsearch/cluster.ts";
import { incidentOf } from "./incident_of.ts";
import type { ReportSubject } from "./options.ts";

/** A page that can be made. */
export interface ReportPage {
  /** Name of its file, without `.html`. */
  name: string;
  /** One line: the subject of a mail. */
  title: string;
  /** The notebook by its path in the folder of notebooks, without `.ipynb`. */
  notebook: string;
  parameters: Record<string, unknown>;
  /** Whether its cells need the network. */
  network: boolean;
}

/**
 * The page about a subject.
 *
 * @param now ms since the epoch.
 * @throws {Error} if there was no run yet, or there is no such alert or model; it says which there are.
 */
export function reportPage(subject: ReportSubject, plan: Plan, now: number): ReportPage {
  if (subject.kind === "model") return modelPage(subject.version, plan.config);
  const state = openEarlier(plan, "report", { readOnly: true });
  try {
    if (subject.kind === "incident") {
      return incidentPage(
        incidentOf(state, subject.alert, { windowOf: windowsOf(plan.config) }),
        plan.config,
      );
    }
    return periodPage(
      subject.kind === "period" ? subject : lastOf(subject.length, state, plan.config, now),
      state,
      plan.config,
    );
  } finally {
    state.close();
  }
}

function modelPage(wanted: string, { model }: Config): ReportPage {
  const registry = new Registry(model.directory), versions = registry.versions();
  const version = wanted === "active" ? registry.active() ?? "" : wanted;
  if (!versions.includes(version)) {
    throw new RangeError(
      `Cannot report on model ${wanted}: ${model.directory} has ${versions.join(", ") || "none"}`,
    );
  }
  return {
    name: `model-${version}`,
    title: `DeepScan model card ${version}`,
    notebook: "reports/model-card",
    parameters: { registry: model.directory, version },
    network: false,
  };
}

function incidentPage(incident: Incident, config: Config): ReportPage {
  const { id, alerts, severity, start } = incident, names = new Set(alerts.map(({ stream }) => stream));
  const streams = config.streams.filter(({ name }) => names.has(name));
  const logs = streams.flatMap(({ name, inputs }) => inputs.map((input) => `${name}=${input}`));
  const network = streams.some(({ inputs }) => inputs.some(isIndex));
  return {
    name: `incident-${id}`,
    title: `[${severity}] ${incidentText(incident)} since ${formatTime(start)}`,
    notebook: "06-incident",
    parameters: {
      ...placesOf(config),
      alerts: alerts.map((alert) => alert.id),
      logs,
      ...(network ? indexParameters(streams, config) : {}),
    },
    network,
  };
}

/** How indices are reached, by the names of the settings; secrets only by the file or variable that holds them. */
function clusterParameters({ elasticsearch = { timeout: 0 } }: Config): Record<string, unknown> {
  const { nodes = [], cloud_id, ca_file, api_key_env, api_key_file, user, password_env, password_file } =
    elasticsearch;
  const named = { cloud_id, ca_file, api_key_env, api_key_file, user, password_env, password_file };
  return { nodes, ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) };
}

/** How indices are reached and read: what is said of one stream's documents stands as `stream=JSON`. */
function indexParameters(streams: Config["streams"], config: Config): Record<string, unknown> {
  const said = (part: "query" | "fields") =>
    streams.flatMap(({ name, elasticsearch: { [part]: value = {} } }) =>
      Object.keys(value).length === 0 ? [] : [`${name}=${JSON.stringify(value)}`]
    );
  return { elasticsearch: clusterParameters(config), queries: said("query"), fields: said("fields") };
}

function periodPage({ from, to }: { from: number; to: number }, state: State, config: Config): ReportPage {
  const alerts = alertsWithin(state, { from, to }).map(({ body }) => parseAlert(body)).filter(({ windows }) =>
    windows > 0
  );
  const incidents = incidentsOf(alerts, { windowOf: windowsOf(config) });
  const iso = (time: number) => new Date(time).toISOString();
  const short = (time: number) =>
    iso(time).replace(/:00\.000Z$/, "Z").replace("T00:00Z", "").replaceAll(":", "-");
  return {
    name: `period-${short(from)}_${short(to)}`,
    title: `DeepScan report, ${formatTime(from)} to ${formatTime(to)}: ${incidents.length} incident${
      incidents.length === 1 ? "" : "s"
    }`,
    notebook: "reports/period",
    parameters: {
      ...placesOf(config),
      ...{ from: iso(from), to: iso(to) },
      incidents: incidents.map(({ alerts }) => alerts.map(({ id }) => id).join(" ")),
    },
    network: false,
  };
}

function placesOf({ state, model }: Config): { state: string; registry: string } {
  return { state: state.directory, registry: model.directory };
}

function windowsOf({ streams }: Config): (stream: string) => number {
  const windows = new Map(streams.map(({ name, window }) => [name, window]));
  return (stream) => windows.get(stream) ?? 300_000;
}

/** The last so many ms: until now, or where time is what the lines say until the last window that was judged. */
function lastOf(
  length: number,
  state: State,
  { streams }: Config,
  now: number,
): { from: number; to: number } {
  const isWall = streams.some(({ clock }) => clock === "wall"), { to: judged } = verdictSpan(state);
  const to = isWall || Number.isNaN(judged) ? now : judged;
  return { from: to - length, to };
}
