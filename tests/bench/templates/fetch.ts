/**
 * Packages from their registries, by the tools that the machine has set up for them, into a folder of the user's cache.
 *
 * @module
 */
import type { Package } from "./packages.ts";

/** Why a package can't be had; the others still can. */
export class FetchError extends Error {}

/** A folder of the bench in the user's cache. */
export function cachePath(part: string): string {
  const base = Deno.env.get("XDG_CACHE_HOME") || `${Deno.env.get("HOME") ?? "/tmp"}/.cache`;
  return `${base}/deepscan/bench/${part}`;
}

/** {@linkcode cachePath}, made where it is missing. */
export function cacheFolder(part: string): string {
  const folder = cachePath(part);
  Deno.mkdirSync(folder, { recursive: true });
  return folder;
}

/** How a language's packages are fetched into the folder where the command stands. */
const COMMANDS: Record<Package["language"], (artifact: string) => [string, ...string[]]> = {
  python: (artifact) => [
    ...["python3", "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"] as [
      string,
      ...string[],
    ],
    artifact,
  ],
  java: (artifact) => [
    ...["mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"] as [
      string,
      ...string[],
    ],
    `-Dartifact=${artifact}:jar:sources`,
    "-DoutputDirectory=.",
  ],
  npm: (artifact) => ["npm", "pack", "--silent", artifact],
};

/**
 * Runs a program to its end, standing in `cwd`; its standard output.
 *
 * @throws {FetchError} if it isn't there, or fails.
 */
export async function runProgram(
  [program, ...args]: [string, ...string[]],
  cwd: string,
  input = "",
): Promise<string> {
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, { args, cwd, stdin: "piped", stdout: "piped", stderr: "piped" })
      .spawn();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new FetchError(`Cannot run ${program}: it is not on this machine`);
  }
  const writer = child.stdin.getWriter(), text = new TextDecoder();
  const told = writer.write(new TextEncoder().encode(input)).then(() => writer.close()).catch(() => {});
  const { success, code, stdout, stderr } = await child.output();
  await told;
  if (success) return text.decode(stdout);
  const said = firstComplaint(text.decode(stderr) + text.decode(stdout));
  throw new FetchError(`Cannot run ${program} ${args.join(" ")}: exit code ${code}: ${said}`);
}

/** The first line of a program's complaint that says something, without colours. */
function firstComplaint(output: string): string {
  // deno-lint-ignore no-control-regex -- the codes of colours begin with one
  const lines = output.replaceAll(/\x1b\[[\d;]*m/g, "").split("\n").map((line) => line.trim()).filter((
    line,
  ) => line !== "");
  return (lines.find((line) => /error|not found|cannot|denied/i.test(line)) ?? lines.at(-1) ??
    "it said nothing").slice(0, 300);
}

/**
 * The archives of a package, fetched where the cache has none of that version.
 *
 * @throws {FetchError} if the tool is missing, or the registry out of reach.
 */
export async function fetchPackage({ language, artifacts }: Package): Promise<string[]> {
  const paths: string[] = [];
  for (const artifact of artifacts) {
    const folder = cacheFolder(`packages/${language}/${artifact.replaceAll(/[^\w.@=-]+/g, "_")}`);
    if (archivesIn(folder).length === 0) {
      try {
        await runProgram(COMMANDS[language](artifact), folder);
      } catch (error) {
        throw new FetchError(
          `Cannot fetch ${artifact} – a network is needed once: ${(error as Error).message}`,
        );
      }
    }
    paths.push(...archivesIn(folder));
  }
  return paths;
}

function archivesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].filter(({ name }) => /\.(whl|jar|zip|tgz|tar\.gz)$/.test(name))
    .map(({ name }) => `${folder}/${name}`).sort();
}
