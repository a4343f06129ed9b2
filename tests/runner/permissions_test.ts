import assert from "node:assert/strict";
import { UsageError } from "../../runner/context.ts";
import { permissionFlags, permissionsFor } from "../../runner/permissions.ts";
import { withFolder } from "../with_folder.ts";

const SETTINGS = `streams: [{name: app, inputs: ["/logs/app/*.log"]}]
model: {directory: m}
state: {directory: s}
reports: {directory: r}
alerts: {channels: {webhook: {webhook_env: HOOK, host: example.com}, slack: {webhook_file: secret, host: h}}}
`;

/** What a command may write, reach and read of the environment, beside what every command may; paths without their folder. */
async function rightsOf(command: string, settings: string, ...args: string[]) {
  let found: Record<string, string[]> = {};
  await withFolder(async (cwd) => {
    if (settings !== "") await Deno.writeTextFile(`${cwd}/deepscan.yaml`, settings);
    const { permissions } = await permissionsFor(command, args, { root: "/project", cwd });
    const short = (paths: string[]) => [...new Set(paths)].map((path) => path.replace(`${cwd}/`, "")).sort();
    const { read, write, net, env, run, sys = [] } = permissions;
    found = {
      read: short(read).filter((path) => !path.includes("tfjs-backend-wasm")),
      ...{ write: short(write), net, run, sys },
      env: env.filter((name) => !["NO_COLOR", "DEEPSCAN_DEBUG", "DEEPSCAN_PLAN", "OTEL_DENO"].includes(name)),
    };
  });
  return found;
}

const NOTHING = { read: [], write: [], net: [], env: [], run: [], sys: [] };
const TELLING = { net: ["example.com:443", "h:443"], env: ["HOOK"] };

Deno.test("permissionsFor() lets a live detect keep models, state and reports, and reach the channels", async () => {
  assert.deepEqual(await rightsOf("detect", SETTINGS, "--verdicts", "v.csv"), {
    ...{ ...NOTHING, ...TELLING },
    read: ["/logs/app", "m", "r", "s", "secret"],
    write: ["m", "r", "s", "v.csv"],
  });
});

Deno.test("permissionsFor() lets detect give its sign of life and write metrics; watch answers as well", async () => {
  const health = `health:
  heartbeat: {url_env: BEAT, host: "hc.example.com:8443"}
  metrics: {file: out/deepscan.prom}
  listen: 127.0.0.1:9464
`;
  const detect = await rightsOf("detect", SETTINGS + health),
    watch = await rightsOf("watch", SETTINGS + health);
  const told = {
    ...NOTHING,
    env: ["HOOK", "BEAT"],
    net: ["example.com:443", "h:443", "hc.example.com:8443"],
  };
  assert.deepEqual(detect, {
    ...told,
    read: ["/logs/app", "m", "out/deepscan.prom.partial", "r", "s", "secret"],
    write: ["m", "out/deepscan.prom", "out/deepscan.prom.partial", "r", "s"],
  });
  assert.deepEqual(watch, { ...detect, net: [...told.net, "127.0.0.1:9464"] });
  assert.deepEqual(await rightsOf("health", SETTINGS + health), { ...NOTHING, read: ["s"] });
});

Deno.test("permissionsFor() lets the dashboard listen at one address, and change the state and the models unless it may not", async () => {
  const settings = (more: string) => `${SETTINGS}dashboard: {token_file: token, ${more}}\n`;
  const files = (paths: string[]) => paths.filter((path) => !path.includes("/"));
  const rights = await rightsOf("dashboard", settings("listen: '127.0.0.1:8765'"));
  assert.deepEqual({ ...rights, read: files(rights.read) }, {
    ...NOTHING,
    ...{ read: ["m", "s", "token"], write: ["m", "s"], net: ["127.0.0.1:8765"], env: ["USER", "LOGNAME"] },
  });
  const elsewhere = rights.read.filter((path) =>
    path.includes("/") && !/node_modules|npm|dashboard\/assets/.test(path)
  );
  assert.deepEqual(elsewhere, []); // beside the files of its pages
  const fixed = await rightsOf(
    "dashboard",
    settings("read_only: true, token_env: T").replace("token_file: token, ", ""),
    "--listen",
    "[::1]:0",
  );
  assert.deepEqual([fixed.write, fixed.net, fixed.env], [[], ["[::1]:0"], ["USER", "LOGNAME", "T"]]);
  await assert.rejects(
    rightsOf("dashboard", SETTINGS, "--listen", "0.0.0.0:8765"),
    /Cannot listen at 0\.0\.0\.0:8765: other machines could read everything: expected token_env, token_file or trusted_header/,
  );
});

