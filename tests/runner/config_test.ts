import assert from "node:assert/strict";
import { paintFiles } from "../../runner/alert/channels/paint_files.ts";
import { TRUST_STORES } from "../../runner/elasticsearch/trust_store.ts";
import fc from "fast-check";
import { RE2JS } from "re2js";
import {
  type Config,
  ConfigError,
  configSchemaJson,
  defaultConfig,
  loadConfig,
  parseConfig,
  permissionsOf,
  settingsTable,
} from "../../runner/config.ts";
import { DETECTORS, FURTHER_DETECTORS, SEQUENCE_DETECTORS } from "../../lib/detector/registry.ts";
import { FORMATS } from "../../lib/record/formats/mod.ts";
import { THRESHOLD_RULES } from "../../lib/threshold/registry.ts";
import { DETECTOR_NAMES, FORMAT_NAMES, RULE_NAMES } from "../../runner/config/schema.ts";
import { formatDuration, parseDuration } from "../../runner/config/duration.ts";
import { fixedFolder, withPort } from "../../runner/config/permissions.ts";
import { parseSize } from "../../runner/config/size.ts";

const SHIPPED = new URL("../../runner/deepscan.yaml", import.meta.url);

async function refusal(text: string): Promise<ConfigError> {
  try {
    await parseConfig(text, "/etc/deepscan.yaml");
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error;
  }
  return assert.fail("the settings were accepted");
}

