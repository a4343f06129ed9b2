/**
 * `detect` and its like in this process, with a clock of the test's own: a folder with a log, settings, and places for models,
 * state and reports.
 *
 * @module
 */
import { State } from "../../lib/mod.ts";
import type { Context } from "../../runner/context.ts";
import { DETECT_OPTIONS, parseRunOptions, TRAIN_OPTIONS } from "../../runner/options.ts";
import { planOf } from "../../runner/plan.ts";
import { runCommand } from "../../runner/worker.ts";

/** What a command came to. */
export interface StageResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The head of settings with cheap detectors; streams follow. */
export const PLACES =
  `model: {directory: models, detectors: [new-template, unseen-vector], threshold: {rule: quantile}}
state: {directory: state}
reports: {directory: reports}
`;

/** A folder to run commands in. */
export class Stage implements AsyncDisposable {
  /** Real time as the commands see it, ms since the epoch. */
  now = Date.UTC(2026, 2, 3);

  private constructor(readonly folder: string) {}

  /** An empty one with these settings, whose places are {@linkcode PLACES}. */
  static async make(settings: string): Promise<Stage> {
    const stage = new Stage(await Deno.makeTempDir({ prefix: "stage" }));
    stage.settings(settings);
    return stage;
  }

  /** Replaces the settings. */
  settings(text: string): void {
    Deno.writeTextFileSync(`${this.folder}/deepscan.yaml`, PLACES + text);
  }

  /** Adds lines to a log. */
  append(name: string, ...lines: string[]): void {
    const text = lines.map((line) => `${line}\n`).join("");
    Deno.writeTextFileSync(`${this.folder}/${name}`, text, { append: true });
  }

  /** Runs a command as the user does who stands in the folder. */
  async run(
    command: "detect" | "train" | "models" | "feedback" | "health" | "replay",
    ...args: string[]
  ): Promise<StageResult> {
    const { folder } = this, said = { stdout: "", stderr: "" };
    const allowed = {
      detect: DETECT_OPTIONS,
      train: TRAIN_OPTIONS,
      models: [],
      feedback: [],
      health: [],
      replay: [],
    }[command];
    const options = parseRunOptions(allowed.length === 0 ? [] : args, folder, allowed);
    const context: Context = {
      ...{ root: folder, cwd: folder, isTerminal: false, env: () => undefined, now: () => this.now },
      plan: await planOf(options, folder, folder),
      stdout: (text) => void (said.stdout += text),
      stderr: (text) => void (said.stderr += text),
    };
    return { code: await runCommand(command, args, context), ...said };
  }

  /** The rows that a query of the state database gives, or of another one in the folder. */
  rows(query: string, file = "state/state.db"): Record<string, unknown>[] {
    const state = State.copy(`${this.folder}/${file}`);
    try {
      return state.database.prepare(query).all();
    } finally {
      state.close();
    }
  }

  /** Every file in the folder with its content's length, and every folder. */
  files(folder = this.folder): string[] {
    return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
      const path = `${folder}/${name}`;
      return isDirectory ? [`${path}/`, ...this.files(path)] : [`${path} ${Deno.statSync(path).size}`];
    }).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}
