/**
 * The logs that threats are measured on, and when they are attacked.
 *
 * @module
 */
import { gunzipSync } from "node:zlib";
import { generateSample } from "../../../data/generate.ts";
import { seededRandom } from "../../../lib/detector/seeded_random.ts";
import { REAL_LOGS } from "../../needs.ts";

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/** An attack whose time is known. */
export interface KnownAttack {
  name: string;
  kind: string;
  service: string;
  start: number;
  end: number;
  /** Who attacks; empty where the log doesn't tell one. */
  source: string;
}

/** A log and what is in it. */
export interface ThreatLog {
  name: string;
  path: string;
  /** Of records that name no service. */
  service: string;
  /** Length of windows, ms. */
  size: number;
  /** Where training ends, ms. */
  split: number;
  /** `null` = it is not known what is in it. */
  attacks: KnownAttack[] | null;
}

function realLines(path: string): string[] {
  const text = gunzipSync(Deno.readFileSync(new URL(path, REAL_LOGS))).toString("latin1");
  return text.split("\n").filter((line) => line !== "");
}

function write(path: string, lines: readonly string[]): string {
  Deno.writeFileSync(path, Uint8Array.from(lines.join("\n") + "\n", (letter) => letter.charCodeAt(0) & 255));
  return path;
}

/** The sample's logs of logins and requests. */
export function sampleLogs(folder: string): ThreatLog[] {
  const { incidents, cleanUntil } = generateSample(`${folder}/sample`);
  const log = (name: string, service: string, size: number): ThreatLog => ({
    ...{ name: `sample ${service}, ${size / MINUTE} min`, path: `${folder}/sample/${name}`, service, size },
    split: cleanUntil,
    attacks: incidents.filter(({ kind, stream }) =>
      (kind === "brute_force" || kind === "scanner") && stream === service
    ).map(({ id, kind, service, start, end }) => ({
      ...{ name: id, kind, service, start: Date.parse(start), end: Date.parse(end), source: "" },
    })),
  });
  return [
    ...[log("auth.log", "auth", HOUR), log("auth.log", "auth", 5 * MINUTE)],
    ...[log("shop-web.access.log", "web", 5 * MINUTE), log("shop-web.access.log", "web", 30 * MINUTE)],
  ];
}

/** The time of line `i` of `n` when 14 days have a daily rhythm of rate 1 + .6 sin: by bisection of its integral. */
function rhythmic(i: number, n: number): number {
  const whole = (time: number) => time + 0.6 * DAY / (2 * Math.PI) * (1 - Math.cos(2 * Math.PI * time / DAY));
  const wanted = (i + 0.5) / n * whole(14 * DAY);
  let low = 0, high = 14 * DAY;
  while (high - low > 500) {
    const middle = (low + high) / 2;
    if (whole(middle) < wanted) low = middle;
    else high = middle;
  }
  return low;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `[02/Mar/2026:10:00:00 +0000]`. */
function accessTime(time: number): string {
  const [day, clock] = new Date(time).toISOString().split("T"), [year, month, date] = day.split("-");
  return `[${date}/${MONTHS[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000]`;
}

/** Scans of a real scanner, hidden in two weeks of a real web site: 300 lines within a window, or three a window for six hours. */
export function hiddenScans(folder: string, seed: number): ThreatLog {
  const random = seededRandom(seed), start = Date.UTC(2026, 2, 2), split = start + 7 * DAY;
  const visits = realLines("elastic_web/apache_logs.gz");
  const rows = visits.map((line, i) => ({ time: start + rhythmic(i, visits.length), line }));
  const scan = realLines("apache_attack_scans/acunetix.txt.gz").map((line) => line.replace(/^"|"$/g, ""))
    .sort((a, b) => clockOf(a) < clockOf(b) ? -1 : clockOf(a) > clockOf(b) ? 1 : 0);
  const attacks = Array.from({ length: 6 }, (_, i): KnownAttack => {
    const fast = i % 2 === 0, count = fast ? 300 : 36, length = fast ? 25 * MINUTE : 6 * HOUR;
    const from = split + (i + 0.2 + 0.4 * random()) * 7 * DAY / 6,
      first = Math.floor(random() * (scan.length - 300));
    const source = `198.18.${seed}.${i + 1}`; // of the block for benchmarks, RFC 2544
    for (let k = 0; k < count; k++) {
      const line = scan[fast ? first + k : Math.floor(random() * scan.length)].replace(/^\S+/, source);
      rows.push({ time: from + k * length / count, line });
    }
    return {
      name: source,
      kind: fast ? "fast scan" : "slow scan",
      service: "web",
      start: from,
      end: from + length,
      source,
    };
  });
  const lines = rows.sort((a, b) => a.time - b.time)
    .map(({ time, line }) => line.replace(/\[[^\]]*\]/, accessTime(time)));
  const path = write(`${folder}/web-${seed}.log`, lines);
  return { name: `hidden scans, seed ${seed}`, path, service: "web", size: 30 * MINUTE, split, attacks };
}

