/**
 * A folder with a log, settings for it, and places of its own for models, state and reports.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { runHere } from "./run_here.ts";
import { linesWithError, runTask, type TaskOptions, type TaskResult } from "./task.ts";
import { withFolder } from "../../with_folder.ts";

/** What may differ from one stream `app` of ISO 8601 lines that trains on two hours. */
export interface LiveFolderOptions {
  /** Further settings of the stream, as in the file: `, window: 1m`. */
  stream?: string;
  /** Lines that are there at the start; default: four hours, with a new error at 03:20. */
  lines?: readonly string[];
}

/** A folder in which `detect` goes on where it stopped. */
export class LiveFolder {
  constructor(readonly path: string) {}

  /** The log's file. */
  get log(): string {
    return `${this.path}/logs/app.log`;
  }

  /** Adds lines to the log. */
  append(...lines: string[]): void {
    Deno.writeTextFileSync(this.log, lines.map((line) => `${line}\n`).join(""), { append: true });
  }

  /** Runs `detect` as the user does who stands in the folder. */
  async detect(args: string[] = [], options: TaskOptions = {}): Promise<TaskResult> {
    return await runTask("detect", args, { cwd: this.path, ...options });
  }

  /** Does what a task does for the user who stands in the folder, without its start. */
  async runHere(task: string, ...args: string[]): Promise<TaskResult> {
    return await runHere(task, args, { cwd: this.path });
  }

  /** The rows that a query of the state database gives. */
  rows(query: string): Record<string, unknown>[] {
    const database = new DatabaseSync(`${this.path}/state/state.db`, { readOnly: true });
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  }
}

/** The settings of a live folder. */
export function liveSettings(stream = ""): string {
  return `streams: [{name: app, inputs: ["logs/*.log*"], clock: data, min_history: 2h${stream}}]
model: {directory: models, detectors: [new-template, unseen-vector], threshold: {rule: quantile}}
state: {directory: state}
reports: {directory: reports}
`;
}

/** Makes the folder at `path`. */
export async function makeLiveFolder(path: string, options: LiveFolderOptions = {}): Promise<LiveFolder> {
  const { stream = "", lines = linesWithError(240, 200) } = options, live = new LiveFolder(path);
  await Deno.mkdir(`${path}/logs`, { recursive: true });
  await Deno.writeTextFile(`${path}/deepscan.yaml`, liveSettings(stream));
  live.append(...lines);
  return live;
}

/** Runs `use` with such a folder and clears it away. */
export async function withLiveFolder(
  options: LiveFolderOptions,
  use: (live: LiveFolder) => Promise<void>,
): Promise<void> {
  await withFolder(async (path) => await use(await makeLiveFolder(path, options)));
}
