/**
 * What `deno task report` may do.
 *
 * @module
 */
import { permissionsOf, withPort } from "../config/permissions.ts";
import { codeVersionFiles } from "../notebooks/code_version.ts";
import { parseRunOptions } from "../options.ts";
import { planOf } from "../plan.ts";
import { parseReportOptions } from "./options.ts";

/** It looks at the state and the models, and runs Python, which makes the page; mailing it reads it and reaches the mail server. */
export async function reportRights(args: string[], { root, cwd }: { root: string; cwd: string }) {
  const { config, output, python, notify } = parseReportOptions(args, cwd);
  const named = config === null ? [] : ["--config", config];
  const plan = await planOf(parseRunOptions(named, cwd, ["config"]), root, cwd);
  const { state, models, reports } = permissionsOf(plan.config), { email } = plan.config.alerts.channels;
  const read = [state, models, ...codeVersionFiles(root)], run = [python];
  if (!notify || email === undefined) return { read, run, plan };
  const { host, port, password_file, password_env, ca_file } = email;
  const given = (names: (string | undefined)[]) => names.filter((name) => name !== undefined);
  return {
    ...{ run, plan, net: [withPort(host, port)], env: given([password_env]) },
    read: [...read, output ?? reports, ...given([password_file, ca_file])],
  };
}