Deno.test("permissionsFor() lets a dry run only look", async () => {
  assert.deepEqual(await rightsOf("detect", SETTINGS, "--dry-run", "--verdicts", "v.csv"), {
    ...NOTHING,
    read: ["/logs/app", "m", "s"],
    write: ["v.csv"],
  });
});

Deno.test("permissionsFor() lets a replay read logs, models and what people said, write what is named, and reach nobody", async () => {
  const span = ["--from", "2026-03-02", "--to", "2026-03-03"];
  assert.deepEqual(await rightsOf("replay", SETTINGS, ...span, "--verdicts", "v.csv", "--report", "r.html"), {
    ...{ ...NOTHING, read: ["/logs/app", "m", "s"], write: ["r.html", "v.csv"] },
  });
  const index = SETTINGS.replace('"/logs/app/*.log"', '"elasticsearch:logs"') +
    "elasticsearch: {nodes: [https://es.example.com:9200], api_key_env: KEY}\nfindings: {}\n";
  const { net, env, write } = await rightsOf("replay", index, ...span);
  assert.deepEqual([net, env, write], [["es.example.com:9200"], ["KEY"], []]);
});

Deno.test("permissionsFor() lets a one-off detect read its input and model, and write what is named", async () => {
  const args = ["--input", "logs/*.log", "--model", "mine", "--verdicts", "v.csv"];
  const expected = { ...NOTHING, read: ["logs", "mine"], write: ["v.csv"] };
  assert.deepEqual(await rightsOf("detect", SETTINGS, ...args), expected);
  assert.deepEqual(await rightsOf("detect", SETTINGS, ...args, "--notify", "--dry-run"), expected);
  assert.deepEqual(await rightsOf("detect", SETTINGS, ...args, "--notify"), {
    ...{ ...expected, ...TELLING },
    read: ["logs", "mine", "secret"],
  });
});

Deno.test("permissionsFor() lets train keep a model and look at the state, and nothing else", async () => {
  assert.deepEqual(await rightsOf("train", SETTINGS, "--labels", "l.csv"), {
    ...{ ...NOTHING, read: ["/logs/app", "l.csv", "m", "s"], write: ["m"] },
  });
  assert.deepEqual(await rightsOf("train", SETTINGS, "--input", "logs/*.log", "--model", "x"), {
    ...{ ...NOTHING, read: ["logs", "x"], write: ["x"] },
  });
});

Deno.test("permissionsFor() lets templates, evaluate and explain do what they are for", async () => {
  assert.deepEqual(await rightsOf("templates", SETTINGS, "--input", "logs/*.log", "--output", "t.csv"), {
    ...{ ...NOTHING, read: ["logs"], write: ["t.csv"] },
  });
  assert.deepEqual(await rightsOf("evaluate", SETTINGS, "--verdicts", "v.csv", "--labels", "l.csv"), {
    ...{ ...NOTHING, read: ["l.csv", "v.csv"] },
  });
  assert.deepEqual(await rightsOf("explain", SETTINGS, "key"), { ...NOTHING, read: ["s"] });
});

Deno.test("permissionsFor() lets a trial of channels reach those that are tried, and look at no state", async () => {
  assert.deepEqual(await rightsOf("alerts", SETTINGS, "test"), { ...NOTHING, ...TELLING, read: ["secret"] });
  const people = "{audit: {file: {path: a.jsonl}}, ops: {webhook: {webhook_file: k, host: o}}}";
  const receivers = SETTINGS.replace("alerts: {", `alerts: {receivers: ${people}, `);
  assert.deepEqual(await rightsOf("alerts", receivers, "test", "--receiver", "audit"), {
    ...{ ...NOTHING, read: ["a.jsonl"], write: ["a.jsonl"] },
  });
  assert.deepEqual(await rightsOf("alerts", receivers, "test", "--receiver", "ops"), {
    ...{ ...NOTHING, read: ["k"], net: ["o:443"] },
  });
  await assert.rejects(() => rightsOf("alerts", SETTINGS, "test", "--receiver", "nobody"), UsageError);
});