/** The shipped file with every hidden setting shown. */
async function shippedWithEverything(): Promise<string> {
  const text = await Deno.readTextFile(SHIPPED);
  return text.replace("streams: []\n", "").replace(/^#(?=\S| {2})/gm, "");
}

Deno.test("deepscan.yaml parses to the schema's defaults", async () => {
  assert.deepEqual(await loadConfig(SHIPPED.pathname), defaultConfig(new URL(".", SHIPPED).pathname));
});

Deno.test("deepscan.yaml shows every key that the schema knows", async () => {
  const text = await shippedWithEverything();
  const keys = [...settingsTable().matchAll(/^\| `([\w.[\]]+)`/gm)].map((row) => row[1].split(".").at(-1)!);
  assert.ok(keys.length > 40, `only ${keys.length} keys`);
  for (const key of keys) assert.match(text, new RegExp(`\\b${key.replace("[]", "")}\\b`), key);
});

Deno.test("deepscan.yaml gives a stream its own defaults", async () => {
  const [shown] = (await parseConfig(await shippedWithEverything(), "/etc/deepscan.yaml")).streams;
  const bare = await parseConfig("streams: [{name: shop, inputs: ['/var/log/shop/*.log*']}]", "/etc/a.yaml");
  assert.deepEqual({ ...shown, service: undefined, session: undefined }, {
    ...bare.streams[0],
    service: undefined,
    session: undefined,
  });
  assert.equal(shown.session!.idle, 1_800_000);
});

Deno.test("parseConfig() reads lengths of time, sizes and offsets", async () => {
  const config = await parseConfig(
    `streams: [{name: a, inputs: [x], window: 1h30m, session: 'blk_-?\\d+', utc_offset: "-05:30"}]
checkpoint: {bytes: 1MiB}`,
    "/etc/deepscan.yaml",
  );
  assert.equal(config.streams[0].window, 5_400_000);
  assert.equal(config.streams[0].utc_offset, -330);
  assert.deepEqual(config.streams[0].session, { pattern: "blk_-?\\d+", idle: 1_800_000 });
  assert.equal(config.checkpoint.bytes, 1_048_576);
});

Deno.test("parseConfig() lets the dashboard be reached from elsewhere only where people have to say who they are", async () => {
  const dashboard = (settings: string) =>
    parseConfig(`dashboard: {listen: '0.0.0.0:80', ${settings}}`, "/etc/a.yaml");
  await assert.rejects(dashboard(""), /listen: other machines could read everything: expected token_env/);
  for (const settings of ["token_env: T", "token_file: t", "trusted_header: X-User"]) {
    await dashboard(settings);
  }
  assert.equal((await dashboard("token_file: t")).dashboard.token_file, "/etc/t");
  await assert.rejects(dashboard("token_env: T, token_file: t"), /token_env or token_file, not both/);
  await assert.rejects(
    dashboard("token_env: T, base_url: 'javascript:x'"),
    /expected an address such as https/,
  );
  for (const listen of ["127.0.0.1", "localhost:port", "http://localhost:80"]) {
    await assert.rejects(
      parseConfig(`dashboard: {listen: '${listen}'}`, "/etc/a.yaml"),
      /an address and a port/,
    );
  }
});

Deno.test("parseConfig() reads spans of time, in UTC unless they say otherwise, and refuses what is none", async () => {
  const settings = (span: string) =>
    parseConfig(`streams: [{name: a, inputs: [x], exclude: [${span}]}]`, "/etc/a.yaml");
  const [{ exclude }] =
    (await settings("2026-03-02T10:00/2026-03-02T13:30+02:00, 2026-03-02/2026-03-03")).streams;
  const ten = Date.UTC(2026, 2, 2, 10), hour = 3_600_000;
  assert.deepEqual(exclude, [{ from: ten, to: ten + 1.5 * hour }, {
    from: ten - 10 * hour,
    to: ten + 14 * hour,
  }]);
  for (const span of ["yesterday", "2026-03-02", "2026-03-02T11:00/2026-03-02T10:00", "a/b"]) {
    await assert.rejects(
      () => settings(span),
      /expected FROM\/TO, a span of time such as 2026-03-02T10:00\//,
    );
  }
});

Deno.test("parseConfig() takes a format, or the name of a mixture", async () => {
  const stream = (format: string) => `streams: [{name: a, inputs: [x], format: ${format}}]`;
  for (const format of ["auto", "json", "mixed:json+golang", "mixed:json+golang+iso8601"]) {
    assert.equal((await parseConfig(stream(format), "/etc/deepscan.yaml")).streams[0].format, format);
  }
  for (const format of ["jso", "mixed:json", "mixed:json+nothing"]) {
    assert.match(
      (await refusal(stream(format))).message,
      /streams\[0\]\.format: expected one of auto, document/,
    );
  }
});

Deno.test("parseConfig() reads what a stream's inputs are expected to do, and where watch answers", async () => {
  const settings = (health: string) =>
    parseConfig(
      `streams: [{name: a, inputs: [x], health: ${health}}]\nhealth: {listen: "[::1]:9464"}`,
      "/etc/a.yaml",
    );
  const { streams: [usual], health: { listen } } = await settings("{}");
  assert.deepEqual(usual.health, { no_data: "auto", max_delay: 1_800_000, min_parsed: 0.5 });
  assert.deepEqual(listen, { hostname: "::1", port: 9464 });
  const { streams: [own] } = await settings("{no_data: 1h30m, max_delay: off, min_parsed: 0}");
  assert.deepEqual(own.health, { no_data: 5_400_000, max_delay: null, min_parsed: 0 });
  assert.equal((await settings("{no_data: off}")).streams[0].health.no_data, null);
});

Deno.test("parseConfig() takes paths relative to the file", async () => {
  const config = await parseConfig(
    "streams: [{name: a, inputs: ['logs/*.log', /abs/x]}]\nmodel: {directory: ../m}",
    "/etc/deep/scan.yaml",
  );
  assert.deepEqual(config.streams[0].inputs, ["/etc/deep/logs/*.log", "/abs/x"]);
  assert.equal(config.model.directory, "/etc/m");
});

Deno.test("parseConfig() takes an empty file as all defaults", async () => {
  assert.deepEqual(await parseConfig("", "/srv/deepscan.yaml"), defaultConfig("/srv"));
});

const REFUSED: [name: string, text: string, key: string, line: number, message: RegExp][] = [
  [
    "an unknown key",
    "streams:\n  - name: a\n    inputs: [x]\n    widnow: 5m",
    "streams[0].widnow",
    4,
    /unknown key; did you mean "window"\? \(for example window: 5m\)/,
  ],
  ["an unknown section", "\nalert: {}", "alert", 2, /did you mean "alerts"\?/],
  [
    "a heartbeat that goes nowhere",
    "health:\n  heartbeat: {every: 5m}",
    "health.heartbeat",
    2,
    /expected url_env, url_file or file/,
  ],
  [
    "an address without a port",
    "health: {listen: localhost}",
    "health.listen",
    1,
    /such as 127\.0\.0\.1:9464/,
  ],
  [
    "a port that is none",
    "health: {listen: 'localhost:99999'}",
    "health.listen",
    1,
    /a port from 1 to 65535/,
  ],
  [
    "a silence that is none",
    "streams: [{name: a, inputs: [x], health: {no_data: 0s}}]",
    "streams[0].health.no_data",
    1,
    /a length of time above zero/,
  ],
  [
    "a collector with a login",
    "health: {traces: {endpoint: 'http://me:secret@host:4318'}}",
    "health.traces.endpoint",
    1,
    /without a login/,
  ],
  [
    "a key like nothing known",
    "zzzzzzzz: 1",
    "zzzzzzzz",
    1,
    /unknown key, expected one of streams, model, state/,
  ],
  [
    "a wrong type",
    "model:\n  seed: many",
    "model.seed",
    2,
    /expected a number, got "many" \(for example seed: 0\)/,
  ],
  ["a fraction for a whole number", "model: {seed: 1.5}", "model.seed", 1, /expected/],
  ["nothing where a list must be", "streams:", "streams", 1, /expected a list, got nothing/],
  [
    "a bad length of time",
    "streams:\n - {name: a, inputs: [x], window: 5 minutes}",
    "streams[0].window",
    2,
    /expected a length of time such as 5m, 1h30m or 3d, got "5 minutes" \(for example window: 5m\)/,
  ],
  [
    "a number without a unit",
    "streams:\n - {name: a, inputs: [x], window: 5}",
    "streams[0].window",
    2,
    /expected a length of time such as 5m, got the number 5/,
  ],
  [
    "a window of nothing",
    "streams:\n - {name: a, inputs: [x], window: 0s}",
    "streams[0].window",
    2,
    /above zero, got "0s"/,
  ],
  [
    "a bad size",
    "checkpoint:\n  bytes: lots",
    "checkpoint.bytes",
    2,
    /expected a size such as 64MB, got "lots"/,
  ],
  [
    "a stream without inputs",
    "streams:\n  - name: a",
    "streams[0].inputs",
    2,
    /missing \(for example inputs: \[/,
  ],
  [
    "a value that is no choice",
    "streams:\n - {name: a, inputs: [x], clock: wal}",
    "streams[0].clock",
    2,
    /one of wall, data, got "wal"; did you mean "wall"\?/,
  ],
  [
    "a format that nobody knows",
    "streams:\n - {name: a, inputs: [x], format: sylog}",
    "streams[0].format",
    2,
    /got "sylog"; did you mean "syslog"\?/,
  ],
  [
    "a detector that nobody knows",
    "model:\n  detectors: [autoencoder, new-templates]",
    "model.detectors[1]",
    2,
    /did you mean "new-template"\?$/,
  ],
  [
    "two streams of one name",
    "streams:\n - {name: a, inputs: [x]}\n - {name: a, inputs: [y]}",
    "streams[1].name",
    3,
    /two streams are called "a"/,
  ],
  [
    "an invalid session pattern",
    "streams:\n - name: a\n   inputs: [x]\n   session: '(a'",
    "streams[0].session",
    4,
    /expected a regular expression in RE2 syntax, got "\(a"/,
  ],
  [
    "a look-ahead, which RE2 lacks",
    "redact:\n  patterns:\n    - 'a(?=b)'",
    "redact.patterns[0]",
    3,
    /RE2 syntax/,
  ],
  [
    "a mask that would match everywhere",
    "streams:\n - name: a\n   inputs: [x]\n   templates:\n    masks:\n     - {pattern: 'a*'}",
    "streams[0].templates.masks[0].pattern",
    6,
    /expected a regular expression in RE2 syntax, got "a\*": it matches the empty text \(for example pattern: /,
  ],
  [
    "a pin that would take every line",
    "templates:\n  pins: ['<*>: <*>']",
    "templates.pins[0]",
    2,
    /expected the text of a template with a word of its own beside <\*>, got "<\*>: <\*>"/,
  ],
  [
    "a typing error inside a session",
    "streams:\n - name: a\n   inputs: [x]\n   session:\n     pattern: a\n     idel: 5m",
    "streams[0].session.idel",
    6,
    /did you mean "idle"\?/,
  ],
  [
    "a session of the wrong type",
    "streams:\n - {name: a, inputs: [x], session: 5}",
    "streams[0].session",
    2,
    /expected a text, got the number 5/,
  ],
  [
    "a user without password",
    "alerts:\n  channels:\n    email: {host: h, user: u, from: a@b.c, to: [a@b.c]}",
    "alerts.channels.email",
    3,
    /either password_env or password_file/,
  ],
  [
    "a header smuggled into an address",
    'alerts: {channels: {email: {host: h, from: "a@b.c\\nBcc: x@y.z", to: [a@b.c]}}}',
    "alerts.channels.email.from",
    1,
    /expected a mail address/,
  ],
  ["text that is not YAML", "streams:\n  - {name: a", "", 2, /not YAML: Flow map/],
  ["a key twice", "model: {}\nmodel: {}", "", 2, /not YAML: Map keys must be unique/],
];

for (const [name, text, key, line, message] of REFUSED) {
  Deno.test(`parseConfig() refuses ${name}`, async () => {
    const error = await refusal(text);
    assert.equal(error.faults[0].key, key);
    assert.equal(error.faults[0].line, line, error.message);
    assert.match(error.message, message);
    assert.ok(error.message.startsWith(`Cannot use settings: /etc/deepscan.yaml:${line}: `), error.message);
  });
}

Deno.test("parseConfig() names every fault, in the order of the lines", async () => {
  const error = await refusal("model: {seed: x}\nstate: {dir: y}\ncheckpoint: {bytes: 1}");
  assert.deepEqual(error.faults.map((fault) => fault.line), [1, 2, 3]);
});

Deno.test("loadConfig() says that there is no file", async () => {
  await assert.rejects(loadConfig("/nowhere/deepscan.yaml"), {
    name: "ConfigError",
    message: "Cannot use settings: /nowhere/deepscan.yaml: there is no such file",
  });
});

Deno.test("configSchema knows the names that the registries know", () => {
  const names = (things: readonly { name: string }[]) => things.map(({ name }) => name);
  assert.deepEqual(FORMAT_NAMES, names(FORMATS));
  assert.deepEqual(DETECTOR_NAMES, names([...DETECTORS, ...FURTHER_DETECTORS, ...SEQUENCE_DETECTORS]));
  assert.deepEqual(RULE_NAMES, ["budget", ...names(THRESHOLD_RULES)]);
});

Deno.test("permissionsOf() lists folders, hosts with ports and variables, and nothing else", async () => {
  const config: Config = await parseConfig(await shippedWithEverything(), "/etc/deepscan.yaml");
  assert.deepEqual(permissionsOf(config), {
    inputs: ["/var/log/shop"],
    cluster: { read: [], net: [], env: [], sys: [] }, // no input is an index
    findings: {
      ...{ read: ["/etc/ssl/company.pem"], net: ["es1.example.com:9200"] },
      ...{ env: ["DEEPSCAN_ES_API_KEY"], sys: ["osRelease"] },
    },
    models: "/etc/data/models",
    state: "/etc/data/state",
    reports: "/etc/data/reports",
    channels: {
      read: [...paintFiles(), "/run/secrets/payments_slack", "/var/log/deepscan/alerts.jsonl"].sort(),
      write: ["/var/log/deepscan/alerts.jsonl"],
      net: ["alerts.example.com:443", "hooks.slack.com:443", "smtp.example.com:587"],
      env: [
        ...["DEEPSCAN_SLACK_WEBHOOK", "DEEPSCAN_SMTP_PASSWORD", "DEEPSCAN_WEBHOOK"],
        "DEEPSCAN_WEBHOOK_SECRET",
      ],
    },
    health: {
      ...{ net: ["hc-ping.com:443"], env: ["DEEPSCAN_HEARTBEAT"], listen: ["127.0.0.1:9464"] },
      read: ["/run/deepscan/heartbeat.json.partial", "/var/lib/node_exporter/deepscan.prom.partial"],
      write: ["/run/deepscan/heartbeat.json", "/var/lib/node_exporter/deepscan.prom"].flatMap((path) => [
        ...[path, `${path}.partial`],
      ]),
    },
  });
});

Deno.test("permissionsOf() asks for the files that hold secrets", async () => {
  const config = await parseConfig(
    "streams: [{name: a, inputs: ['x.log']}]\nalerts: {channels: {slack: {webhook_file: hook, host: 'h:8443'}}}",
    "/etc/deepscan.yaml",
  );
  const { inputs, channels } = permissionsOf(config);
  assert.deepEqual(inputs, ["/etc"]);
  assert.deepEqual(channels, { read: ["/etc/hook"], write: [], net: ["h:8443"], env: [] });
});

Deno.test("permissionsOf() lets a channel that writes into a file write that one and no other", async () => {
  const rights = async (settings: string) =>
    permissionsOf(await parseConfig(`alerts: ${settings}`, "/etc/deepscan.yaml")).channels;
  assert.deepEqual(await rights("{receivers: {audit: {file: {path: a.jsonl}}}}"), {
    ...{ read: ["/etc/a.jsonl"], write: ["/etc/a.jsonl"], net: [], env: [] },
  });
  assert.deepEqual(await rights("{channels: {file: {path: '-'}}}"), {
    read: [],
    write: [],
    net: [],
    env: [],
  });
});

Deno.test("parseConfig() names what is wrong with a receiver", async () => {
  const wrong: [string, RegExp][] = [
    ["{night: {}}", /expected at least one channel: email, slack, webhook or file/],
    ["{night: {email: {from: a@b.c, to: [a@b.c]}}}", /alerts\.receivers\.night\.email\.host.*missing/],
    ["{night: {slak: {}}}", /alerts\.receivers\.night\.slak: unknown key.*slack/s],
    ["{night shift: {file: {path: a}}}", /letters, digits, dashes and underscores/],
    ["{night: {webhook: {webhook_env: A, host: h, secret_env: B, secret_file: c}}}", /not both/],
  ];
  for (const [receivers, fault] of wrong) {
    await assert.rejects(parseConfig(`alerts: {receivers: ${receivers}}`, "/etc/deepscan.yaml"), fault);
  }
});

Deno.test("fixedFolder() stops before the first wildcard", () => {
  const cases = { "/a/b/*.log": "/a/b", "/a/{b,c}/x": "/a", "/*": "/", "/a/b/": "/a/b", "*.log": "." };
  for (const [pattern, folder] of Object.entries(cases)) assert.equal(fixedFolder(pattern), folder);
});

Deno.test("withPort() keeps a port that is there and brackets IPv6", () => {
  assert.deepEqual(["h", "h:1", "::1", "[::1]:5"].map((host) => withPort(host, 9)), [
    "h:9",
    "h:1",
    "[::1]:9",
    "[::1]:5",
  ]);
});

Deno.test("configSchemaJson() allows no unknown keys and keeps defaults as people write them", () => {
  const schema = configSchemaJson();
  const stream = schema.properties!.streams.items!;
  assert.equal(stream.properties!.window.default, "5m");
  assert.equal((stream as Record<string, unknown>).additionalProperties, false);
  assert.deepEqual(stream.required, ["name", "inputs"]);
});

Deno.test("settingsTable() is one well-formed row a key", () => {
  const rows = settingsTable().trim().split("\n");
  for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 6, row);
  assert.ok(
    rows.includes(
      "| `streams[].window` | length of time | `5m` | Length of the time windows, aligned to the epoch in UTC. |",
    ),
  );
});

Deno.test("formatDuration() is what parseDuration() reads back", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e12 }),
      (value) => assert.equal(parseDuration(formatDuration(value)), value),
    ),
  );
  assert.throws(() => parseDuration("5"), SyntaxError);
  assert.throws(() => formatDuration(-1), RangeError);
});

