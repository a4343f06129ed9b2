/**
 * Accuracy on the labelled logs: the eight development systems, and the logs made from packages.
 *
 * @module
 */
import type { TemplateRow } from "../../../lib/evaluate/template_accuracy.ts";
import { developmentSystems, type System } from "./development_systems.ts";
import { DRAIN3, runDrain } from "./drain3.ts";
import { FetchError } from "./fetch.ts";
import { type Accuracy, accuracyOf, foundTemplates, meanAccuracy, writeLines } from "./found.ts";
import { type LabelledLog, packageLog } from "./labelled_log.ts";
import { type Package, TUNING, UNTOUCHED } from "./packages.ts";
import { type Cell, cells, FIGURES, type ReportTable } from "./report.ts";

/** What a part of the bench is given. */
export interface Part {
  /** Temporary folder that may be written to. */
  folder: string;
  /** Seed of the logs of packages. */
  seed: number;
  /** Says what is being done. */
  tell(what: string): void;
}

/** What drain3 makes of files of lines; `null` with a reason where it can't be asked. */
async function drainOr(paths: string[], notes: string[]): Promise<TemplateRow[][] | null> {
  try {
    const rows = (await runDrain(paths.map((path) => ({ path })))).map(({ rows }) => rows);
    notes.push(
      `drain3 ${DRAIN3} of PyPI: masks for block ids, addresses, hex and numbers, similarity .4, depth 4`,
    );
    return rows;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    notes.push(`drain3 is left out: ${error.message}`);
    return null;
  }
}

const BOTH = [
  "",
  ...FIGURES.map((figure) => `ours ${figure}`),
  ...FIGURES.map((figure) => `drain3 ${figure}`),
];

/** The lines of a raw log, one a label. */
function rawLines({ raw }: System): string[] {
  return Deno.readTextFileSync(raw).replace(/\n$/, "").split(/\r?\n/);
}

/** The development systems: messages and raw lines, labels as published and as corrected. */
export async function measureSystems({ folder, tell }: Part): Promise<ReportTable[]> {
  const systems = developmentSystems();
  if (systems.length === 0) return [missingLogs("Development systems")];
  tell(`${systems.length} development systems`);
  const tables: ReportTable[] = [];
  for (const kind of ["content", "raw"] as const) {
    const notes: string[] = [],
      paths = systems.map((system) =>
        writeLines(
          `${folder}/${system.name}.${kind}`,
          kind === "content" ? system.contents : rawLines(system),
        )
      );
    const drained = await drainOr(paths, notes), found: TemplateRow[][] = [];
    for (const path of paths) found.push(await foundTemplates(path, kind === "content" ? "content" : "auto"));
    for (const labels of ["original", "corrected"] as const) {
      const ours = systems.map((system, i) => accuracyOf(system.labels[labels], found[i]));
      const theirs = drained && systems.map((system, i) => accuracyOf(system.labels[labels], drained[i]));
      const what = kind === "content"
        ? "messages"
        : "raw lines (ours through its header parsing, drain3 whole)";
      tables.push(
        accuracyTable(
          `Development systems, ${what}, ${labels} labels`,
          notes,
          systems.map(({ name }) => name),
          { ours, theirs },
        ),
      );
    }
  }
  return tables;
}

/** A table that says why it is empty. */
export function missingLogs(title: string): ReportTable {
  return { title, notes: ["Left out: the real logs are not on this machine"], columns: [""], rows: [] };
}

function accuracyTable(
  title: string,
  notes: string[],
  names: string[],
  { ours, theirs }: { ours: Accuracy[]; theirs: Accuracy[] | null },
): ReportTable {
  const rows: Cell[][] = names.map((name, i) => [name, ...cells(ours[i]), ...cells(theirs?.[i] ?? null)]);
  rows.push([
    `mean of ${names.length}`,
    ...cells(meanAccuracy(ours)),
    ...cells(theirs && meanAccuracy(theirs)),
  ]);
  return { title, notes, columns: [...BOTH], rows };
}

/** A labelled log and what it is called. */
export interface NamedLog extends LabelledLog {
  name: string;
}

/** The logs of packages; those that can't be had are noted. */
export async function packageLogs(
  { packages, half }: PackagePart,
  seed: number,
  notes: string[],
): Promise<NamedLog[]> {
  const logs: NamedLog[] = [];
  for (const each of packages) {
    try {
      logs.push({ name: each.name, ...await packageLog(each, half, seed) });
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      notes.push(`${each.name} is left out: ${error.message}`);
    }
  }
  return logs;
}

/** A part of the list of packages. */
export interface PackagePart {
  title: string;
  packages: readonly Package[];
  /** As {@linkcode packageLog} takes it. */
  half: 0 | 1;
}

/** The parts of the list of packages. */
export const PARTS: readonly PackagePart[] = [
  { title: "Packages that may be tuned on", packages: TUNING, half: 0 },
  { title: "Packages that nothing was tuned on", packages: UNTOUCHED, half: 1 },
];

/** The logs made from packages. */
export async function measurePackages({ folder, seed, tell }: Part): Promise<ReportTable[]> {
  const tables: ReportTable[] = [];
  for (const part of PARTS) {
    tell(`${part.packages.length} logs of packages`);
    const notes = [
      "4,000 lines each of at most 400 call sites, by Zipf's law; every value is a place of the true template",
    ];
    const logs = await packageLogs(part, seed, notes),
      paths = logs.map(({ name, lines }) => writeLines(`${folder}/${name}.lines`, lines));
    const truths = logs.map(({ templates }) => templates.map((EventTemplate) => ({ EventTemplate })));
    const drained = await drainOr(paths, notes), ours: Accuracy[] = [];
    for (const [i, path] of paths.entries()) {
      ours.push(accuracyOf(truths[i], await foundTemplates(path, "content")));
    }
    const theirs = drained && drained.map((rows, i) => accuracyOf(truths[i], rows));
    const table = accuracyTable(part.title, notes, logs.map(({ name }) => name), { ours, theirs });
    table.columns.push("events");
    table.rows.forEach((row, i) => row.push(logs[i] ? new Set(logs[i].templates).size : null));
    tables.push(table);
  }
  return tables;
}
