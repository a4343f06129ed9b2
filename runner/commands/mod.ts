/**
 * Every command: what task starts it, what it may do, where its code is.
 *
 * Codes are loaded only when they run: a command pays for nothing that another one uses.
 *
 * @module
 */
import { absolute, type Command, type Plan } from "../context.ts";
import { planOf } from "../plan.ts";
import { notebooksPermissions } from "../notebooks/options.ts";
import { type OptionName, parseRunOptions } from "../options.ts";
import {
  fileRights,
  type LaunchSite,
  type Permissions,
  readable,
  readingPermissions,
} from "../permissions.ts";

/** A command's entry. */
export interface CommandEntry {
  /** What stands behind `deno task`. */
  readonly task: string;
  /** The rights that it needs for these arguments, and the settings that it goes by. */
  launch(args: string[], site: LaunchSite): Promise<Partial<Permissions> & { plan?: Plan }>;
  /** Its code. */
  load(): Promise<Command>;
}

/** Options of `detect`. */
export const DETECT_OPTIONS: readonly OptionName[] = [
  ...[
    "config",
    "input",
    "format",
    "session",
    "window",
    "model",
    "stream",
    "verdicts",
    "report",
    "from",
    "to",
  ],
  ...["seed", "notify", "dry-run", "exit-code", "json"],
] as OptionName[];

/** Options of `train`. */
export const TRAIN_OPTIONS: readonly OptionName[] = [
  ...["config", "input", "format", "session", "window", "model", "stream", "from", "to", "seed", "json"],
] as OptionName[];

/** Options of `templates`. */
export const TEMPLATES_OPTIONS: readonly OptionName[] = ["input", "format", "output"];

/** The value behind `name` on a command line, without reading the rest. */
function valueOf(args: string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  if (joined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

/** The commands that have a task of their own. */
const TASKS: Record<string, CommandEntry> = {
  detect: {
    task: "detect",
    launch: (args, site) => readingPermissions(args, site, DETECT_OPTIONS),
    load: () => import("./detect.ts"),
  },
  train: {
    task: "train",
    launch: (args, site) => readingPermissions(args, site, TRAIN_OPTIONS),
    load: () => import("./train.ts"),
  },
  templates: {
    task: "templates",
    launch: (args, site) => readingPermissions(args, site, TEMPLATES_OPTIONS),
    load: () => import("./templates.ts"),
  },
  evaluate: {
    task: "evaluate",
    launch: (args, { cwd }) =>
      Promise.resolve({ read: fileRights(cwd, valueOf(args, "--verdicts"), valueOf(args, "--labels")) }),
    load: () => import("./evaluate.ts"),
  },
  notebooks: {
    task: "notebooks",
    launch: (args, site) => Promise.resolve(notebooksPermissions(args, site)),
    load: () => import("./notebooks.ts"),
  },
};

/** The commands behind `deno task deepscan`. */
export const SUBCOMMANDS: Record<string, CommandEntry> = {
  init: {
    task: "deepscan init",
    launch: (args, { cwd }) => Promise.resolve(initRights(args, cwd)),
    load: () => import("./init.ts"),
  },
  explain: { task: "deepscan explain", launch: stateRights, load: () => import("./explain.ts") },
  alerts: { task: "deepscan alerts", launch: stateRights, load: () => import("./alerts.ts") },
};

/** What looking at the state needs. */
async function stateRights(
  args: string[],
  { root, cwd }: LaunchSite,
): Promise<Partial<Permissions> & { plan: Plan }> {
  const config = valueOf(args, "--config");
  const options = parseRunOptions(config === undefined ? [] : ["--config", config], cwd, ["config"]);
  const plan = await planOf(options, root, cwd), { directory } = plan.config.state;
  return { read: [directory], write: [directory], plan };
}

/** `init` looks at the paths that it is given and writes one file. */
function initRights(args: string[], cwd: string): Partial<Permissions> {
  const output = absolute(cwd, valueOf(args, "--output") ?? "deepscan.yaml");
  const paths = args.filter((arg, i) => !arg.startsWith("-") && args[i - 1] !== "--output");
  return { read: [...paths.flatMap((path) => readable(absolute(cwd, path))), output], write: [output] };
}

/** All commands by name. */
export const COMMANDS: Record<string, CommandEntry> = { ...TASKS, ...SUBCOMMANDS };
