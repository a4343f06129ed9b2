import assert from "node:assert/strict";
import { accountChanges } from "../../../lib/detector/threat/account_changes.ts";
import { distributedGuessing } from "../../../lib/detector/threat/distributed_guessing.ts";
import { escalation } from "../../../lib/detector/threat/escalation.ts";
import { guessedPassword } from "../../../lib/detector/threat/guessed_password.ts";
import { impairedDefences } from "../../../lib/detector/threat/impaired_defences.ts";
import { passwordGuessing } from "../../../lib/detector/threat/password_guessing.ts";
import { THREAT_DETECTORS } from "../../../lib/detector/threat/registry.ts";
import { reportedAttacks } from "../../../lib/detector/threat/reported_attacks.ts";
import { requestHammering } from "../../../lib/detector/threat/request_hammering.ts";
import { silenceAfterIntrusion } from "../../../lib/detector/threat/silence_after_intrusion.ts";
import { THREAT_SEVERITIES, type ThreatDetector } from "../../../lib/detector/threat/threat_detector.ts";
import { ThreatMemory } from "../../../lib/detector/threat/threat_memory.ts";
import { webInjection } from "../../../lib/detector/threat/web_injection.ts";
import { webScanning } from "../../../lib/detector/threat/web_scanning.ts";
import { accepted, addHour, refused, request } from "./lines.ts";

const SOURCE = "203.0.113.9", OTHER = "198.51.100.7";
const sudo = (user: string, command: string) =>
  `${user} : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=${command}`;

/** What a detector suspects behind hours of lines. */
function suspects(detector: ThreatDetector, ...hours: string[][]) {
  const memory = new ThreatMemory();
  hours.forEach((lines, hour) => addHour(memory, hour, lines));
  return detector.suspects(memory).map(({ text, ...each }) => ({ ...each, text: text() }));
}

/** Those above the floor. */
const above = (detector: ThreatDetector, ...hours: string[][]) =>
  suspects(detector, ...hours).filter(({ value }) => value > detector.floor);

const users = (count: number, times: number) =>
  Array.from({ length: count }, (_, i) => refused(SOURCE, `user${i}`, times)).flat();

Deno.test("THREAT_DETECTORS have names of their own, floors and budgets", () => {
  assert.equal(new Set(THREAT_DETECTORS.map(({ name }) => name)).size, THREAT_DETECTORS.length);
  for (const { name, title, floor, budget } of THREAT_DETECTORS) {
    assert.match(name, /^[a-z-]+$/);
    assert(title.length > 10 && floor > 0 && budget > 0 && budget <= 1, name);
  }
});

Deno.test("THREAT_DETECTORS say nothing of a quiet hour, and complete things of a loud one", () => {
  const loud = [
    ...users(8, 4),
    accepted(SOURCE, "user1"),
    ...["/.env", "/a?b=..%2f..%2fetc%2fpasswd"].map((path) => request(SOURCE, path, 404)),
    ...[
      sudo("ann", "/bin/id"),
      "new user: name=eve, UID=7",
      "The audit log was cleared.",
      `possible attack from ${SOURCE}`,
    ],
  ];
  for (const detector of THREAT_DETECTORS) {
    assert.deepEqual(suspects(detector, []), [], detector.name);
    for (const { value, text, technique, severity, source } of suspects(detector, [], loud)) {
      assert(value >= 0 && text !== "" && source !== "", detector.name);
      assert.match(technique.id, /^T\d{4}(\.\d{3})?$/);
      assert(THREAT_SEVERITIES.includes(severity));
    }
  }
});

Deno.test("passwordGuessing finds a fast attack and a slow one, and no mistyped password", () => {
  assert.equal(
    above(passwordGuessing, refused(SOURCE, "root", 40))[0].text,
    `40 failed logins from ${SOURCE}`,
  );
  assert.equal(above(passwordGuessing, ...Array.from({ length: 30 }, () => refused(SOURCE))).length, 1);
  assert.deepEqual(above(passwordGuessing, [...refused(SOURCE, "ann", 3), accepted(SOURCE, "ann")]), []);
});

