import assert from "node:assert/strict";
import { expandGlob, fixedFolder } from "../../lib/source/glob.ts";
import { write } from "./temporary.ts";
import { withFolder } from "../with_folder.ts";

const FILES = [
  "app.log",
  "app.log.1",
  "b.log",
  "c1.log",
  "c2.log",
  "Ä.log",
  ".hidden.log",
  "sub/a.log",
  "sub/deep/a.log",
  "sub/.dot/a.log",
  "other/a.txt",
];

/** What a pattern finds among FILES, relative to their folder. */
async function find(...patterns: string[]): Promise<string[][]> {
  const found: string[][] = [];
  await withFolder((folder) => {
    for (const file of FILES) {
      Deno.mkdirSync(`${folder}/${file.slice(0, file.lastIndexOf("/") + 1)}`, { recursive: true });
      write(`${folder}/${file}`, file);
    }
    for (const pattern of patterns) {
      found.push(expandGlob(`${folder}/${pattern}`).paths.map((path) => path.slice(folder.length + 1)));
    }
  });
  return found;
}

Deno.test("expandGlob() takes * and ? within one name, and no dot at its front", async () => {
  assert.deepEqual(await find("*.log", "?.log", "a*g*", "*.log.*", ".*.log"), [
    ["app.log", "b.log", "c1.log", "c2.log", "Ä.log"],
    ["b.log", "Ä.log"],
    ["app.log", "app.log.1"],
    ["app.log.1"],
    [".hidden.log"],
  ]);
});

Deno.test("expandGlob() takes sets, ranges and their opposites", async () => {
  assert.deepEqual(await find("c[12].log", "[a-b]*.log", "[!a-c]*.log", "c[].log", "[]a]pp.log"), [
    ["c1.log", "c2.log"],
    ["app.log", "b.log"],
    ["Ä.log"],
    [],
    ["app.log"],
  ]);
});

Deno.test("expandGlob() takes alternatives, nested and across folders", async () => {
  assert.deepEqual(await find("{app,b}.log", "c{1,{2,3}}.log", "{sub/deep,other}/a.*", "{app.log"), [
    ["app.log", "b.log"],
    ["c1.log", "c2.log"],
    ["other/a.txt", "sub/deep/a.log"],
    [],
  ]);
});

Deno.test("expandGlob() takes ** for any number of folders, hidden ones left out", async () => {
  assert.deepEqual(await find("**/a.log", "sub/**", "**/deep/*"), [
    ["sub/a.log", "sub/deep/a.log"],
    ["sub/a.log", "sub/deep", "sub/deep/a.log"],
    ["sub/deep/a.log"],
  ]);
});

Deno.test("expandGlob() ends where links make folders contain themselves", () =>
  withFolder((folder) => {
    write(`${folder}/a.log`, "");
    Deno.symlinkSync(".", `${folder}/loop`);
    assert.deepEqual(expandGlob(`${folder}/**/*.log`).paths, [`${folder}/a.log`]);
    assert.deepEqual(expandGlob(`${folder}/*/*.log`).paths, [`${folder}/loop/a.log`]);
  }));

Deno.test("expandGlob() takes a path that exists as it is written, and escaped characters as themselves", () =>
  withFolder((folder) => {
    for (const name of ["a[1].log", "a1.log", "*.log", "{x,y}"]) write(`${folder}/${name}`, "");
    const find = (pattern: string) =>
      expandGlob(`${folder}/${pattern}`).paths.map((path) => path.slice(folder.length + 1));
    assert.deepEqual(find("a[1].log"), ["a[1].log"]);
    assert.deepEqual(find("*.log"), ["*.log"]);
    assert.deepEqual(find("\\*.lo[g]"), ["*.log"]);
    assert.deepEqual(find("{x,y}"), ["{x,y}"]);
    assert.deepEqual(find("a\\[*"), ["a[1].log"]);
  }));

Deno.test("expandGlob() is done with a pattern of many stars in an instant", () =>
  withFolder((folder) => {
    write(`${folder}/${"a".repeat(250)}`, "");
    assert.deepEqual(expandGlob(`${folder}/${"*a".repeat(60)}b`).paths, []);
  }));

Deno.test("expandGlob() finds nothing below a file or a folder that isn't there", () =>
  withFolder((folder) => {
    write(`${folder}/a.log`, "");
    assert.deepEqual(expandGlob(`${folder}/a.log/*`), { paths: [], problems: [] });
    assert.deepEqual(expandGlob(`${folder}/none/*`), { paths: [], problems: [] });
  }));

Deno.test("fixedFolder() ends before the first segment with a wildcard", () => {
  const cases: [pattern: string, folder: string][] = [
    ["/var/log/*.log", "/var/log"],
    ["/var/log/app/../*.log", "/var/log/app/.."],
    ["/var/{a,b}/x.log", "/var"],
    ["/var/{a/b,c}/x.log", "/var"],
    ["./logs//app?.log", "logs"],
    ["/*", "/"],
    ["**", "."],
    ["a\\*b/*.log", "a*b"],
    ["logs/app.log", "logs/app.log"],
  ];
  for (const [pattern, folder] of cases) assert.equal(fixedFolder(pattern), folder, pattern);
});
