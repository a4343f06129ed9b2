/**
 * Every command: what task starts it, where its code is. What it may do is in `runner/permissions.ts`.
 *
 * Codes are loaded only when they run: a command pays for nothing that another one uses.
 *
 * @module
 */
import type { Command } from "../context.ts";

/** A command's entry. */
export interface CommandEntry {
  /** What stands behind `deno task`. */
  readonly task: string;
  /** Its code. */
  load(): Promise<Command>;
}

/** The commands behind `deno task deepscan`. */
export const SUBCOMMANDS: Record<string, CommandEntry> = {
  init: { task: "deepscan init", load: () => import("./init.ts") },
  parse: { task: "deepscan parse", load: () => import("./parse.ts") },
  ship: { task: "deepscan ship", load: () => import("./ship.ts") },
  map: { task: "deepscan map", load: () => import("./map.ts") },
  findings: { task: "deepscan findings", load: () => import("./findings.ts") },
  explain: { task: "deepscan explain", load: () => import("./explain.ts") },
  alerts: { task: "deepscan alerts", load: () => import("./alerts.ts") },
  silence: { task: "deepscan silence", load: () => import("./silence.ts") },
  health: { task: "deepscan health", load: () => import("./health.ts") },
  deploy: { task: "deepscan deploy", load: () => import("./deploy.ts") },
  feedback: { task: "deepscan feedback", load: () => import("./feedback.ts") },
  models: { task: "deepscan models", load: () => import("./models.ts") },
  templates: { task: "deepscan templates", load: () => import("./catalogue.ts") },
};

/** What a command behind `deepscan` is called by where a task of its own has the name: within the program only. */
export const INNER_NAMES: Record<string, string> = { templates: "catalogue" };

/** All commands by name: those with a task of their own, and {@linkcode SUBCOMMANDS}. */
export const COMMANDS: Record<string, CommandEntry> = {
  detect: { task: "detect", load: () => import("./detect.ts") },
  watch: { task: "watch", load: () => import("./watch.ts") },
  train: { task: "train", load: () => import("./train.ts") },
  templates: { task: "templates", load: () => import("./templates.ts") },
  evaluate: { task: "evaluate", load: () => import("./evaluate.ts") },
  replay: { task: "replay", load: () => import("./replay.ts") },
  dashboard: { task: "dashboard", load: () => import("./dashboard.ts") },
  report: { task: "report", load: () => import("./report.ts") },
  notebooks: { task: "notebooks", load: () => import("./notebooks.ts") },
  ...Object.fromEntries(
    Object.entries(SUBCOMMANDS).map(([name, entry]) => [INNER_NAMES[name] ?? name, entry]),
  ),
};
