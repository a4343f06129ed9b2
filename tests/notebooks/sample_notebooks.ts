/**
 * The project's own notebooks, executed on a small sample of their own.
 *
 * @module
 */
import assert from "node:assert/strict";
import { basename } from "node:path";
import { generateSample } from "../../data/generate.ts";
import { executeNotebook, type ExecutionResult } from "../../runner/notebooks/execute_notebook.ts";
import { runTask } from "../runner/tasks/task.ts";

/** The project. */
export const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** Folders of notebooks, from the project's. */
const FOLDERS = ["notebooks", "notebooks/reports"];

/** Their paths, in order. */
export const NOTEBOOKS: readonly string[] = FOLDERS.flatMap((folder) =>
  namesIn(`${root}/${folder}`).filter((name) => name.endsWith(".ipynb")).sort().map((name) =>
    `${root}/${folder}/${name}`
  )
);

function namesIn(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** A cell as it lies in the file. */
interface Cell {
  cell_type: string;
  metadata: { tags?: string[] };
  source: string[];
}

/** Code cells of a notebook, as text. */
export function codeOf(path: string): { text: string; tags: string[] }[] {
  const { cells } = JSON.parse(Deno.readTextFileSync(path)) as { cells: Cell[] };
  return cells.filter(({ cell_type }) => cell_type === "code")
    .map(({ source, metadata }) => ({ text: [source].flat().join(""), tags: metadata.tags ?? [] }));
}

/**
 * A folder that is laid out as the project's `data`: the sample, made small, with a model that learned from it and the state of
 * a run over it, as `deno task detect` leaves them.
 *
 * @param options `scale`: how many lines there are of those of the sample, 0–1.
 */
export async function makeData(folder: string, { scale = 0.3 }: { scale?: number } = {}): Promise<void> {
  generateSample(`${folder}/sample`, { scale });
  const directories = ["model", "state"].map((name) =>
    `${name}: { directory: ${name === "model" ? "models" : name}/sample }`
  );
  const settings = await Deno.readTextFile(`${root}/data/deepscan.yaml`);
  await Deno.writeTextFile(
    `${folder}/deepscan.yaml`,
    [settings, ...directories, "reports: { directory: reports }"].join("\n"),
  );
  const { code, stderr } = await runTask("detect", [], { cwd: folder });
  assert.equal(code, 0, stderr);
}

/** The parameters that make a notebook read `data` where its defaults name the project's own folder of that name. */
export function parametersOn(data: string, path: string): Record<string, string | string[]> {
  const cell = codeOf(path).find(({ tags }) => tags.includes("parameters"))!.text.replaceAll(
    /\s\/\/.*$/gm,
    "",
  );
  const moved = (text: string): string => JSON.parse(text).replace(/(?:\.\.\/)+data\//, `${data}/`);
  const parameters: Record<string, string | string[]> = {};
  for (const [, name, value] of cell.matchAll(/(\w+): (\[[^[\]]*\]|"(?:[^"\\]|\\.)*")/g)) {
    if (!value.includes("../data/")) continue;
    parameters[name] = value.startsWith("[") ? value.match(/"(?:[^"\\]|\\.)*"/g)!.map(moved) : moved(value);
  }
  return parameters;
}

/** A notebook that was run, and how that went. */
export interface Rendered {
  name: string;
  /** Its page. */
  page: string;
  result: ExecutionResult;
}

/** Executes notebooks on `data`, two at a time: they don't know of each other. */
export async function executeOn(data: string, output: string): Promise<Rendered[]> {
  const queue = NOTEBOOKS.entries(), done: Rendered[] = [];
  await Promise.all([1, 2].map(async () => {
    for (const [i, notebook] of queue) {
      const name = basename(notebook, ".ipynb"), page = `${output}/${name}.html`;
      const result = await executeNotebook({
        ...{
          root,
          notebook,
          html: page,
          parameters: parametersOn(data, notebook),
          now: Date.UTC(2026, 2, 9, 8),
        },
        ...{ python: "python3", timeout: 240, network: false, onRemark: () => {} },
      });
      done[i] = { name, page, result };
    }
  }));
  return done;
}
