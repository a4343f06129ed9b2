/**
 * `deno task test`: all tests, in groups, with one count at the end.
 *
 * Groups of a lane come one after the other, lanes run side by side; modules of a group may run in parallel.
 * Names of tests that were skipped because this machine lacks something are listed, and the closing line counts them.
 *
 * @module
 */
import { exampleEntries, testEntries } from "./entries.ts";

/** One call of `deno test`; that files have their types is what `deno task ok` sees to. */
interface Group {
  name: string;
  /** Files and folders of tests, or who writes modules that load them into a folder. */
  tests: string[] | ((folder: string) => Promise<string[]>);
  /** It comes behind the group before it that has the same lane. */
  lane: 1 | 2 | 3;
  /** Modules at a time; default: as many as there are cores. */
  jobs?: number;
  /** Whether its files use servers that are kept running between them. */
  servers?: true;
}

const root = new URL("..", import.meta.url).pathname;

/** What the tests may do: read, write and run what they need, talk to this machine only. */
const RIGHTS = [
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-run",
  "--allow-net=127.0.0.1,localhost,[::1],0.0.0.0",
];

/** Folders in `tests` whose files start tasks and servers: a group each. */
const APART = ["tests/faults", "tests/runner/tasks", "tests/notebooks", "tests/elasticsearch"];

const GROUPS: Group[] = [
  { name: "units", lane: 1, tests: (folder) => testEntries({ folder, without: APART }) },
  {
    name: "examples in the documentation",
    lane: 1,
    tests: (folder) => exampleEntries(["lib", "runner", "data"], { folder }),
  },
  { name: "tasks, as users run them", lane: 1, tests: ["tests/runner/tasks"] },
  { name: "faults", lane: 2, tests: ["tests/faults"], jobs: 1 },
  { name: "notebooks", lane: 2, tests: ["tests/notebooks"], jobs: 1 },
  { name: "elasticsearch", lane: 3, tests: ["tests/elasticsearch"], jobs: 2, servers: true },
];

interface Count {
  passed: number;
  failed: number;
  skipped: string[];
}

/** The environment without what `deno task` left in it: the tasks that tests run stand where the tests say. */
function environment(): Record<string, string> {
  const { INIT_CWD: _, ...rest } = Deno.env.toObject();
  return { ...rest, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
}

/** Runs a group; what it prints comes at once, or at its end where others run beside it. */
async function run(group: Group, { alone }: { alone: boolean }): Promise<Count> {
  const heading = `\n== ${group.name}`, began = performance.now();
  if (alone) console.log(heading);
  await using folder = await temporaryFolder();
  await using keeper = group.servers && await keepServers(folder.path);
  const { tests, jobs } = group, paths = typeof tests === "function" ? await tests(folder.path) : tests;
  const parallel = jobs === 1 ? [] : ["--parallel"];
  const command = deno(["test", "--no-check", "--permit-no-files", ...parallel, ...RIGHTS, ...paths], {
    ...(jobs === undefined ? {} : { DENO_JOBS: String(jobs) }),
    ...(keeper === undefined ? {} : { DEEPSCAN_SERVERS: keeper.address }),
    TMPDIR: folder.path,
  });
  let text = "";
  const decoder = new TextDecoder();
  for await (const bytes of command.stdout) {
    const part = decoder.decode(bytes, { stream: true });
    text += part;
    if (alone) write(part);
  }
  if (!alone) write(`${heading} (${Math.round((performance.now() - began) / 1000)} s)\n${text}`);
  const { success } = await command.status;
  return countOf(text, success);
}

/** A folder for all that tests and what they start leave lying about, other users too. */
async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  await Deno.chmod(path, 0o1777);
  return { path, [Symbol.asyncDispose]: () => clear(path) };
}

/** Removes a folder in which something may still be ending. */
async function clear(path: string, tries = 20): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (tries === 0) return console.error(`Cannot clear ${path} away:`, error);
    await new Promise((resolve) => setTimeout(resolve, 250));
    await clear(path, tries - 1);
  }
}

/** Keeps servers while this is there. */
async function keepServers(folder: string): Promise<AsyncDisposable & { address: string }> {
  const keeper = deno(["run", ...RIGHTS, "tests/services/server_keeper.ts"], { TMPDIR: folder }, "piped");
  const lines = keeper.stdout.pipeThrough(new TextDecoderStream()).getReader(),
    { value = "" } = await lines.read();
  if (!value.startsWith("http:")) throw new Error("Cannot keep servers: the keeper ended");
  const end = async () => {
    await keeper.stdin.close();
    await keeper.status;
  };
  return { address: value.trim(), [Symbol.asyncDispose]: end };
}

function deno([command, ...args]: string[], env: Record<string, string>, stdin: "null" | "piped" = "null") {
  return new Deno.Command("deno", {
    args: [command, "--quiet", "--config", "tests/deno.json", ...args],
    ...{ cwd: root, clearEnv: true, env: { ...environment(), ...env }, stdin },
    ...{ stdout: "piped", stderr: "inherit" },
  }).spawn();
}

/** Writes all of a text; a pipe may take only a part at a time. */
function write(text: string): void {
  for (let bytes = new TextEncoder().encode(text); bytes.length > 0;) {
    bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  }
}

/** The counts of a group from deno's own closing line; a group that didn't even start counts as one failure. */
function countOf(text: string, success: boolean): Count {
  const closing = [...text.matchAll(/^(?:ok|FAILED) \| (\d+) passed.*?\| (\d+) failed/gm)].at(-1);
  const skipped = [...text.matchAll(/^(.*) \.\.\. ignored/gm)].map((match) => match[1]);
  if (!closing) return { passed: 0, failed: success ? 0 : 1, skipped };
  const failed = Number(closing[2]);
  return { passed: Number(closing[1]), failed: success ? failed : Math.max(failed, 1), skipped };
}

/** The groups whose names contain one of the words on the command line; all without words. */
function chosen(words: string[]): Group[] {
  return words.length === 0 ? GROUPS : GROUPS.filter(({ name }) => words.some((word) => name.includes(word)));
}

const lanes = Object.values(Object.groupBy(chosen(Deno.args), ({ lane }) => lane));
const counts = await Promise.all(lanes.map(async (groups) => {
  const counts: Count[] = [];
  for (const group of groups) counts.push(await run(group, { alone: lanes.length === 1 }));
  return counts;
}));

const total: Count = { passed: 0, failed: 0, skipped: [] };
for (const { passed, failed, skipped } of counts.flat()) {
  total.passed += passed;
  total.failed += failed;
  total.skipped.push(...skipped);
}
if (total.skipped.length > 0) {
  console.log(`\nSkipped here:\n${total.skipped.map((name) => `  ${name}`).join("\n")}`);
}
const skips = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skips}`);
Deno.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