Deno.test("parseSize() tells powers of 1,000 from powers of 1,024", () => {
  assert.deepEqual(["1B", "2kB", "1.5 MB", "1GiB"].map(parseSize), [1, 2000, 1_500_000, 1_073_741_824]);
  assert.throws(() => parseSize("64"), SyntaxError);
});

Deno.test("parseConfig() refuses standard input, which no later run could go on with", async () => {
  await assert.rejects(
    () => parseConfig("streams: [{name: a, inputs: ['-']}]", "/etc/deepscan.yaml"),
    /inputs.*standard input can't be gone on with/s,
  );
});

Deno.test("parseConfig() takes a pattern where RE2 does", async () => {
  const piece = fc.constantFrom(..."ab-_ :=\\+*?()[]{}|.^$,1", "\\d", "\\w", "\\s", "(?:", "\\b");
  await fc.assert(fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
    const pattern = pieces.join(""), settings = JSON.stringify({ redact: { patterns: [pattern] } });
    let isGood = true;
    try {
      RE2JS.compile(pattern);
    } catch {
      isGood = false;
    }
    const taken = await parseConfig(settings, "/x.yaml").then(() => true, () => false);
    assert.equal(taken, isGood, pattern);
  }));
});

Deno.test("permissionsOf() asks for the cluster's nodes, secrets and certificate where an input is an index", async () => {
  const section = "nodes: ['https://es1.example.com:9200', 'http://[::1]'], ca_file: ca.pem, timeout: 5s";
  const settings = (inputs: string, login: string) =>
    parseConfig(
      `streams: [{name: a, inputs: [${inputs}]}]\nelasticsearch: {${section}, ${login}}`,
      "/etc/d.yaml",
    );
  const indexed = permissionsOf(await settings("x.log, 'elasticsearch:logs-*'", "api_key_file: key"));
  assert.deepEqual(indexed.inputs, ["/etc"]);
  assert.deepEqual(indexed.cluster, {
    ...{ read: ["/etc/ca.pem", "/etc/key"], net: ["es1.example.com:9200", "[::1]:80"] },
    ...{ env: [], sys: ["osRelease"] },
  });
  const { cluster } = permissionsOf(
    await settings("'elasticsearch:logs'", "user: u, password_env: PASSWORD"),
  );
  assert.deepEqual([cluster.read, cluster.env], [["/etc/ca.pem"], ["PASSWORD"]]);
  const files = permissionsOf(await settings("x.log", "user: u, password_env: PASSWORD"));
  assert.deepEqual(files.cluster, { read: [], net: [], env: [], sys: [] });
});

