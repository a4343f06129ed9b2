import assert from "node:assert/strict";
import { findFiles } from "../../lib/source/found_files.ts";
import { openFound } from "../../lib/source/probed_file.ts";
import { write } from "./temporary.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("openFound() says that a file is no longer where it was found, deleted or replaced", () =>
  withFolder((folder) => {
    const path = `${folder}/app.log`;
    write(path, "one\n");
    write(`${folder}/next.log`, "two\n");
    const [file] = findFiles([path]).files;
    const moved = {
      name: "FileMoved",
      path,
      message: /^Cannot open .*app\.log: it was renamed, emptied, replaced or deleted/,
    };
    Deno.renameSync(`${folder}/next.log`, path);
    assert.throws(() => openFound(file), moved);
    Deno.removeSync(path);
    assert.throws(() => openFound(file), moved);
  }));
