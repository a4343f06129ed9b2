/**
 * Modules that load many tests at once: a process of `deno test` starts each module in an isolate of its own, and for most tests
 * that start costs more than they do.
 *
 * @module
 */
import { stripTypeScriptTypes } from "node:module";

const root = new URL("..", import.meta.url);

/** Where the entries are written, and which sources are not for them. */
export interface EntryOptions {
  /** Folder for them. */
  folder: string;
  /** Paths from the project's folder that are left out with all that is below them. */
  without?: readonly string[];
}

/** Writes a module for each folder in `tests` that loads the tests in it, and one for those that are in none; their paths. */
export async function testEntries({ folder, without = [] }: EntryOptions): Promise<string[]> {
  const tests = (await sources("tests")).filter((path) =>
    path.endsWith("_test.ts") && !without.some((one) => path.startsWith(`${one}/`))
  );
  const rooms = Map.groupBy(tests, (path) => path.split("/").length > 2 ? path.split("/")[1] : "tests");
  return await Promise.all(
    [...rooms].map(([room, paths]) =>
      writeEntry(`${folder}/${room}.js`, paths.map((path) => new URL(path, root).href))
    ),
  );
}

/**
 * Writes a module for each room of these folders that runs the examples in its documentation; their paths.
 *
 * Each example is a module below it, with the line numbers of its source.
 */
export async function exampleEntries(
  folders: readonly string[],
  { folder }: EntryOptions,
): Promise<string[]> {
  const paths = (await Promise.all(folders.map(sources))).flat();
  const rooms = Map.groupBy(paths, (path) => path.split("/").slice(0, -1).slice(0, 2).join("-"));
  const entries = [...rooms].map(async ([room, paths]) => {
    const modules = await Promise.all(paths.map((path) => writeExamples(path, folder)));
    return { room, modules: modules.flat() };
  });
  const full = (await Promise.all(entries)).filter(({ modules }) => modules.length > 0);
  return await Promise.all(full.map(({ room, modules }) => writeEntry(`${folder}/${room}.js`, modules)));
}

/** The TypeScript files in a folder of the project, in order. */
async function sources(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(new URL(folder, root)));
  const below = entries.sort((a, b) => a.name < b.name ? -1 : 1).map(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? sources(path) : name.endsWith(".ts") ? [path] : [];
  });
  return (await Promise.all(below)).flat();
}

async function writeEntry(path: string, modules: readonly string[]): Promise<string> {
  await Deno.writeTextFile(path, modules.map((module) => `import ${JSON.stringify(module)};\n`).join(""));
  return path;
}

/** Writes each example of a source as a module; their addresses. */
async function writeExamples(path: string, folder: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(path, root));
  const examples = [...text.matchAll(/^ *\* ```ts\n(.*?)^ *\* ```$/gms)];
  if (examples.length !== text.split(/^ *\* ```ts\b/m).length - 1) {
    throw new Error(
      `Cannot run the examples of ${path}: not all of them begin and end on lines of their own`,
    );
  }
  const written = examples.map(async (match) => {
    const line = text.slice(0, match.index).split("\n").length, module = `${folder}/${path}.${line}.js`;
    const code = match[1].replaceAll(/^ *\* ?/gm, "").replaceAll(
      /(\b(?:from|import\(?) *)"(\.[^"]+)"/g,
      (_, before, specifier) => `${before}"${new URL(specifier, new URL(path, root))}"`,
    );
    await Deno.mkdir(module.slice(0, module.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(
      module,
      "\n".repeat(line) + stripTypeScriptTypes(testOf(code, `${path}:${line}`)),
    );
    return new URL(module, "file:").href;
  });
  return await Promise.all(written);
}

/** A test of what comes behind an example's imports. */
function testOf(code: string, name: string): string {
  const imports = /^(?:\s*import [^;]*;\n)*/.exec(code)![0];
  return `${imports}Deno.test(${JSON.stringify(name)}, async () => {${code.slice(imports.length)}});`;
}
