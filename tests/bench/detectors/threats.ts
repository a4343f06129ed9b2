/**
 * Attacks found and missed, how soon, and what is said without one.
 *
 * @module
 */
import { ThreatEnsemble, type ThreatPart } from "../../../lib/ensemble/threats.ts";
import { REAL_LOGS } from "../../needs.ts";
import type { Part } from "../templates/accuracy.ts";
import type { Cell, ReportTable } from "../templates/report.ts";
import { measureThreatCost } from "./threat_cost.ts";
import * as threatLogs from "./threat_logs.ts";
import type { KnownAttack, ThreatLog } from "./threat_logs.ts";
import { cutLog } from "./threat_windows.ts";

const MINUTE = 60_000, DAY = 86_400_000;
/** Findings of a service no further apart than so many windows are one incident. */
const REACH = 3;

/** Something that was said of an attack, when it was said first. */
interface Finding {
  service: string;
  detector: string;
  part: ThreatPart;
  start: number;
  end: number;
}

/** What is said of a log: every part of every opinion. */
async function findingsOf(log: ThreatLog): Promise<{ findings: Finding[]; days: number }> {
  const findings: Finding[] = [];
  let until = log.split;
  for (const [service, windows] of await cutLog(log.path, log)) {
    const ensemble = ThreatEnsemble.fit(windows.filter(({ end }) => end <= log.split)),
      state = ensemble.start();
    for (const window of windows.filter(({ end }) => end > log.split)) {
      until = Math.max(until, window.end);
      for (const { detector, parts } of ensemble.judge(state, window).opinions) {
        for (const part of parts as ThreatPart[]) {
          findings.push({ service, detector, part, start: window.start, end: window.end });
        }
      }
    }
  }
  return { findings, days: (until - log.split) / DAY };
}

/** Whether a finding is about an attack: the same source, or the same service at that time. */
function isAbout({ service, part, start, end }: Finding, attack: KnownAttack): boolean {
  if (attack.service !== service) return false;
  if (attack.source !== "") return part.detail === attack.source;
  return start <= attack.end && end > attack.start;
}

/** Incidents: findings of a service with little between them. */
function incidentsOf(findings: readonly Finding[], size: number): Finding[][] {
  const incidents: Finding[][] = [];
  const open = new Map<string, Finding[]>();
  for (const finding of [...findings].sort((a, b) => a.start - b.start)) {
    const last = open.get(finding.service);
    if (last !== undefined && finding.start - last[last.length - 1].end < REACH * size) last.push(finding);
    else {
      const incident = [finding];
      open.set(finding.service, incident);
      incidents.push(incident);
    }
  }
  return incidents;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? null;

/** One row for each kind of attack of a log, and one for what is said without an attack. */
function rowsOf(log: ThreatLog, findings: readonly Finding[], days: number): Cell[][] {
  const attacks = (log.attacks ?? []).filter(({ start }) => start >= log.split);
  const without = findings.filter((finding) => !attacks.some((attack) => isAbout(finding, attack)));
  const rate = incidentsOf(without, log.size).length / days;
  const rows = [...Map.groupBy(attacks, ({ kind }) => kind)].map(([kind, some]): Cell[] => {
    const first = some.map((attack) => findings.find((finding) => isAbout(finding, attack)) ?? null);
    const found = first.flatMap((finding, i) =>
      finding === null ? [] : [(finding.end - some[i].start) / MINUTE]
    );
    const missed = some.filter((_, i) => first[i] === null).map(({ name }) => name);
    return [
      log.name,
      kind,
      `${found.length} of ${some.length}`,
      median(found)?.toFixed(0) ?? null,
      rate,
      missed.join(", "),
    ];
  });
  return rows.length > 0 ? rows : [[log.name, "not labelled", null, null, rate, ""]];
}

/** What is said first of each attack, as a person reads it. */
function wordsOf(log: ThreatLog, findings: readonly Finding[], limit: number): Cell[][] {
  const rank = ["low", "medium", "high", "critical"];
  const news = findings.filter(({ part, start }, i) =>
    part.since === start ||
    findings.slice(0, i).every((other) =>
      other.part.detail !== part.detail || rank.indexOf(other.part.severity) < rank.indexOf(part.severity)
    )
  );
  return news.slice(0, limit).map(({ service, detector, part, start }) => [
    ...[log.name, new Date(start).toISOString().slice(0, 16), service, detector.replace("threat:", "")],
    ...[part.severity, `${part.technique.id} ${part.technique.name}`, part.text],
  ]);
}

function logsOf({ folder, seed }: Part, real: boolean): ThreatLog[] {
  const logs = threatLogs.sampleLogs(folder);
  if (!real) return logs;
  const scans = [0, 1, 2, 3, 4].map((i) => seed + i).map((each) => threatLogs.hiddenScans(folder, each));
  const alerts = ["russellmitchell", "shaw"].map((name) => threatLogs.intrusionAlerts(folder, name, 2));
  return [
    ...logs,
    ...scans,
    threatLogs.plainVisits(folder),
    threatLogs.realLogins(4),
    threatLogs.realLogins(12),
    threatLogs.realSyslog(53),
    ...alerts,
  ];
}

/** `deno task bench detectors threats`. */
export async function measureThreats(part: Part): Promise<ReportTable[]> {
  const real = exists(REAL_LOGS), rows: Cell[][] = [], words: Cell[][] = [];
  for (const log of logsOf(part, real)) {
    part.tell(log.name);
    const { findings, days } = await findingsOf(log);
    rows.push(...rowsOf(log, findings, days));
    words.push(...wordsOf(log, findings, 14));
  }
  return [
    {
      title: "Attacks found",
      notes: [
        "An attack is found by what is said of its source, or of its service while it goes on; minutes from its first line to the end",
        "of the window that gives it away, in the median. False: incidents a day that are about no attack (what is not labelled: all).",
        ...(real ? [] : ["The real logs are not on this machine: the sample alone"]),
      ],
      columns: ["log", "kind", "found", "minutes", "false/d", "missed"],
      rows,
    },
    {
      title: "What is said",
      notes: ["When an attack is first said, and when it is said to be worse"],
      columns: ["log", "window", "service", "detector", "severity", "technique", "evidence"],
      rows: words,
    },
    measureThreatCost(),
  ];
}

function exists(path: URL): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
