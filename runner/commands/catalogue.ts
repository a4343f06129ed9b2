export const help = `
Shows the templates of the active model, and takes what you know better.

  deno task deepscan templates list  [--json]
  deno task deepscan templates show  ID [--json]
  deno task deepscan templates merge ID ID…                   they are one; the first that the model knows stays
  deno task deepscan templates split ID                       takes a merge back
  deno task deepscan templates split ID --by WORD [--slot N]  lines with WORD in value N are a template of their own
  deno task deepscan templates pin   ID|TEXT                  the text is one template, whatever mining thinks
  deno task deepscan templates unpin ID|TEXT                  takes a pin or a split by a word back

In a TEXT values are written <*>. An ID may be shortened to its first characters, four at the least.

Each change makes a new version of the model, active at once: its templates, columns and thresholds are those
of the version before. A merge changes names at once; a template that was born while scanning is counted as
the one that it was merged into. Everything else – pins, splits by a word, how known templates are counted –
holds from the next \`deno task train\` on, which is told of all that was decided.

  --stream NAME   where the model has several streams
  --model DIR     registry of models; default: the folder of the settings
  --config FILE   settings; default: deepscan.yaml in this folder, else the bundled sample
`;

import {
  countText,
  levelOfSeverity,
  miningWarnings,
  type Model,
  nextModel,
  Registry,
  type SavedProvisional,
  State,
} from "../../lib/mod.ts";
import { formatTime, plainLine } from "../alert/plain_text.ts";
import { changeOf, decidedCatalogue, numbered } from "../catalogue/change.ts";
import { entriesOf, type Entry, indexOf, type OpenCatalogue, pendingPins } from "../catalogue/entries.ts";
import { type CatalogueOptions, catalogueOptions } from "../catalogue/options.ts";
import { type Context, type Plan, requirePlan, UsageError } from "../context.ts";
import { warningText } from "../catalogue/warning_text.ts";

/** Characters of a text that are shown. */
const TEXT = 500;

/** `deno task deepscan templates`. */
export async function run(args: string[], context: Context): Promise<number> {
  const options = catalogueOptions(args, context.cwd), plan = requirePlan(context);
  const registry = new Registry(options.model ?? plan.config.model.directory);
  if (options.action === "list") {
    list(openCatalogue(await activeOf(registry), options, plan), options, context);
  } else if (options.action === "show") {
    show(openCatalogue(await activeOf(registry), options, plan), options, context);
  } else await registry.exclusively(() => change(registry, options, plan, context));
  return 0;
}

async function activeOf(registry: Registry): Promise<Model> {
  const model = await registry.loadActive();
  if (model !== null) return model;
  throw new Error(
    `Cannot work on templates: there is no model in ${registry.folder} yet; \`deno task train\` learns one`,
  );
}

/** The stream's templates, and what was born since. */
function openCatalogue(
  model: Model,
  { stream: wanted, model: folder }: CatalogueOptions,
  plan: Plan,
): OpenCatalogue {
  const names = model.streams.map(({ settings }) => settings.name);
  const name = wanted ?? (names.length === 1 ? names[0] : null);
  if (name === null) throw new UsageError(`Cannot choose a stream: say --stream, one of ${names.join(", ")}`);
  const stream = model.streams.find(({ settings }) => settings.name === name);
  if (stream === undefined) {
    throw new UsageError(`Cannot find stream "${name}": model ${model.version} has ${names.join(", ")}`);
  }
  if (folder === null) stream.catalogue.adopt(birthsOf(name, plan));
  return { stream, version: model.version, catalogue: stream.catalogue };
}

/** Templates that were born while scanning; none where nothing was scanned yet. */
function birthsOf(stream: string, { config }: Plan): SavedProvisional[] {
  const file = `${config.state.directory}/state.db`;
  try {
    Deno.statSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const state = State.open(file, { readOnly: true });
  try {
    return state.learned.births(stream) as SavedProvisional[];
  } finally {
    state.close();
  }
}

async function change(
  registry: Registry,
  options: CatalogueOptions,
  plan: Plan,
  context: Context,
): Promise<void> {
  const model = await activeOf(registry), open = openCatalogue(model, options, plan);
  const createdAt = context.now(), changed = changeOf(options, open, createdAt);
  const stream = { ...open.stream, catalogue: decidedCatalogue(open.catalogue, changed) };
  const { version } = await registry.save(nextModel(model, stream, { createdAt }));
  await registry.activate(version, { at: createdAt, how: "changed" });
  for (const line of changed.said) context.stdout(`${plainLine(line, TEXT)}\n`);
  context.stderr(`model ${version} in ${registry.folder}, active; ${model.version} is as it was\n`);
}

function list(open: OpenCatalogue, { json }: CatalogueOptions, context: Context): void {
  const entries = entriesOf(open), pending = pendingPins(open);
  if (json) {
    context.stdout(JSON.stringify({ version: open.version, templates: entries, pending }) + "\n");
    return;
  }
  const records = Math.max(7, ...entries.map((entry) => entry.records.toLocaleString("en").length));
  context.stdout(`id          ${"records".padStart(records)}  level           template\n`);
  for (const entry of entries) context.stdout(`${entryText(entry, records)}\n`);
  for (const { id, text } of pending) {
    context.stdout(`${id}  ${"".padStart(records)}  from the next training: ${plainLine(text, TEXT)}\n`);
  }
  const { trained, settings } = open.stream;
  context.stderr(`${settings.name}, model ${open.version}: ${countText(entries.length, "template")}\n`);
  const templates = entries.map((entry) => ({
    ...entry,
    count: entry.records,
    provisional: entry.state === "new",
  }));
  for (const warning of miningWarnings({ quality: { lines: trained.records, outlined: 0 }, templates })) {
    context.stderr(`${warningText(warning)}\n`);
  }
}

function entryText({ id, text, records, severity, state, pinned }: Entry, width: number): string {
  const mark = pinned ? "pinned" : state === "new" ? "new" : "";
  return `${id.padEnd(10)}  ${records.toLocaleString("en").padStart(width)}  ${
    levelOfSeverity(severity).padEnd(7)
  } ${mark.padEnd(6)}  ${plainLine(text, TEXT)}`;
}

function show(open: OpenCatalogue, { names: [name], json }: CatalogueOptions, context: Context): void {
  const { catalogue, version } = open, { id, text } = catalogue.template(indexOf(catalogue, name));
  const entry = entriesOf(open).find((each) => each.id === catalogue.resolve(id, text).id)!;
  const events = catalogue.decisions.events.filter((event) => [event.id, event.other].includes(entry.id));
  if (json) {
    context.stdout(JSON.stringify({ version, ...entry, events }) + "\n");
    return;
  }
  const since = entry.state === "new" ? "born while scanning" : `known to model ${version}`;
  const lines = [
    `${entry.id}  ${plainLine(numbered(entry.text), TEXT)}`,
    `  ${entry.records.toLocaleString("en")} records, level ${
      levelOfSeverity(entry.severity) || "none"
    }, ${since}`,
    ...entry.pinned ? ["  pinned"] : [],
    ...entry.others.length === 0 ? [] : [`  also called ${entry.others.join(", ")}`],
    ...events.map(({ kind, id, other, at }) =>
      `  ${formatTime(at)}  ${kind} ${id}${
        other === null ? "" : ` ${kind === "merge" ? "into" : "from"} ${other}`
      }`
    ),
  ];
  context.stdout(lines.join("\n") + "\n");
}
