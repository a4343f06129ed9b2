import assert from "node:assert/strict";
import fc from "fast-check";
import { concernOf, REQUEST, STATEMENT, UNCONCERNED } from "../../../lib/detector/threat/concern.ts";
import { type Statement, statementOf } from "../../../lib/detector/threat/statement.ts";

/** Lines as programs write them, and what they say. */
const SAID: readonly (readonly [string, Partial<Statement>])[] = [
  ["Failed password for root from 203.0.113.9 port 4 ssh2", {
    kind: "failed",
    form: 0,
    user: "root",
    source: "203.0.113.9",
  }],
  ["Failed password for invalid user pi from 2001:db8::9 port 4 ssh2", {
    form: 0,
    user: "pi",
    source: "2001:db8::9",
  }],
  ["Failed keyboard-interactive/pam for ann from 203.0.113.9 port 4 ssh2", { kind: "failed", user: "ann" }],
  ["Invalid user oracle from 203.0.113.9 port 33118", { kind: "failed", form: 2, user: "oracle" }],
  [
    "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=crawl.example.net  user=ann",
    { kind: "failed", form: 1, user: "ann", source: "crawl.example.net" },
  ],
  ["message repeated 5 times: [ Failed password for root from 203.0.113.9 port 4 ssh2]", {
    form: 0,
    times: 5,
  }],
  ["PAM 3 more authentication failures; logname= rhost=203.0.113.9 user=root", {
    form: 1,
    times: 3,
    user: "root",
  }],
  ['password authentication failed for user "shop"', { kind: "failed", user: "shop", source: "" }],
  ["Access denied for user 'root'@'203.0.113.9' (using password: YES)", {
    kind: "failed",
    user: "root",
    source: "203.0.113.9",
  }],
  ["imap-login: Aborted login (auth failed, 1 attempts): user=<ann>, rip=203.0.113.9", {
    kind: "failed",
    user: "ann",
  }],
  ["login failed user=ann ip=203.0.113.9", { kind: "failed", user: "ann", source: "203.0.113.9" }],
  ["Invalid username or password, client 203.0.113.9", { kind: "failed", source: "203.0.113.9" }],
  ["Accepted publickey for ann from 203.0.113.9 port 4 ssh2: ED25519 SHA256:x", {
    kind: "accepted",
    user: "ann",
  }],
  ["User ann logged in from 203.0.113.9", { kind: "accepted", user: "ann", source: "203.0.113.9" }],
  ["ann : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id -u", {
    kind: "sudo",
    user: "ann",
    command: "/usr/bin/id -u",
  }],
  ["ann : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh", {
    kind: "refused",
  }],
  ["ann : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh", {
    kind: "refused",
    user: "ann",
  }],
  ["Successful su for root by ann", { kind: "su", user: "ann", target: "root" }],
  ["pam_unix(su:session): session opened for user root(uid=0) by ann(uid=1001)", {
    kind: "su",
    target: "root",
    user: "ann",
  }],
  ["new user: name=eve, UID=1002, GID=1002, home=/home/eve, shell=/bin/bash", {
    kind: "user",
    target: "eve",
  }],
  ["add 'eve' to group 'sudo'", { kind: "member", user: "eve", target: "sudo" }],
  ["pam_unix(chpasswd:chauthtok): password changed for eve", { kind: "password", target: "eve" }],
  ["SSH key added for user eve", { kind: "key", target: "eve" }],
  ["Stopped Security Auditing Service auditd.", { kind: "stopped", target: "auditd" }],
  ["The audit log was cleared.", { kind: "cleared" }],
  ["ET SCAN Possible Nmap User-Agent Observed 203.0.113.9", { kind: "reported", source: "203.0.113.9" }],
];

Deno.test("statementOf() reads what programs say", () => {
  for (const [line, expected] of SAID) {
    const said = statementOf(line);
    for (const [name, value] of Object.entries(expected)) {
      assert.equal(said?.[name as keyof Statement], value, `${name} of ${line}`);
    }
  }
});

Deno.test("statementOf() leaves other lines alone", () => {
  const lines = [
    ...[
      "",
      "Received block blk_7 of size 12 from 198.51.100.7",
      "Failed to open /srv/a: no such file",
      "disk is full",
    ],
    ...[
      "pam_unix(cron:session): session opened for user root by (uid=0)",
      "New session 7 of user ann.",
      "cache stopped",
    ],
    ...[
      "Invalid currency code : XTS",
      "request rejected: too many items",
      "Server listening on 0.0.0.0 port 22.",
    ],
    ...[
      "(root) CMD (/usr/local/bin/shop-metrics --push)",
      "User ann renamed a folder",
      "the backup succeeded",
    ],
    ...["failed adding user 'eve', data deleted", "check pass; user unknown", "12:00:07 wrong answer"],
  ];
  assert.deepEqual(lines.filter((line) => statementOf(line) !== null), []);
});

Deno.test("statementOf() says the same with the hint of its template's text", () => {
  const line = "Failed password for ann from 203.0.113.9 port 4 ssh2",
    text = "Failed password for <*> from <*> port <*> ssh2";
  assert.deepEqual(statementOf(line, statementOf(text)!), statementOf(line));
});

Deno.test("statementOf() takes any text, and time in proportion to its length", () => {
  for (const [line] of SAID) assert(statementOf(line.repeat(2000)) !== undefined);
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 2000 }), (text) => {
    const said = statementOf(text);
    assert(said === null || said.times >= 0);
  }));
});

Deno.test("concernOf() leaves a template out only where no value would make it telling", () => {
  const concerned = [
    "<*> password for <*> from <*> port <*> ssh2",
    "Failed password for <*>",
    "authentication <*>",
  ];
  for (const text of concerned) assert.equal(concernOf(text), STATEMENT, text);
  for (
    const text of [
      '"GET <*> HTTP/1.1" <*> <*>',
      '"<*> <*> HTTP/<*>" <*> <*>',
      '"-" 408 <*>',
      '"GET <*>" 200 <*>',
      '"<*>" <*> <*>',
    ]
  ) {
    assert.equal(concernOf(text), REQUEST, text);
  }
  for (const text of ["Received block <*>", "session opened for user <*> by <*>", "<*>", "took <*> ms", ""]) {
    assert.equal(concernOf(text), UNCONCERNED, text);
  }
});
