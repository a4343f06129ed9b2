import assert from "node:assert/strict";
import { loadTensorflow, wasmFolder } from "../../lib/detector/tensorflow.ts";

Deno.test("wasmFolder() is the folder of the WASM binaries", () => {
  const names = [...Deno.readDirSync(wasmFolder())].map((entry) => entry.name);
  assert(names.some((name) => /^tfjs-backend-wasm.*\.wasm$/.test(name)), `${names}`);
});

Deno.test("loadTensorflow() gives the same library each time, on WASM", async () => {
  const tensorflow = await loadTensorflow();
  assert.equal(await loadTensorflow(), tensorflow);
  assert.equal(tensorflow.core.getBackend(), "wasm");
});

Deno.test("loadTensorflow() prints nothing and needs no permission but to read wasmFolder()", async () => {
  const program = new URL("./fit_quietly.ts", import.meta.url).pathname;
  const config = new URL("../deno.json", import.meta.url).pathname;
  const flags = [
    "--quiet",
    "--no-prompt",
    "--no-check",
    `--config=${config}`,
    `--allow-read=${wasmFolder()}`,
  ];
  const command = new Deno.Command("deno", { args: ["run", ...flags, program] });
  const { code, stdout, stderr } = await command.output();
  const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.equal(printed, "");
  assert.equal(code, 0);
});