Deno.test("parseConfig() refuses findings without a cluster, and gives them their defaults", async () => {
  const streams = "streams: [{name: a, inputs: [x.log]}]\n";
  await assert.rejects(
    parseConfig(`${streams}findings: {}`, "/etc/d.yaml"),
    /findings: there is no section elasticsearch that says where the cluster is/,
  );
  const { findings } = await parseConfig(
    `${streams}elasticsearch: {nodes: ['http://es1']}\nfindings: {}`,
    "/etc/d.yaml",
  );
  assert.deepEqual(findings, {
    ...{ index: "deepscan", name: "deepscan", verdicts: "anomalous", health: "data_stream" },
    ...{ keep: 365 * 86_400_000, patience: 20_000 },
  });
});

Deno.test("permissionsOf() lets a run read whom the machine trusts, where no authority is named", async () => {
  const read = async (section: string) => {
    const text = `streams: [{name: a, inputs: ["elasticsearch:logs"]}]\nelasticsearch: {${section}}`;
    return permissionsOf(await parseConfig(text, "/etc/d.yaml")).cluster.read;
  };
  assert.deepEqual(await read("nodes: ['http://es:9200']"), []);
  assert.deepEqual(await read("nodes: ['https://es:9200'], ca_file: ca.pem"), ["/etc/ca.pem"]);
  assert.deepEqual(await read("nodes: ['https://es:9200']"), TRUST_STORES);
  assert.deepEqual(await read(`cloud_id: "logs:${btoa("eu.example.com$abc$def")}"`), TRUST_STORES);
});