/** The clock time of an access log's line of one day. */
const clockOf = (line: string) => /:(\d\d:\d\d:\d\d) /.exec(line)?.[1] ?? "";

/** The same web site without scans. */
export function plainVisits(folder: string): ThreatLog {
  const start = Date.UTC(2026, 2, 2), visits = realLines("elastic_web/apache_logs.gz");
  const lines = visits.map((line, i) =>
    line.replace(/\[[^\]]*\]/, accessTime(start + rhythmic(i, visits.length)))
  );
  const path = write(`${folder}/web.log`, lines), split = start + 7 * DAY;
  return { name: "elastic_web as it is", path, service: "web", size: 30 * MINUTE, split, attacks: null };
}

/** Logins to a machine that all the world can reach, as they are. */
export function realLogins(days: number): ThreatLog {
  const path = new URL("elastic_auth/auth.log.gz", REAL_LOGS).pathname,
    split = Date.UTC(2026, 2, 27) + days * DAY;
  return {
    name: `elastic_auth, ${days} d of training`,
    path,
    service: "auth",
    size: HOUR,
    split,
    attacks: null,
  };
}

/** The syslog of a machine of a university, as it is: its year is taken for 2026. */
export function realSyslog(days: number): ThreatLog {
  const path = new URL("linux_raw/Linux.log.gz", REAL_LOGS).pathname,
    split = Date.UTC(2026, 5, 9) + days * DAY;
  return {
    name: `linux_raw, ${days} d of training`,
    path,
    service: "linux",
    size: HOUR,
    split,
    attacks: null,
  };
}

/** Lines of intrusion detection systems around a staged intrusion; its phases by the labels. */
export function intrusionAlerts(folder: string, name: string, days: number): ThreatLog {
  const phases = new Map<string, KnownAttack>(), lines: string[] = [];
  let split = NaN;
  for (const row of realLines(`ait_ads/${name}_alerts.txt.gz`).slice(1)) {
    const cells = row.split(","), time = Number(cells[0]) * 1000, [address, host, , phase] = cells.slice(-5);
    if (Number.isNaN(split)) split = Math.floor(time / DAY) * DAY + days * DAY;
    const said = cells.slice(1, -5).join(",");
    lines.push(`${new Date(time).toISOString()} INFO ${said} ${address} ${host}`);
    if (phase === "false_positive") continue;
    const known = phases.get(phase) ??
      { ...{ name: phase, kind: "phase", service: "ids" }, start: time, end: time, source: "" };
    phases.set(phase, { ...known, end: Math.max(known.end, time) });
  }
  const path = write(`${folder}/${name}.log`, lines), attacks = [...phases.values()];
  return {
    name: `ait_ads ${name}, ${days} d of training`,
    path,
    service: "ids",
    size: 5 * MINUTE,
    split,
    attacks,
  };
}