Deno.test("passwordGuessing tells guessing, spraying and stuffing apart", () => {
  const id = (lines: string[]) => above(passwordGuessing, lines)[0].technique.id;
  const unknown = Array.from({ length: 20 }, (_, i) => [
    `Invalid user u${i} from ${SOURCE} port 4`,
    `Failed password for invalid user u${i} from ${SOURCE} port 4 ssh2`,
  ]).flat();
  assert.equal(id(refused(SOURCE, "root", 20)), "T1110.001");
  assert.equal(id(users(12, 2)), "T1110.003");
  assert.equal(id(unknown), "T1110.004");
});

Deno.test("passwordGuessing is milder where many people come from one place", () => {
  const office = Array.from({ length: 40 }, (_, i) => accepted(SOURCE, `user${i}`));
  const day = [...office, ...users(3, 1)];
  assert.equal(above(passwordGuessing, day, day, day, [...office, ...users(12, 1)]).length, 0);
  assert.equal(above(passwordGuessing, users(12, 1)).length, 1);
});

Deno.test("distributedGuessing finds many sources with few tries each", () => {
  const noise = Array.from(
    { length: 48 },
    (_, hour) => [0, 1, 2].map((i) => refused(`198.51.100.${hour * 4 + i}`)[0]),
  );
  const many = Array.from({ length: 40 }, (_, i) => refused(`203.0.113.${i}`, `user${i % 3}`)[0]);
  assert.deepEqual(above(distributedGuessing, ...noise), []);
  const [found] = above(distributedGuessing, ...noise, many);
  assert.equal(found.text, "40 failed logins from 40 sources in 1 hour, usually 3");
  const one = Array.from({ length: 40 }, (_, i) => refused(`203.0.113.${i}`, "ceo")[0]);
  assert.match(above(distributedGuessing, ...noise, one)[0].text, /, most as ceo, usually 3$/);
  assert.deepEqual(above(distributedGuessing, ...noise, refused(SOURCE, "root", 90)), []); // one source: brute force
});

Deno.test("guessedPassword finds a login accepted after refused ones, in this order", () => {
  const guessed = [...refused(SOURCE, "root", 20), accepted(SOURCE, "root")];
  const [found] = above(guessedPassword, guessed);
  assert.equal(found.text, `20 failed logins from ${SOURCE}, then one accepted (root)`);
  assert.deepEqual([found.severity, found.technique.id], ["critical", "T1078"]);
  assert.equal(
    above(guessedPassword, refused(SOURCE, "ann", 20), [accepted(SOURCE, "ann")])[0].severity,
    "high",
  );
  assert.deepEqual(above(guessedPassword, [accepted(SOURCE, "ann"), ...refused(SOURCE, "ann", 20)]), []);
  assert.deepEqual(above(guessedPassword, refused(SOURCE, "root", 20), [accepted(OTHER, "root")]), []);
  assert.deepEqual(above(guessedPassword, [...refused(SOURCE, "ann", 3), accepted(SOURCE, "ann")]), []);
});

Deno.test("guessedPassword takes few tries of several users for more than a mistyped password", () => {
  assert.equal(above(guessedPassword, [...users(3, 1), accepted(SOURCE, "backup")]).length, 1);
});

Deno.test("webScanning finds who asks for what is not there, and says what was handed out", () => {
  const paths = Array.from({ length: 30 }, (_, i) => request(SOURCE, `/a${i}.php`, 404));
  const [scan] = above(webScanning, paths);
  assert.deepEqual([scan.severity, scan.technique.id], ["low", "T1595.003"]);
  const [found] = above(webScanning, [...paths, request(SOURCE, "/backup.zip")]);
  assert.deepEqual([found.severity, found.text], [
    "high",
    `30 paths asked for in vain by ${SOURCE}, 1 hidden file or console; /backup.zip was handed out`,
  ]);
});

Deno.test("webScanning leaves crawlers and broken pages alone", () => {
  const visits = Array.from({ length: 300 }, (_, i) => request(SOURCE, `/page${i}`));
  const dead = Array.from({ length: 20 }, (_, i) => request(SOURCE, `/old${i}`, 404));
  assert.deepEqual(above(webScanning, [...visits, ...dead]), []);
  assert.deepEqual(
    above(webScanning, Array.from({ length: 60 }, () => request(SOURCE, "/missing.gif", 404))),
    [],
  );
});

