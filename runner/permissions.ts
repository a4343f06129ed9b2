/**
 * The exact rights of every command, worked out from its arguments and settings before it starts.
 *
 * @module
 */
import { sep } from "node:path";
import { type Plan, UsageError } from "./context.ts";
import { dashboardRights } from "./dashboard/rights.ts";
import { initRights } from "./init/rights.ts";
import { notebooksPermissions } from "./notebooks/options.ts";
import { DETECT_OPTIONS, TRAIN_OPTIONS } from "./options.ts";
import { reportRights } from "./report_task/rights.ts";
import {
  detectRights,
  evaluateRights,
  mapRights,
  parseRights,
  planned,
  replayRights,
  shipRights,
  templatesRights,
  trainRights,
  watchRights,
} from "./rights/log_rights.ts";
import { type LaunchSite, LEAST, merged, type Permissions, type Rights } from "./rights/rights.ts";
import {
  alertsRights,
  catalogueRights,
  feedbackRights,
  findingsRights,
  modelsRights,
  saidRights,
  silenceRights,
  stateRights,
} from "./rights/state_rights.ts";
import { deployOptions } from "./silence/options.ts";
import { WATCH_OPTIONS } from "./watch/options.ts";

/** What a command may do, and the settings that it goes by. */
export interface Launch {
  permissions: Permissions;
  /** `null` for a command that needs none. */
  plan: Plan | null;
}

/** By command. */
const RIGHTS: Record<string, (args: string[], site: LaunchSite) => Rights | Promise<Rights>> = {
  detect: (args, site) => planned(args, site, DETECT_OPTIONS, detectRights),
  watch: (args, site) => planned(args, site, WATCH_OPTIONS, watchRights),
  train: (args, site) => planned(args, site, TRAIN_OPTIONS, trainRights),
  templates: templatesRights,
  evaluate: evaluateRights,
  replay: replayRights,
  report: reportRights,
  dashboard: dashboardRights,
  notebooks: (args, site) => notebooksPermissions(args, site),
  init: initRights,
  parse: parseRights,
  ship: shipRights,
  map: mapRights,
  findings: findingsRights,
  explain: stateRights,
  alerts: alertsRights,
  silence: silenceRights,
  health: (args, site) => stateRights(args, site),
  deploy: (args, site) => (deployOptions(args), saidRights(args, site)),
  feedback: feedbackRights,
  catalogue: catalogueRights,
  models: modelsRights,
};

/**
 * Deno's flags for `permissions`.
 *
 * @throws {UsageError} if a path holds a comma, which no flag can, and isn't within a folder that is allowed anyway.
 */
export function permissionFlags(permissions: Permissions): string[] {
  return Object.entries(permissions).filter(([, values]) => values.length > 0)
    .map(([name, values]) => `--allow-${name}=${withoutCommas(name, values).join(",")}`);
}

function withoutCommas(name: string, values: string[]): string[] {
  const distinct = [...new Set(values)].sort(), plain = distinct.filter((value) => !value.includes(","));
  for (const value of distinct) {
    const covered = plain.some((path) => value.startsWith(path.endsWith(sep) ? path : `${path}${sep}`));
    if (plain.includes(value) || covered) continue;
    throw new UsageError(
      `Cannot give the right to ${name} ${value}: Deno can't be told of a path with a comma; rename it or use a link`,
    );
  }
  return plain;
}

/** What the command `name` may do with these arguments. */
export async function permissionsFor(name: string, args: string[], site: LaunchSite): Promise<Launch> {
  const { plan = null, ...rights } = await RIGHTS[name](args, site);
  return { permissions: merged(LEAST, rights), plan };
}
