import assert from "node:assert/strict";

const root = new URL("..", import.meta.url).pathname;

/** Rooms of `lib` in the order of the flow: each may import from those above it. */
const ROOMS = [
  ...["csv", "csv.ts", "table", "source", "record", "template", "window", "feature", "detector", "evaluate"],
  ...["threshold", "ensemble", "explain", "model", "store", "chart", "mod.ts"],
];

async function* sources(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(root + folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* sources(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

/** A source without comments, so that examples and prose don't count. */
async function code(path: string): Promise<string> {
  const text = await Deno.readTextFile(root + path);
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]);
}

/** The project path that a relative import in `path` means. */
function resolved(path: string, specifier: string): string {
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

const roomOf = (path: string) => path.split("/")[1];

Deno.test("lib: a room imports only from rooms above it", async () => {
  const wrong: string[] = [];
  for await (const path of sources("lib")) {
    for (const specifier of importsOf(await code(path))) {
      if (!specifier.startsWith(".")) continue;
      const target = resolved(path, specifier);
      const order = target.startsWith("lib/") ? ROOMS.indexOf(roomOf(target)) : Infinity;
      if (order < 0 || order > ROOMS.indexOf(roomOf(path))) wrong.push(`${path} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("lib: every room is in the order of the flow", async () => {
  const rooms = new Set<string>();
  for await (const path of sources("lib")) rooms.add(roomOf(path));
  assert.deepEqual([...rooms].filter((room) => !ROOMS.includes(room)), []);
});

Deno.test("lib: prints nothing, exits never, reads no clock, rolls no unseeded dice", async () => {
  const wrong: string[] = [];
  const banned =
    /\bconsole\.\w+\(|\bDeno\.exit\b|\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bMath\.random\b/;
  for await (const path of sources("lib")) {
    const found = (await code(path)).match(banned);
    if (found) wrong.push(`${path}: ${found[0]}`);
  }
  assert.deepEqual(wrong, []);
});

Deno.test("lib: only source/, store/ and what renders with WASM touch the disk", async () => {
  const wrong: string[] = [];
  for await (const path of sources("lib")) {
    if (["source", "store"].includes(roomOf(path))) continue;
    if (/\bDeno\.(?!errors|jupyter)\w+|node:fs/.test(await code(path))) wrong.push(path);
  }
  assert.deepEqual(wrong, []);
});

Deno.test("the tree: what is outside lib comes in by its one door", async () => {
  const wrong: string[] = [];
  for (const folder of ["runner", "data"]) {
    for await (const path of sources(folder)) {
      for (const specifier of importsOf(await code(path))) {
        const target = specifier.startsWith(".") ? resolved(path, specifier) : "";
        if (target.startsWith("lib/") && target !== "lib/mod.ts") wrong.push(`${path} imports ${target}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("the tree: no file leads back to itself by what it imports", async () => {
  const imports = new Map<string, string[]>();
  for (const folder of ["lib", "runner", "data"]) {
    for await (const path of sources(folder)) {
      const local = importsOf(await code(path)).filter((specifier) => specifier.startsWith("."));
      imports.set(path, local.map((specifier) => resolved(path, specifier)));
    }
  }
  const done = new Set<string>(), circles: string[] = [];
  const visit = (path: string, way: string[]) => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(" → "));
    if (done.has(path) || way.includes(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  assert.deepEqual(circles, []);
});

Deno.test("the tree: no drawers for anything", async () => {
  const drawers: string[] = [];
  for (const folder of ["lib", "runner", "data", "tests"]) {
    for await (const path of sources(folder)) {
      if (/(^|\/)(utils?|helpers?|common|misc|core|types|errors|constants)(\.ts|\/)/.test(path)) {
        drawers.push(path);
      }
    }
  }
  assert.deepEqual(drawers, []);
});

Deno.test("deno.json: the three import maps pin the same versions", async () => {
  const maps = await Promise.all(
    ["deno.json", "notebooks/deno.json", "tests/deno.json"].map(async (path) =>
      JSON.parse(await Deno.readTextFile(root + path)).imports as Record<string, string>
    ),
  );
  const wrong: string[] = [];
  for (const [name, target] of Object.entries(maps[0])) {
    for (const map of maps.slice(1)) {
      if (target.startsWith("npm:") ? map[name] !== target : map[name] !== target.replace("./", "../")) {
        wrong.push(`${name}: ${target} and ${map[name]}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("deno.json: no task has every permission", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(root + "deno.json"));
  const commands = Object.values(tasks as Record<string, { command: string }>).map(({ command }) => command);
  assert.deepEqual(commands.filter((command) => /\s(-A|--allow-all)(\s|$)/.test(command)), []);
});