Deno.test("permissionsFor() lets silence, deploy and alerts ack change the state and ask who is logged in", async () => {
  const said = { ...NOTHING, read: ["s"], write: ["s"], env: ["LOGNAME", "USER"] };
  for (
    const [name, ...args] of [
      ["silence", "add", "--service", "db", "--for", "1h"],
      ["silence", "end", "0a1b"],
      ["deploy", "--service", "db"],
      ["alerts", "ack", "0a1b"],
      ["feedback", "0a1b", "expected", "--always"],
    ]
  ) {
    const { env, ...rights } = await rightsOf(name, SETTINGS, ...args);
    assert.deepEqual({ ...rights, env: env.toSorted() }, said, name);
  }
  for (const args of [["silence"], ["alerts", "show", "0a1b"]]) {
    const { write, env } = await rightsOf(args[0], SETTINGS, ...args.slice(1));
    assert.deepEqual([write, env], [[], []]);
  }
});

Deno.test("permissionsFor() lets feedback change the state where something is said, and look at it for a list", async () => {
  assert.deepEqual(await rightsOf("feedback", SETTINGS), { ...NOTHING, read: ["s"] });
  assert.deepEqual(await rightsOf("feedback", SETTINGS, "--list", "--json"), { ...NOTHING, read: ["s"] });
  assert.deepEqual(await rightsOf("feedback", SETTINGS, "0a1b", "false", "--note", "backup"), {
    ...{ ...NOTHING, read: ["s"], write: ["s"] },
  });
  await assert.rejects(() => rightsOf("feedback", SETTINGS, "0a1b", "perhaps"), UsageError);
});

Deno.test("permissionsFor() lets evaluate read the logs that it divides or plants into, and write only the folder for them", async () => {
  const inject = ["--inject", "--input", "logs/*.log"];
  assert.deepEqual(await rightsOf("evaluate", SETTINGS, ...inject), { ...NOTHING, read: ["logs"] });
  assert.deepEqual(await rightsOf("evaluate", SETTINGS, ...inject, "--model", "m", "--output", "kept"), {
    ...{ ...NOTHING, read: ["logs", "m"], write: ["kept"] },
  });
  const protocol = ["--protocol", "random:10", "--input", "a.log", "--labels", "l.csv"];
  const { read, write } = await rightsOf("evaluate", SETTINGS, ...protocol);
  assert.ok(read.includes("l.csv") && read.includes("a.log") && write.length === 0);
});

Deno.test("permissionsFor() keeps the notebooks' worker to the sample and the notebooks", async () => {
  const sample = ["/project/data/sample", "/project/data/sample.partial"], folder = "/project/notebooks";
  assert.deepEqual((await rightsOf("notebooks", "", "03-train")).write, [...sample, folder]);
  const judged = ["/project/data/models/sample", "/project/data/state/sample"];
  assert.deepEqual((await rightsOf("notebooks", "")).write, [...sample, ...judged, folder].sort());
  assert.deepEqual(
    (await rightsOf("notebooks", "", "06-incident")).write,
    [...sample, ...judged, folder].sort(),
  );
});

Deno.test("permissionFlags() refuses a path with a comma that no allowed folder holds", () => {
  const none = { read: [], write: [], net: [], env: [], run: [] };
  assert.deepEqual(permissionFlags({ ...none, read: ["/logs", "/logs/a,1.log"] }), ["--allow-read=/logs"]);
  assert.throws(() => permissionFlags({ ...none, write: ["/out/a,1.csv"] }), (error: Error) => {
    assert.ok(error instanceof UsageError);
    assert.match(error.message, /^Cannot give the right to write \/out\/a,1\.csv: .*comma/);
    return true;
  });
});

Deno.test("permissionsFor() lets parse read the logs that are named, and write the one output", async () => {
  assert.deepEqual(await rightsOf("parse", "", "logs/*.log", "-", "--json", "--output", "t.json"), {
    ...{ ...NOTHING, read: ["logs"], write: ["t.json"] },
  });
  assert.deepEqual(await rightsOf("parse", "", "/var/log/a.log"), {
    ...{ ...NOTHING, read: ["/var/log", "/var/log/a.log"] },
  });
});

Deno.test("permissionsFor() lets deepscan templates look at models and state, and a change write a model", async () => {
  const looking = { ...NOTHING, read: ["m", "s"] };
  assert.deepEqual(await rightsOf("catalogue", SETTINGS, "list", "--json"), looking);
  assert.deepEqual(await rightsOf("catalogue", SETTINGS, "merge", "a", "b"), { ...looking, write: ["m"] });
  const other = { ...NOTHING, read: ["mine"], write: ["mine"] };
  assert.deepEqual(await rightsOf("catalogue", SETTINGS, "pin", "job <*>", "--model", "mine"), other);
});