Deno.test("permissionsOf() finds the host in a cloud id", async () => {
  const id = `logs:${btoa("eu.example.com$abc$def")}`;
  const config = await parseConfig(
    `streams: [{name: a, inputs: ['elasticsearch:logs']}]\nelasticsearch: {cloud_id: '${id}'}`,
    "/etc/d.yaml",
  );
  assert.deepEqual(permissionsOf(config).cluster.net, ["abc.eu.example.com:443"]);
});

Deno.test("parseConfig() refuses indices without a cluster, and what can be no index, node or login", async () => {
  const index = "streams: [{name: a, inputs: ['elasticsearch:logs']}]\n";
  const cases: [string, RegExp][] = [
    [index, /inputs\[0\].*no section elasticsearch/],
    ["streams: [{name: a, inputs: ['elasticsearch:']}]", /expected an index, alias or pattern/],
    ["streams: [{name: a, inputs: ['elasticsearch:Logs']}]", /expected an index, alias or pattern/],
    [
      "streams: [{name: a, inputs: ['elasticsearch:a', x.log], elasticsearch: {counted: true}}]",
      /counted.*expected one input, an index/,
    ],
    ["elasticsearch: {nodes: ['https://u:p@h:9200']}", /expected the address of a node/],
    ["elasticsearch: {nodes: ['h:9200']}", /expected the address of a node/],
    ["elasticsearch: {}", /expected either nodes or cloud_id/],
    ["elasticsearch: {nodes: ['http://h:1'], user: u}", /user needs a password/],
    [
      "elasticsearch: {nodes: ['http://h:1'], user: u, password_env: P, api_key_env: K}",
      /expected one way to log in/,
    ],
  ];
  for (const [text, message] of cases) {
    await assert.rejects(() => parseConfig(text, "/etc/d.yaml"), { name: "ConfigError", message });
  }
});
