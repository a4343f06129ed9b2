/**
 * What `deno task dashboard` may do.
 *
 * @module
 */
import { permissionsOf } from "../config/permissions.ts";
import { parseRunOptions } from "../options.ts";
import { planOf } from "../plan.ts";
import { backendFolder, type LaunchSite, type Rights } from "../rights/rights.ts";
import { assetFiles } from "./assets/mod.ts";
import { dashboardOptions } from "./options.ts";
import { withListen } from "./listen.ts";

/**
 * It listens at one address, reads state, models and the files of its pages, and writes the state, and what is active among the
 * models, unless the settings say that it changes nothing.
 */
export async function dashboardRights(args: string[], { root, cwd }: LaunchSite): Promise<Rights> {
  const { config, listen } = dashboardOptions(args, cwd), named = config === null ? [] : ["--config", config];
  const run = parseRunOptions(named, cwd, ["config"]);
  const plan = withListen(await planOf(run, root, cwd), listen);
  const { state, models } = permissionsOf(plan.config), { dashboard } = plan.config;
  const given = (names: (string | undefined)[]) => names.filter((name) => name !== undefined);
  return {
    read: [state, models, backendFolder(), ...assetFiles(), ...given([dashboard.token_file])],
    write: dashboard.read_only ? [] : [state, models],
    net: [dashboard.listen],
    env: ["USER", "LOGNAME", ...given([dashboard.token_env])],
    plan,
  };
}
