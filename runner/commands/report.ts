/**
 * `deno task report`: an incident, a span of time or a model as a page that can be shared.
 *
 * @module
 */
import { type Context, requirePlan, UsageError } from "../context.ts";
import { executeNotebook } from "../notebooks/execute_notebook.ts";
import { Progress } from "../progress.ts";
import { parseReportOptions, type ReportOptions } from "../report_task/options.ts";
import { type ReportPage, reportPage } from "../report_task/page.ts";

/** What `--help` prints. */
export const help = `
Makes a page that can be shared: of an incident, of a span of time, of a model. It renders the notebooks.

  deno task report --alert ID              the incident that an alert belongs to
  deno task report --from T --to T         what happened in a span of time (ISO 8601, UTC unless it says otherwise)
  deno task report --last 7d               the same of the last seven days; where the settings' clock is that of the
                                           lines, up to the last window that was judged
  deno task report --model VERSION         a model card; "active" is the active one

  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
  --output DIR    where the page goes; default: the reports folder of the settings
  --notify        mail the page too, through the e-mail channel of the settings
  --python PATH   Python 3.10 or newer (default python3); the first run makes an environment in .cache/notebooks-venv
  --timeout S     seconds that a cell may take (default 600)

ID is an alert's identity, as \`deno task deepscan alerts list\` shows it, or a beginning of it that no other has.
The page's path is printed on standard output. An incident is told from the logs of its streams, read once.
Everything on a page is redacted as alerts are. Exit code: 0 made (and mailed), 1 failed, 2 wrong usage or settings.
`;

/** Does what {@linkcode help} says; returns the exit code. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = parseReportOptions(args, context.cwd), plan = requirePlan(context), { config } = plan;
  if (options.notify && config.alerts.channels.email === undefined) {
    throw new UsageError(
      `Cannot mail the report: ${plan.path ?? "the settings"} have no e-mail channel (alerts.channels.email)`,
    );
  }
  const page = reportPage(options.subject, plan, context.now());
  const path = await render(page, options, options.output ?? config.reports.directory, context);
  if (path === null) return 1;
  context.stdout(`${path}\n`);
  if (!options.notify) return 0;
  const { mailPage } = await import("../report_task/mail_page.ts");
  const remark = await mailPage(config.alerts.channels, { title: page.title, path }, context);
  if (remark !== "") context.stderr(`mailed, but not to all: ${remark}\n`);
  return 0;
}

/** The path of the page; `null` where a cell failed, which is said. */
async function render(
  { name, notebook, parameters, network }: ReportPage,
  { python, timeout }: ReportOptions,
  folder: string,
  context: Context,
): Promise<string | null> {
  const { root, stderr, now } = context,
    html = `${folder}/${name}.html`,
    progress = new Progress(context, { interval: 0 });
  const { error } = await executeNotebook({
    ...{ root, notebook: `${root}/notebooks/${notebook}.ipynb`, html, python, timeout, network, parameters },
    now: now(),
    onProgress: (cell, of) => progress.show(() => `${name}: cell ${cell} of ${of} …`),
    onRemark: (line) => {
      progress.clear();
      stderr(`${line}\n`);
    },
  });
  progress.clear();
  if (error === null) return html;
  stderr(`deepscan report: ${error.message}\n`);
  stderr(`see ${html.replace(/\.html$/, ".failed.html")}\n`);
  return null;
}