Deno.test("webInjection finds different attempts, and those that were answered", () => {
  const attempt = (i: number, status: number) => request(SOURCE, `/item?id=${i}%27+or+%271%27=%271`, status);
  assert.deepEqual(above(webInjection, [attempt(1, 404), attempt(2, 404)]), []);
  const [tried] = above(webInjection, [1, 2, 3].map((i) => attempt(i, 404)));
  assert.deepEqual([tried.severity, tried.technique.id], ["low", "T1190"]);
  assert.match(tried.text, /^3 requests with SQL injection from 203\.0\.113\.9, such as \/item\?id=1%27/);
  assert.equal(above(webInjection, [1, 2, 3].map((i) => attempt(i, 200)))[0].severity, "medium");
  assert.equal(above(webInjection, [request(SOURCE, "/a?b=..%2f..%2fetc%2fpasswd")])[0].severity, "high");
});

Deno.test("requestHammering counts what is sent, not what is fetched", () => {
  const of = (method: string) => Array.from({ length: 50 }, () => request(SOURCE, "/login", 200, method));
  assert.equal(above(requestHammering, of("POST")).length, 1);
  assert.deepEqual([...above(requestHammering, of("GET")), ...above(requestHammering, of("HEAD"))], []);
});

Deno.test("escalation finds new users of others' rights, new programs, and refusals", () => {
  const usual = [sudo("ann", "/bin/id"), sudo("ann", "/bin/ls /srv")];
  assert.deepEqual(above(escalation, usual, usual), []);
  const [program] = above(escalation, usual, [sudo("ann", "/usr/bin/vim /etc/shadow")]);
  assert.equal(program.text, "ann runs vim as root for the first time: /usr/bin/vim /etc/shadow");
  const [user] = above(escalation, usual, [sudo("www-data", "/bin/sh")]);
  assert.deepEqual([user.text, user.severity], ["www-data acts as root for the first time: /bin/sh", "high"]);
  assert(user.value > program.value);
  const [refusal] = above(escalation, usual, [
    `eve : user NOT in sudoers ; TTY=p ; PWD=/ ; USER=root ; COMMAND=/bin/sh`,
  ]);
  assert.equal(refusal.text, "eve was refused to act as root: /bin/sh");
  const [su] = above(escalation, usual, [
    "pam_unix(su:session): session opened for user root(uid=0) by eve(uid=7)",
  ]);
  assert.equal(su.text, "eve acts as root for the first time");
});

Deno.test("accountChanges finds new users, members, keys and passwords, and is graver after an intrusion", () => {
  const lines = ["new user: name=eve, UID=7", "new user: name=mallory, UID=8", "add 'eve' to group 'sudo'"];
  const found = above(accountChanges, lines);
  assert.deepEqual(found.map(({ technique, severity }) => [technique.id, severity]), [
    ["T1136.001", "medium"],
    ["T1098.007", "high"],
  ]);
  assert.deepEqual(found.map(({ text }) => text), [
    "a user was added: eve, and 1 more",
    "eve was added to the group sudo",
  ]);
  const memory = new ThreatMemory();
  memory.intrusion = { time: 0, source: SOURCE };
  addHour(memory, 0, lines);
  assert(accountChanges.suspects(memory).every(({ severity }) => severity === "critical"));
});

Deno.test("impairedDefences finds what is stopped for the first time", () => {
  const stopped = ["Stopped Security Auditing Service auditd."];
  assert.equal(above(impairedDefences, stopped)[0].technique.id, "T1562.001");
  assert.deepEqual(above(impairedDefences, stopped, stopped), []);
  assert.equal(above(impairedDefences, ["The audit log was cleared."])[0].severity, "high");
});

Deno.test("silenceAfterIntrusion needs both", () => {
  const hours = [["took 4 ms"], [], ["took 4 ms"], [], [], []], memory = new ThreatMemory();
  assert.deepEqual(above(silenceAfterIntrusion, ...hours), []);
  memory.intrusion = { time: 0, source: SOURCE };
  hours.forEach((lines, hour) => addHour(memory, hour, lines));
  const [{ text, value, severity }] = silenceAfterIntrusion.suspects(memory);
  assert.deepEqual([value, severity], [1.5, "critical"]);
  assert.equal(
    text(),
    `3 windows without a line, never more than 1 before, after a guessed password from ${SOURCE}`,
  );
});

Deno.test("reportedAttacks counts by whom others speak of", () => {
  const lines = Array.from({ length: 20 }, () => `ET SCAN Possible Nmap User-Agent Observed ${SOURCE}`);
  assert.equal(above(reportedAttacks, lines)[0].text, `20 lines about ${SOURCE} speak of attacks: et scan`);
});
