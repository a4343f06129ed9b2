import assert from "node:assert/strict";
import { openResult, refuseInput, writeText } from "../../runner/result_file.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("refuseInput() refuses one file under two names, and nothing else", () =>
  withFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/app.log`, "a line\n");
    Deno.symlinkSync("app.log", `${folder}/link.log`);
    const inputs = [{ name: "-" }, { name: `${folder}/app.log` }];
    for (const name of ["app.log", "link.log"]) {
      assert.throws(
        () => refuseInput(`${folder}/${name}`, inputs),
        /Cannot write .*: it is one of the inputs$/,
      );
    }
    refuseInput(`${folder}/new.csv`, inputs);
    refuseInput(null, inputs);
  }));

Deno.test("openResult() empties the file that is there, writeText() writes all of a long text", () =>
  withFolder((folder) => {
    const path = `${folder}/t.csv`, text = "é".repeat(1 << 20);
    Deno.writeTextFileSync(path, "before");
    const file = openResult(path);
    writeText(file, text);
    file.close();
    assert.equal(Deno.readTextFileSync(path), text);
    assert.throws(() => openResult(`${folder}/none/t.csv`), /Cannot write .*: there is no such folder$/);
    assert.throws(() => openResult(folder), /Cannot write .*: it is a folder$/);
  }));
