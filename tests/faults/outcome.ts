/**
 * What a history left behind, and where it is not what it should be.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { type Arrival, firstOnes, mostSevere, rankOf } from "./arrival.ts";

/** What is left in a folder when everything was read. */
export interface Left {
  /** Rows of the state database and the model, as text, sorted. */
  state: Record<string, string[]>;
  /** Incidents that go on: which alerts are one incident depends on which was there first. */
  firing: Set<string>;
}

/** It and what was told. */
export interface Outcome extends Left {
  /** What each channel's other side took, in the order of arrival. */
  channels: Record<string, Arrival[]>;
  kills: number;
  runs: number;
  /** Messages that arrived more than once. */
  repeats: number;
}

const QUERIES: Record<string, string> = {
  verdicts: "select stream, key, kind, service, start, end, lines, score, anomalous from verdict",
  alerts: "select id, stream, start, end, status, json_extract(body, '$.windows') as windows, " +
    "json_extract(body, '$.severity') as severity from alert",
  births: "select stream, json_extract(template, '$.id') as id from birth",
  novelties: "select * from first_seen",
  judging: "select * from judging",
  counts:
    "select stream, service, is_all, size, start, none, debug, info, warn, error, fatal from record_count " +
    "join series on number = series",
  judged:
    "select stream, service, is_all, size, start, judged, anomalous, round(highest, 9) from window_count " +
    "join series on number = series where judged > 0",
  templates: "select stream, id, level, first, last, records from template where records > 0",
  hours: "select stream, id, size, start, template_count.records, errors from template_count " +
    "join template on template.number = template",
  unsent: "select * from delivery where status <> 'sent'",
};

const FIRING =
  "select distinct incident from alert where status = 'firing' and json_extract(body, '$.windows') > 0";

/** Rows of the state database in a folder and its model, and the incidents that go on. */
export function leftIn(folder: string): Left {
  const database = new DatabaseSync(`${folder}/state/state.db`, { readOnly: true });
  const state = Object.fromEntries(
    Object.entries(QUERIES).map(([name, query]) => [
      name,
      database.prepare(query).all().map((row) => JSON.stringify(Object.values(row)).replaceAll(folder, ""))
        .sort(),
    ]),
  );
  const firing = new Set(database.prepare(FIRING).all().map(({ incident }) => String(incident)));
  database.close();
  const version = Deno.readTextFileSync(`${folder}/models/active`).trim();
  const model = JSON.parse(Deno.readTextFileSync(`${folder}/models/${version}/model.json`));
  state.model = model.streams.map((stream: unknown) => JSON.stringify(stream)).sort();
  return { state, firing };
}

/**
 * Where `outcome` is not as `expected` says, for a person; empty where they are equal.
 *
 * Which alerts share a message, how many steps of an alert's severity were told apart, and whether its end was told with its beginning
 * depends on when runs looked. So what counts of messages is what was told, not in which company, and of what was told of an alert the
 * most severe; and that each incident was opened once, ended once each time it had begun, and in the end is told as what it is.
 *
 * Where lines come late, a window can be anomalous for a while and normal in the end. Whether anybody was told in between
 * depends on when a run looked as well, so there messages are only held against the alerts that are left.
 */
export function differences(expected: Outcome, outcome: Outcome, late: number): string[] {
  const isPrompt = late === 0, wanted = { ...expected.state, ...isPrompt && toldBy(expected) };
  const got: Record<string, string[]> = { ...outcome.state, ...toldBy(outcome) };
  return [
    ...Object.entries(wanted).flatMap(([name, rows]) => compared(name, rows, got[name])),
    ...misled(outcome),
    ...Object.entries(outcome.channels).flatMap(([name, arrivals]) =>
      compared(name, mostSevere(Object.values(outcome.channels)[0]), mostSevere(arrivals))
    ),
  ];
}

/** What channels were not told, or were told twice or in the wrong order. */
export function misled(outcome: Left & Pick<Outcome, "channels">): string[] {
  return Object.entries(outcome.channels).flatMap(([name, arrivals]) => [
    ...untold(name, outcome, arrivals),
    ...twice(name, arrivals),
    ...lives(name, outcome, arrivals),
  ]);
}

/** Incidents that were not told as one may: opened once, ended once an opening, and in the end as they are. */
function lives(name: string, { firing }: Left, arrivals: readonly Arrival[]): string[] {
  const first = new Set(firstOnes(arrivals));
  return [...Map.groupBy(arrivals, ({ incident }) => incident)].flatMap(([incident, told]) => {
    const faults: string[] = [];
    let isOpen = false;
    told.forEach((one, i) => {
      const { key, kind, isOver } = one, opens = kind === "opened" || kind === "again";
      const tellsSeveral = key.startsWith("summary-"), isRepeat = !first.has(one);
      const isWrong = (kind === "opened") !== (i === 0) || (opens && isOpen) ||
        (kind === "repeat" && !isOpen);
      if (isWrong && !tellsSeveral && !isRepeat) faults.push(`${kind} as message ${i}`);
      isOpen = !isOver && (isOpen || opens || tellsSeveral);
    });
    if (isOpen !== firing.has(incident)) faults.push(`told as ${isOpen ? "open" : "over"} in the end`);
    return faults.map((fault) =>
      `${name}: incident ${incident}: ${fault} (${told.map(({ kind }) => kind).join()})`
    );
  });
}

/** What each channel was told of each alert at its most severe: `ALERT.SEVERITY`. */
function toldBy({ channels }: Outcome): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(channels).map(([name, arrivals]) => [`told by ${name}`, mostSevere(arrivals)]),
  );
}

/** What a channel told of two incidents, or otherwise when a message came again. */
function twice(name: string, arrivals: readonly Arrival[]): string[] {
  const first = new Map(arrivals.toReversed().map(({ key, told }) => [key, told]));
  const changed = arrivals.filter(({ key, told }) => told.join() !== first.get(key)!.join());
  const holders = Map.groupBy(
    firstOnes(arrivals).flatMap(({ told, incident }) =>
      told.map((one) => ({ alert: one.split(".")[0], incident }))
    ),
    ({ alert }) => alert,
  );
  return [
    ...[...holders].filter(([, all]) => all.some(({ incident }) => incident !== all[0].incident))
      .map(([alert]) => `${name}: ${alert} was told of two incidents`),
    ...changed.map(({ key }) => `${name}: what came again as ${key} tells something else`),
  ];
}

/** Alerts that are left and of which nobody was told as severe as they are. */
function untold(name: string, { state }: Left, arrivals: readonly Arrival[]): string[] {
  const told = new Map(mostSevere(arrivals).map((key) => [key.split(".")[0], rankOf(key.split(".")[1])]));
  return state.alerts.map((row) => JSON.parse(row)).filter(([id, , , , , windows, severity]) =>
    windows > 0 && !((told.get(id) ?? -1) >= rankOf(severity))
  ).map((row) => `${name}: nobody was told of ${JSON.stringify(row)}`);
}

/** Rows that are missing, and rows that are too much. */
export function compared(name: string, wanted: readonly string[], got: readonly string[]): string[] {
  return [...missing(name, wanted, got), ...missing(name, got, wanted).map((row) => `${row} is too much`)];
}

function missing(name: string, wanted: readonly string[], got: readonly string[]): string[] {
  const there = new Set(got);
  return wanted.filter((row) => !there.has(row)).map((row) => `${name}: ${row.slice(0, 300)}`);
}
