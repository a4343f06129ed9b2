import assert from "node:assert/strict";
import fc from "fast-check";
import { canBecome, compareRotated, logName, readRotatedName } from "../../lib/source/rotation.ts";

Deno.test("logName() drops folder, rotation, date and compression", () => {
  const names: Record<string, string[]> = {
    "app.log": [
      ...["app.log", "x/app.log", "app.log.1", "app.log.12.gz", "app.log.gz", "app.log.old", "app.log.bak"],
      ...[
        "app.log-20260131",
        "app.log-20260131.gz",
        "app.log.2026-01-31",
        "app.log.2026-01-31.gz",
        "app.log-2026-01",
      ],
      ...[
        "app.log-20260131-13",
        "app.log-1767225600",
        "app.log.2026-01-31_13-05",
        "app-2026-01-31.log",
        "app.2026-01-31.0.log.gz",
      ],
    ],
    "localhost_access_log.txt": ["localhost_access_log.2026-01-31.txt"],
    "postgresql.log": ["postgresql-2026-01-31_000000.log"],
    "syslog": ["/var/log/syslog.1", "syslog.7.gz"],
    "worker-2.log": ["worker-2.log", "worker-2.log.1"],
    "node1.log": ["node1.log"],
    "web.example.org.log": ["web.example.org.log"],
    "build-20269999.log": ["build-20269999.log"],
    ".gz": [".gz"],
    ".1": [".1"],
  };
  for (const [log, files] of Object.entries(names)) {
    for (const file of files) assert.equal(logName(file), log, file);
  }
});

Deno.test("compareRotated() puts older files first, and is an order", () => {
  const sorted = [
    ...["a.log-20251231.gz", "a.log-20260101", "a.log.10.gz", "a.log.2", "a.log.2.gz", "a.log.1", "a.log"],
    ...["b-2026-01-01.0.log", "b-2026-01-01.1.log", "b-2026-01-02.0.log"],
  ].map(readRotatedName);
  fc.assert(fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
    assert.deepEqual(shuffled.sort(compareRotated).map((n) => n.path), sorted.map((n) => n.path));
  }));
});

Deno.test("canBecome() lets numbers grow, keeps dates, never unpacks, never mixes logs", () => {
  const cases: [from: string, to: string, can: boolean][] = [
    ["a.log", "a.log.1", true],
    ["a.log", "a.log.3.gz", true],
    ["a.log", "a.log-20260131", true],
    ["a.log", "b.log.1", false],
    ["a.log", "old/a.log.1", false],
    ["a.log.1", "a.log.2.gz", true],
    ["a.log.1", "a.log.1.gz", true],
    ["a.log.2", "a.log.1", false],
    ["a.log.1", "a.log", false],
    ["a.log.1.gz", "a.log.2", false],
    ["a.log-20260131", "a.log-20260131.gz", true],
    ["a.log-20260131", "a.log-20260201", false],
    ["a-2026-01-31.log", "a-2026-01-31.1.log.gz", true],
    ["a.log", "a.log", true],
  ];
  for (const [from, to, can] of cases) {
    assert.equal(canBecome(readRotatedName(from), readRotatedName(to)), can, `${from} → ${to}`);
  }
});
