/**
 * What a test needs from the machine, and what happens where it isn't there.
 *
 * `deno task test` passes on a machine that has only Node: a test whose need is missing is skipped by name and counted.
 * With `DEEPSCAN_REQUIRE=all` (CI) the test runs, and fails by saying what is missing; skipped by name are then only tests
 * that need what no package of the system brings.
 *
 * @module
 */
import { canRunElasticsearch } from "./services/elasticsearch.ts";
import { canMount, hasFaketime } from "./services/moved_clock.ts";

/** Folder of public real logs to measure on; they are read where they lie and never copied into the project. */
export const REAL_LOGS = new URL("../../shared/data/", import.meta.url);

const required = Deno.env.get("DEEPSCAN_REQUIRE") === "all";

function onPath(program: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}

function exists(path: string | URL): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Where rsyslog's modules lie, by machine. */
const RSYSLOG_MODULES = [
  "/usr/lib/x86_64-linux-gnu/rsyslog",
  "/usr/lib/aarch64-linux-gnu/rsyslog",
  "/usr/lib64/rsyslog",
];

/** Needs that a test can name. */
const present = {
  python: () => onPath("python3"),
  elasticsearch8: () => canRunElasticsearch(8) && onPath("mvn"),
  elasticsearch9: () => canRunElasticsearch(9) && onPath("mvn"),
  rsyslog: () =>
    exists("/usr/sbin/rsyslogd") && RSYSLOG_MODULES.some((folder) => exists(`${folder}/omelasticsearch.so`)),
  systemd: () => onPath("systemd-analyze"),
  chromium: () => onPath("chromium"),
  faketime: hasFaketime,
  mounts: canMount,
  realLogs: () => exists(REAL_LOGS),
};

/** A thing that a test may need. */
export type Need = keyof typeof present;

/** Not required in CI: Elasticsearch 9 wants a newer Java than Debian 12 has, and not every container lets its root mount. */
const OPTIONAL: ReadonlySet<Need> = new Set(["elasticsearch9", "mounts"]);

/** What is missing where a need is not there, in words; default: its name. */
const WORDS: Partial<Record<Need, string>> = {
  elasticsearch8: "Java 17 or newer with Maven",
  elasticsearch9: "Java 21 or newer with Maven",
  mounts: "right to mount",
  realLogs: "real logs",
};

/** Whether the machine has it. */
export function isPresent(need: Need): boolean {
  return present[need]();
}

/**
 * `Deno.test` for a test that needs something of the machine: skipped by name where that is missing, failed in CI.
 *
 * @example
 * ```ts ignore
 * testThatNeeds(["realLogs"], "Miner reads HDFS", async () => {});
 * ```
 */
export function testThatNeeds(
  needs: Need[],
  name: string,
  run: (t: Deno.TestContext) => void | Promise<void>,
): void {
  const missing = needs.filter((need) => !isPresent(need)),
    lack = missing.map((need) => `no ${WORDS[need] ?? need}`);
  if (missing.length === 0) Deno.test(name, run);
  else if (!required || missing.every((need) => OPTIONAL.has(need))) {
    Deno.test({ name: `${name} (skipped: ${lack.join(", ")} here)`, ignore: true, fn: run });
  } else {
    Deno.test(name, () => {
      throw new Error(
        `Cannot run "${name}": DEEPSCAN_REQUIRE=all but this machine has ${lack.join(", ")}`,
      );
    });
  }
}
