/**
 * `deno task test`: all tests, in groups, with one count at the end.
 *
 * Groups come one after the other, then those side by side whose tests mostly wait; files of a group may run in parallel.
 * Names of tests that were skipped because this machine lacks something are listed, and the closing line counts them.
 *
 * @module
 */

/** One call of `deno test`. */
interface Group {
  name: string;
  args: string[];
  /** Its tests mostly wait: it runs beside others of its kind. */
  waits?: true;
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

const GROUPS: Group[] = [
  {
    name: "units",
    args: [
      "--parallel",
      "--ignore=tests/faults,tests/runner/tasks,tests/notebooks,tests/elasticsearch",
      "tests",
    ],
  },
  { name: "examples in the documentation", args: ["--parallel", "--doc", "lib", "runner", "data"] },
  { name: "tasks, as users run them", args: ["--parallel", "tests/runner/tasks"] },
  { name: "notebooks", args: ["tests/notebooks"], waits: true },
  { name: "faults", args: ["tests/faults"], waits: true },
  { name: "elasticsearch", args: ["--parallel", "tests/elasticsearch"], waits: true },
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
  const heading = `\n== ${group.name}`;
  if (alone) console.log(heading);
  const command = new Deno.Command("deno", {
    args: ["test", "--quiet", "--config", "tests/deno.json", "--permit-no-files", ...RIGHTS, ...group.args],
    cwd: root,
    clearEnv: true,
    env: environment(),
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  const decoder = new TextDecoder();
  for await (const bytes of command.stdout) {
    const part = decoder.decode(bytes, { stream: true });
    text += part;
    if (alone) write(part);
  }
  if (!alone) write(`${heading}\n${text}`);
  const { success } = await command.status;
  return countOf(text, success);
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

const { work = [], wait = [] } = Object.groupBy(chosen(Deno.args), ({ waits }) => waits ? "wait" : "work");
const counts: Count[] = [];
for (const group of work) counts.push(await run(group, { alone: true }));
counts.push(...await Promise.all(wait.map((group) => run(group, { alone: wait.length === 1 }))));

const total: Count = { passed: 0, failed: 0, skipped: [] };
for (const { passed, failed, skipped } of counts) {
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
