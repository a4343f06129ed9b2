import assert from "node:assert/strict";
import { ROOT } from "../program.ts";
import { replacingMap, WITHOUT } from "./ablation.ts";

/** Names that a source declares and exports; types left out. */
function exportsOf(path: string): string[] {
  return [...Deno.readTextFileSync(path).matchAll(/^export (?:const|function|class) (\w+)/gm)].map((match) =>
    match[1]
  );
}

Deno.test("replacingMap() replaces what the library's files really export, and passes on the rest", () => {
  for (const file of new Set(WITHOUT.flatMap(({ files }) => files))) {
    const { imports, scopes } = replacingMap([file]),
      real = `file://${ROOT}/lib/template/${file}.ts`,
      other = imports[real];
    const replaced = exportsOf(new URL(other).pathname), there = exportsOf(new URL(real).pathname);
    assert.ok(
      replaced.length > 0 && replaced.every((name) => there.includes(name)),
      `${file}: ${replaced} of ${there}`,
    );
    assert.match(
      Deno.readTextFileSync(new URL(other)),
      new RegExp(`export \\* from ".*/lib/template/${file}\\.ts"`),
    );
    assert.deepEqual(scopes[other], { [real]: real });
  }
});

Deno.test("replacingMap() keeps the packages of the tests", () => {
  const { imports } = replacingMap([]);
  assert.match(imports["csv-parse"], /^npm:csv-parse@/);
  assert.match(imports.deepscan, /^file:.*\/lib\/mod\.ts$/);
});
