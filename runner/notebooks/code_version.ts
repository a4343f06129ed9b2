/**
 * Which code it is that runs.
 *
 * @module
 */

/** A version of the code. */
export interface CodeVersion {
  /** As `deno.json` says it. */
  version: string;
  /** What is checked out, 40 hexadecimal digits (64 where git counts by SHA-256); `null` where it is no clone of its own (a work tree) or that can't be read. */
  commit: string | null;
}

/** The files that say it, for those who give rights. */
export function codeVersionFiles(root: string): string[] {
  const git = `${root}/.git`; // of which the settings may hold secrets
  return [`${root}/deno.json`, `${git}/HEAD`, `${git}/packed-refs`, `${git}/refs`];
}

/**
 * The version of the code in `root`. Git itself is not run.
 *
 * @see https://git-scm.com/docs/gitrepository-layout
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { codeVersion } from "./code_version.ts";
 *
 * const root = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${root}/deno.json`, '{ "version": "1.2.0" }');
 * assert.deepEqual(await codeVersion(root), { version: "1.2.0", commit: null });
 * ```
 */
export async function codeVersion(root: string): Promise<CodeVersion> {
  const settings = JSON.parse(await textOf(`${root}/deno.json`) ?? "{}");
  return { version: settings.version ?? "of unknown version", commit: await commitOf(`${root}/.git`) };
}

async function commitOf(git: string): Promise<string | null> {
  const head = (await textOf(`${git}/HEAD`))?.trim();
  if (head === undefined) return null;
  const reference = /^ref: (refs\/\S+)$/.exec(head)?.[1];
  if (reference === undefined) return hash(head); // a commit itself is checked out
  return hash(await textOf(`${git}/${reference}`) ?? await packed(git, reference));
}

/** The commit of a reference that `git gc` has put into one file with the others. */
async function packed(git: string, reference: string): Promise<string> {
  const lines = (await textOf(`${git}/packed-refs`) ?? "").split("\n");
  return lines.find((line) => line.endsWith(` ${reference}`))?.split(" ")[0] ?? "";
}

function hash(text: string): string | null {
  return /^[0-9a-f]{40,64}$/.exec(text.trim())?.[0] ?? null;
}

/** A file's text; `undefined` where there is none, or it may not be read. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const { NotFound, NotCapable, NotADirectory, IsADirectory } = Deno.errors;
    if ([NotFound, NotCapable, NotADirectory, IsADirectory].some((kind) => error instanceof kind)) {
      return undefined;
    }
    throw error;
  }
}