Deno.test("permissionsFor() lets those who read an index reach its cluster, and nobody else", async () => {
  const section = "elasticsearch: {nodes: ['http://es:9200'], api_key_env: KEY}\n",
    index = "elasticsearch:logs-*";
  const settings = SETTINGS.replace("/logs/app/*.log", index) + section, sys = { sys: ["osRelease"] };
  const rights = async (command: string, text: string, ...args: string[]) => {
    const { net, env, sys } = await rightsOf(command, text, ...args);
    return { net, env, sys };
  };
  const reached = { net: ["es:9200"], env: ["KEY"], ...sys };
  assert.deepEqual(await rights("detect", settings), {
    ...{ net: ["es:9200", ...TELLING.net], env: ["KEY", "HOOK"], ...sys },
  });
  assert.deepEqual(await rights("detect", settings, "--dry-run"), reached);
  assert.deepEqual(await rights("train", settings), reached);
  assert.deepEqual(await rights("detect", SETTINGS + section, "--input", index, "--model", "m"), reached);
  assert.deepEqual(await rights("train", SETTINGS + section, "--input", index, "--model", "m"), reached);
  assert.deepEqual(await rights("parse", SETTINGS + section, index), reached);
  assert.deepEqual(
    await rights("templates", SETTINGS + section, "--input", index, "--output", "t.csv"),
    reached,
  );
  assert.deepEqual(await rights("init", SETTINGS + section, index, "--output", "new.yaml"), reached);
  const named = ["--nodes", "https://a,https://b:9201", "--api-key-env", "OTHER"];
  assert.deepEqual(await rights("init", "", index, ...named), {
    net: ["a:443", "b:9201"],
    env: ["OTHER"],
    ...sys,
  });
  assert.deepEqual(await rights("map", section), reached); // without any stream
  const { read, write } = await rightsOf("map", section);
  assert.deepEqual([read, write], [["/etc/hostname"], []]);
  for (const command of ["detect", "train"]) {
    const args = ["--input", "x.log", "--model", "m"], none = { net: [], env: [], sys: [] };
    assert.deepEqual(await rights(command, settings, ...args), none);
  }
});

Deno.test("permissionsFor() lets detect reach the cluster of findings where it tells anybody, and deepscan findings do its work", async () => {
  const cluster = "elasticsearch: {nodes: ['https://es1'], ca_file: ca.pem, user: u, password_env: PASSWORD}";
  const settings = `${SETTINGS.replace(/^alerts.*$/m, "")}${cluster}\nfindings: {}\n`;
  const reaching = { net: ["es1:443"], env: ["PASSWORD"], sys: ["osRelease"] };
  assert.deepEqual(await rightsOf("detect", settings), {
    ...{ ...NOTHING, ...reaching, read: ["/logs/app", "ca.pem", "m", "r", "s"], write: ["m", "r", "s"] },
  });
  assert.deepEqual((await rightsOf("detect", settings, "--dry-run")).net, []);
  const once = ["--input", "logs/*.log", "--model", "mine"];
  assert.deepEqual((await rightsOf("detect", settings, ...once)).net, []);
  assert.deepEqual((await rightsOf("detect", settings, ...once, "--notify")).net, ["es1:443"]);
  const findings = (...args: string[]) => rightsOf("findings", settings, ...args);
  assert.deepEqual(await findings("status"), { ...NOTHING, read: ["s"] });
  assert.deepEqual(await findings("install", "--dry-run"), NOTHING);
  assert.deepEqual(await findings("install"), { ...NOTHING, ...reaching, read: ["ca.pem"] });
  assert.deepEqual(await findings("send"), { ...NOTHING, ...reaching, read: ["ca.pem", "s"], write: ["s"] });
  assert.deepEqual((await findings("send", "--all")).read, ["ca.pem", "m", "s"]);
});

Deno.test("permissionsFor() lets report look at state and models and run Python, and reach the mail server only to mail", async () => {
  const code = ["HEAD", "packed-refs", "refs"].map((name) => `/project/.git/${name}`).concat(
      "/project/deno.json",
    ),
    looking = [...code, "m", "s"].sort();
  const without = { ...NOTHING, read: looking, run: ["python3"] };
  assert.deepEqual(await rightsOf("report", SETTINGS, "--alert", "0a1b"), without);
  const email = "host: mail.example.com, port: 587, from: a@example.com, to: [b@example.com], " +
    "security: starttls, user: me, password_file: password";
  const mailing = SETTINGS.replace("channels: {", `channels: {email: {${email}}, `);
  assert.deepEqual(await rightsOf("report", mailing, "--last", "7d"), without);
  assert.deepEqual(await rightsOf("report", mailing, "--last", "7d", "--notify", "--output", "pages"), {
    ...{ ...without, read: [...looking, "pages", "password"].sort(), net: ["mail.example.com:587"] },
  });
});
