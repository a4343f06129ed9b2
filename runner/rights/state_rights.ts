/**
 * The rights of commands that look at what is kept, and change it.
 *
 * @module
 */
import { alertTestOptions, asksForTest, testedChannels } from "../alert_test/options.ts";
import { catalogueOptions } from "../catalogue/options.ts";
import { channelRights, permissionsOf } from "../config/permissions.ts";
import { feedbackOptions } from "../feedback/options.ts";
import { findingsOptions } from "../findings/options.ts";
import { changesModels, modelsOptions } from "../models/options.ts";
import { parseRunOptions } from "../options.ts";
import { planOf } from "../plan.ts";
import { silenceOptions } from "../silence/options.ts";
import { backendFolder, type LaunchSite, type Rights, valueOf } from "./rights.ts";

/** What looking at the state needs; only `alerts retry` changes it. */
export async function stateRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const config = valueOf(args, "--config");
  const options = parseRunOptions(config === undefined ? [] : ["--config", config], cwd, ["config"]);
  const plan = await planOf(options, root, cwd), { state } = permissionsOf(plan.config);
  return { read: [state], write: args.includes("retry") ? [state] : [], plan };
}

/** Who says something of alerts is who is logged in, and it is kept in the state. */
export async function saidRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { read = [], plan } = await stateRights(args, site);
  return { read, write: read, env: ["USER", "LOGNAME"], plan };
}

/** Only what somebody says of alerts is kept; lists look. */
export async function alertsRights(args: string[], site: LaunchSite): Promise<Rights> {
  if (asksForTest(args)) return await alertTestRights(args, site);
  return args.includes("ack") ? await saidRights(args, site) : await stateRights(args, site);
}

export async function silenceRights(args: string[], site: LaunchSite): Promise<Rights> {
  return silenceOptions(args).action === "list"
    ? await stateRights(args, site)
    : await saidRights(args, site);
}

/** A trial of channels reaches them and nothing else. */
async function alertTestRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { receiver } = alertTestOptions(args), config = valueOf(args, "--config");
  const options = parseRunOptions(config === undefined ? [] : ["--config", config], cwd, ["config"]);
  const plan = await planOf({ ...options, inputs: ["-"] }, root, cwd), { alerts } = plan.config; // it needs no streams
  testedChannels(alerts, receiver); // refuses a receiver that is none before anything starts
  const people = receiver === null
    ? [alerts.channels, ...Object.values(alerts.receivers)]
    : [alerts.receivers[receiver]];
  return { ...channelRights(people), plan };
}

/** Findings wait in the state and go to the cluster: `status` looks at the one, `install` changes the other; `dashboards` are files. */
export async function findingsRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { action, dryRun, all, output } = findingsOptions(args, site.cwd);
  const { read = [], plan } = await stateRights(args, site);
  if (action === "dashboards") return { read: [output], write: [output], plan };
  const { findings, state, models } = permissionsOf(plan!.config);
  if (action === "status") return { read, plan };
  if (action === "install") return dryRun ? { plan } : { ...findings, plan };
  return {
    ...findings,
    read: [...findings.read, ...read, ...(all ? [models, backendFolder()] : [])],
    write: [state],
    plan,
  };
}

/** Feedback is kept in the state; a list of it only looks. */
export async function feedbackRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { alert, output, always } = feedbackOptions(args, site.cwd);
  if (always) return await saidRights(args, site);
  const { read = [], plan } = await stateRights(args, site);
  return { read, write: alert === null ? (output === null ? [] : [output]) : read, plan };
}

/** Templates are in the models, those born since in the state; a change makes a new version of the model. */
export async function catalogueRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { action, model } = catalogueOptions(args, site.cwd),
    { read = [], plan } = await stateRights(args, site);
  const models = model ?? permissionsOf(plan!.config).models,
    changes = action !== "list" && action !== "show";
  return { read: [...model === null ? read : [], models], write: changes ? [models] : [], plan };
}

/** Models are looked at beside what the state says of them; some actions change the registry, none the state. */
export async function modelsRights(args: string[], site: LaunchSite): Promise<Rights> {
  const { action, model } = modelsOptions(args, site.cwd),
    { read = [], plan } = await stateRights(args, site);
  const models = model ?? permissionsOf(plan!.config).models;
  return {
    read: [...model === null ? read : [], models, backendFolder()],
    write: changesModels(action) ? [models] : [],
    plan,
  };
}
