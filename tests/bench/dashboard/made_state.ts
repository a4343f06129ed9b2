/**
 * A state of many streams over many days, the same each time.
 *
 * @module
 */
import type { DatabaseSync } from "node:sqlite";
import { SLOT_SIZES } from "../../../lib/store/counts/count_tables.ts";
import { State } from "../../../lib/store/state.ts";
import type { Alert } from "../../../runner/alert/alert.ts";
import { newAccounts } from "../../../runner/alert/incident_account.ts";
import { storedAlert } from "../../../runner/detect/commit.ts";
import { sampleAlert, sampleReason } from "../../runner/alert/sample_alert.ts";

/** How large it is. */
export interface StateSize {
  streams: number;
  /** Services of each stream. */
  services: number;
  days: number;
  /** Templates of each stream. */
  templates: number;
  incidentsPerDay: number;
}

/** Rows of a made state. */
export interface MadeRows {
  verdicts: number;
  counts: number;
  incidents: number;
  bytes: number;
}

/** The end of what was read, ms. */
export const END = Date.UTC(2026, 2, 2);
const [FINE, HOUR, DAY] = SLOT_SIZES;
/** Days that the shortest slots are kept. */
const FINE_DAYS = 14;

/** Numbers from 0 to `?`, and one that looks like chance, 0–4294967295, for two of them. */
const NUMBERS = "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ?)";
const chance = (...parts: string[]) => `abs((${parts.join(" * 2654435761 + ")}) * 40503 % 4294967296)`;

/** Makes the state in a file that is not there yet. */
export function makeState(path: string, size: StateSize, tell: (what: string) => void): MadeRows {
  const state = State.open(path), { database } = state;
  database.exec("pragma synchronous = off; drop index verdict_by_time; drop index verdict_anomalous;");
  tell("streams, services, templates");
  state.transaction(() => fillNames(state, size));
  tell("verdicts");
  state.transaction(() => fillVerdicts(database, size));
  tell("counts");
  state.transaction(() => fillCounts(database, size));
  tell("incidents");
  state.transaction(() => fillIncidents(state, size));
  tell("indices");
  database.exec(`create index verdict_by_time on verdict (start);
    create index verdict_anomalous on verdict (start) where anomalous = 1; pragma wal_checkpoint(truncate)`);
  const count = (table: string) => Number(database.prepare(`select count(*) as n from ${table}`).get()!.n);
  const counts = ["record_count", "window_count", "template_count"].reduce(
    (sum, table) => sum + count(table),
    0,
  );
  const rows = { verdicts: count("verdict"), counts, incidents: count("incident"), bytes: state.space.used };
  state.close();
  return rows;
}

const streamName = (i: number) => `stream${String(i).padStart(2, "0")}`;

function fillNames(state: State, { streams, services, templates }: StateSize): void {
  const { database } = state;
  const series = database.prepare("insert into series (stream, service, is_all) values (?, ?, ?)");
  const template = database.prepare(
    "insert into template (stream, id, text, level, first, last, records, example, model) values (?, ?, ?, ?, ?, ?, 0, ?, 'v0001')",
  );
  for (let i = 0; i < streams; i++) {
    const name = streamName(i), logs = [{ name: `/var/log/${name}.log`, clock: END - 1 }];
    state.putStream({ name, model: "v0001", detail: { fingerprint: "f", logs, frozen: templates } });
    series.run(name, "", 1);
    for (let j = 0; j < services; j++) series.run(name, `service${String(j).padStart(3, "0")}`, 0);
    for (let j = 0; j < templates; j++) {
      const id = (i * templates + j).toString(16).padStart(10, "0"), isError = j % 10 === 0;
      const text = isError
        ? `request <*> to backend ${j} failed: connection refused`
        : `request <*> of kind ${j} served in <*> ms`;
      template.run(name, id, text, isError ? 17 : 9, j % 50 === 1 ? END - 6 * HOUR : null, END - 1, text);
    }
  }
  for (let i = 0; i < 1000; i++) {
    const at = END - i * 60_000;
    state.putRun({
      command: "detect",
      startedAt: at,
      finishedAt: at + 5,
      lines: 1,
      windows: 1,
      anomalous: 0,
      skipped: 0,
    });
  }
}

function fillVerdicts(database: DatabaseSync, { days }: StateSize): void {
  const random = chance("series.number", "i");
  database.prepare(
    `${NUMBERS}, span as (select i, ? + i * ${FINE} as start from n)
    insert into verdict select stream, service || '@' || strftime('%Y-%m-%dT%H:%M:%fZ', start / 1000.0, 'unixepoch'),
    'window', service, start, start + ${FINE}, ${random} % 900, iif(${random} % 1000 = 0, 2.5, ${random} % 100 / 120.0), 1,
    ${random} % 1000 = 0, '[]', 'v0001', '[]', '' from series cross join span where is_all = 0`,
  ).run(days * DAY / FINE, END - days * DAY);
}

function fillCounts(database: DatabaseSync, { days }: StateSize): void {
  for (const size of SLOT_SIZES) {
    const span = size === FINE ? Math.min(days, FINE_DAYS) : days,
      slots = span * DAY / size,
      part = size / FINE;
    const random = chance("series.number", "i");
    const from = `${NUMBERS}, span as (select i, ? + i * ${size} as start from n)`;
    database.prepare(
      `${from} insert into record_count select number, ${size}, start, 0, ${part} * (${random} % 10), ${part} * (50 + ${random} % 900),
      ${part} * (${random} % 5), ${part} * (${random} % 3), 0 from series cross join span`,
    ).run(slots, END - span * DAY);
    database.prepare(
      `${from} insert into window_count select number, ${size}, start, ${part}, ${random} % 100 = 0, ${random} % 100 / 90.0
      from series cross join span`,
    ).run(slots, END - span * DAY);
    if (size === FINE) continue;
    const often = chance("template.number", "i");
    database.prepare(
      `${from} insert into template_count select number, ${size}, start, 1 + ${often} % 500, iif(level >= 17, 1 + ${often} % 50, 0)
      from template cross join span where ${often} % 10 < 7`,
    ).run(slots, END - span * DAY);
  }
}

function fillIncidents(state: State, { streams, services, days, incidentsPerDay }: StateSize): void {
  const all = days * incidentsPerDay, accounts = JSON.stringify(newAccounts());
  for (let i = 0; i < all; i++) {
    const stream = streamName(i % streams), service = `service${String(i * 7 % services).padStart(3, "0")}`;
    const start = END - Math.floor((i + 0.5) / incidentsPerDay * DAY / FINE) * FINE,
      id = (0xabc000 + i).toString(16).padStart(16, "0");
    const status = i < 20 ? "firing" : "closed",
      cause = `template:${(i % 40).toString(16).padStart(10, "0")}`;
    const reasons = [
      sampleReason({ id: cause.slice(9) }),
      sampleReason({ kind: "level", id: "error", title: "error", share: 0.2 }),
    ];
    const key = `${service}@${new Date(start).toISOString()}`,
      whole = sampleAlert({ stream, service, start, end: start + FINE, key, reasons });
    const alert: Alert = { ...whole, id, status, fired: true, cause };
    state.putAlert(storedAlert(alert));
    state.incidents.put({ id, isLive: i < 20, start, end: start + FINE, body: accounts });
    state.incidents.join(id, id);
    state.database.prepare(
      "update verdict set alert = ?, anomalous = 1, score = 4.2, reasons = ? where stream = ? and key = ?",
    )
      .run(id, JSON.stringify(reasons), stream, key);
  }
}
