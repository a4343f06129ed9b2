import assert from "node:assert/strict";
import { basename } from "node:path";
import { permissionsFor } from "../../../runner/permissions.ts";
import { testThatNeeds } from "../../needs.ts";
import { PROJECT } from "../tasks/task.ts";
import { withFolder } from "../../with_folder.ts";

const DEPLOY = `${PROJECT}/runner/deploy`;
const SETTINGS = `streams: [{name: shop, inputs: ["/var/log/shop/*.log"]}]\n`;
const UNITS = ["deepscan-watch.service", "deepscan-detect.service", "deepscan-train.service"];

/** The arguments behind `deno task --quiet` in a command line, the settings file being another one. */
function taskArgs(line: string, settings: string): string[] {
  const found = line.match(/\bdeno task --quiet (.*?)(?= >>|$)/);
  assert.ok(found, line);
  return found[1].replace("/etc/deepscan/deepscan.yaml", settings).split(" ");
}

/** That the task is there, and that it takes the arguments. */
async function isTaken([task, ...args]: string[]): Promise<void> {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${PROJECT}/deno.json`));
  assert.ok(task in tasks, task);
  const { plan } = await permissionsFor(task, args, { root: PROJECT, cwd: PROJECT });
  assert.deepEqual(plan?.config.streams.map(({ name }) => name), ["shop"]);
}

Deno.test("systemd units and cron lines start tasks that there are, with arguments that they take", () =>
  withFolder(async (folder) => {
    const settings = `${folder}/deepscan.yaml`;
    await Deno.writeTextFile(settings, SETTINGS);
    const lines: string[] = [];
    for (const unit of UNITS) {
      const text = await Deno.readTextFile(`${DEPLOY}/systemd/${unit}`);
      lines.push(...[...text.matchAll(/^ExecStart=(.*)$/gm)].map(([, line]) => line));
    }
    const cron = await Deno.readTextFile(`${DEPLOY}/deepscan.cron`);
    lines.push(...cron.split("\n").filter((line) => /^[\d*]/.test(line)));
    assert.equal(lines.length, 5);
    for (const line of lines) await isTaken(taskArgs(line, settings));
  }));

testThatNeeds(
  ["systemd"],
  "systemd takes the units, and calls what they may do little",
  () =>
    withFolder(async (folder) => {
      const names = [
        ...UNITS,
        "deepscan-detect.timer",
        "deepscan-train.timer",
        "deepscan-.service.d/common.conf",
      ];
      await Deno.mkdir(`${folder}/deepscan-.service.d`);
      for (const name of names) {
        const text = await Deno.readTextFile(`${DEPLOY}/systemd/${name}`);
        const here = text.replaceAll("/usr/local/bin/deno", "/bin/true").replace(
          "/opt/deepscan/README",
          `${PROJECT}/README`,
        );
        await Deno.writeTextFile(`${folder}/${name}`, here);
      }
      const analyze = async (...args: string[]) => {
        const { code, stdout, stderr } = await new Deno.Command("systemd-analyze", {
          ...{ args, cwd: folder, env: { SYSTEMD_UNIT_PATH: `${folder}:` } },
        }).output();
        return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
      };
      const units = names.filter((name) => !name.endsWith(".conf")).map((name) => `${folder}/${name}`);
      assert.deepEqual(await analyze("verify", "--man=no", ...units), { code: 0, said: "" });
      for (const unit of UNITS) {
        const { code, said } = await analyze(
          "security",
          "--offline=true",
          "--threshold=30",
          `${folder}/${unit}`,
        );
        assert.equal(code, 0, `${basename(unit)}: ${said.split("\n").at(-2)}`);
      }
    }),
);

Deno.test("the container gets every folder that the program is made of, and runs as nobody important", async () => {
  const text = await Deno.readTextFile(`${DEPLOY}/container/Dockerfile`);
  const copied = [...text.matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, sources]) => sources.split(" "));
  for (const source of copied.filter((source) => !source.includes("*"))) {
    assert.ok((await Deno.stat(`${PROJECT}/${source}`)) !== undefined, source);
  }
  for (const needed of ["deno.json", "deno.lock", "lib", "runner", "data/*.ts", "data/shop"]) {
    assert.ok(copied.includes(needed), needed);
  }
  const { version } = Deno;
  assert.match(text, new RegExp(`^FROM denoland/deno:${version.deno.replaceAll(".", "\\.")}$`, "m"));
  assert.match(text, /^USER deno$/m);
  const [, command] = text.match(/^CMD \[(.*)\]$/m)!;
  const { tasks } = JSON.parse(await Deno.readTextFile(`${PROJECT}/deno.json`));
  assert.ok(JSON.parse(`[${command}]`)[0] in tasks);
});
