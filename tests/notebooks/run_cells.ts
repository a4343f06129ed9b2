/**
 * The code of a notebook as one program, beside the tasks of the runner: to compare what both come to.
 *
 * @module
 */
import assert from "node:assert/strict";
import { joinCells } from "../../runner/notebooks/check_notebooks.ts";

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** Runs Deno in the project's folder; gives its standard output. */
async function deno(args: string[], env: Record<string, string>, input = ""): Promise<string> {
  const child = new Deno.Command("deno", {
    ...{ args, cwd: root, env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...env } },
    ...{ stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** Runs one of the project's tasks with the rights that it has, as a user does who stands in `folder`. */
export async function runProjectTask(folder: string, name: string, ...args: string[]): Promise<string> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${root}/deno.json`)) as {
    tasks: Record<string, { command: string }>;
  };
  return await deno([...tasks[name].command.split(" ").slice(1), ...args], { INIT_CWD: folder });
}

/** What {@linkcode valueOfCells} runs. */
export interface CellsOptions {
  /** Parameters of the notebook. */
  parameters: Record<string, unknown>;
  /** What is asked for behind the cells, as code; its value must survive JSON. */
  value: string;
  /** Id of the last cell that runs; default: all do. */
  until?: string;
}

/** Runs the code cells of one of the project's notebooks, one after the other, and gives what `value` is then. */
export async function valueOfCells(
  name: string,
  { parameters, value, until }: CellsOptions,
): Promise<unknown> {
  const { cells } = JSON.parse(await Deno.readTextFile(`${root}/notebooks/${name}.ipynb`));
  const last = until === undefined
    ? cells.length - 1
    : cells.findIndex(({ id }: { id: string }) => id === until);
  assert.ok(last >= 0, `${name} has no cell ${until}`);
  const marker = "value of the cells: ";
  const program = `${
    joinCells(cells.slice(0, last + 1)).text
  }\nconsole.log("${marker}" + JSON.stringify(${value}));`;
  const rights = ["--no-prompt", "--allow-read", "--allow-env"];
  const output = await deno(
    ["run", "--quiet", ...rights, "--config=notebooks/deno.json", "-"],
    { DEEPSCAN_PARAMETERS: JSON.stringify(parameters) },
    program,
  );
  const line = output.split("\n").find((line) => line.startsWith(marker))!;
  return JSON.parse(line.slice(marker.length));
}
