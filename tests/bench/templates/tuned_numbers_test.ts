import assert from "node:assert/strict";
import { ROOT, runDeno } from "../program.ts";
import { changingMap, TUNED_NUMBERS, type TunedNumber, withAddresses, withNumber } from "./tuned_numbers.ts";

Deno.test("TUNED_NUMBERS stand in the library as they say, once each, and are tried at other numbers", () => {
  for (const tuned of TUNED_NUMBERS) {
    const source = Deno.readTextFileSync(`${ROOT}/lib/template/${tuned.file}.ts`);
    const changed = tuned.tried.map((number) => withNumber(source, tuned, number));
    assert.equal(new Set([source, ...changed]).size, 3, tuned.name);
  }
});

Deno.test("withNumber() refuses a number that is not there, or not alone", () => {
  const tuned: TunedNumber = { ...TUNED_NUMBERS[0], file: "x", text: "NEED = @;", shipped: "2" };
  assert.equal(withNumber("const NEED = 2;\n", tuned, "3"), "const NEED = 3;\n");
  const several: TunedNumber = { ...tuned, text: "? @ : @;", shipped: "2/3" };
  assert.equal(withNumber("known ? 2 : 3;", several, "4/5"), "known ? 4 : 5;");
  for (const [source, times] of [["const NEED = 4;", 0], ["NEED = 2; NEED = 2;", 2]] as const) {
    assert.throws(
      () => withNumber(source, tuned, "3"),
      new Error(
        `Cannot change lib/template/x.ts: "NEED = 2;" must stand there once, found ${times} times`,
      ),
    );
  }
});

Deno.test("withAddresses() makes relative imports absolute, of one line and of several", () => {
  const source =
    'import { a } from "./a.ts";\nimport {\n  b,\n  c,\n} from "../b.ts";\nexport * from "./d.ts";\nimport e from "zod";\n';
  assert.equal(
    withAddresses(source, "file:///one/two/x.ts"),
    'import { a } from "file:///one/two/a.ts";\nimport {\n  b,\n  c,\n} from "file:///one/b.ts";\n' +
      'export * from "file:///one/two/d.ts";\nimport e from "zod";\n',
  );
});

Deno.test("changingMap() gives the miner another number, and leaves the rest of it as it is", async () => {
  const folder = Deno.makeTempDirSync(), line = (user: string) => `the door was opened by ${user}`;
  const tuned = TUNED_NUMBERS.find(({ name }) => name === "one position: values after a preposition")!;
  const program = `
    import { Miner } from "file://${ROOT}/lib/template/miner.ts";
    const miner = new Miner();
    for (const line of ${JSON.stringify(["ann", "bob", "cid"].map(line))}) {
      const bytes = new TextEncoder().encode(line);
      miner.learnLine(bytes, 0, bytes.length);
    }
    console.log(miner.templates().size);
  `;
  try {
    Deno.writeTextFileSync(`${folder}/program.ts`, program);
    const templates: string[] = [];
    for (const number of [tuned.shipped, tuned.tried[0]]) {
      Deno.writeTextFileSync(
        `${folder}/deno.json`,
        JSON.stringify(changingMap(tuned, number, folder)),
      );
      const flags = ["--no-check", "--no-lock", "--allow-read", `--config=${folder}/deno.json`];
      templates.push((await runDeno(["run", ...flags, `${folder}/program.ts`], folder)).stdout.trim());
    }
    assert.deepEqual(templates, ["3", "1"]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
