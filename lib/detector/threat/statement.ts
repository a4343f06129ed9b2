/**
 * What a line says about logins, rights, accounts and attacks, by the words that programs use for it.
 *
 * @module
 */

/** What a line can say. */
export type StatementKind =
  | "failed" // a login or password was refused
  | "accepted" // someone was let in
  | "sudo" // a command with another one's rights
  | "refused" // the same, refused
  | "su" // someone became another user
  | "user" // a new user
  | "member" // a user of a group with rights over others
  | "password" // a password was changed
  | "key" // a key that opens an account
  | "stopped" // something that watches or records was stopped
  | "cleared" // a log was emptied
  | "reported"; // another program speaks of an attack

/** A line as a statement. Texts are as they are in the line: to be redacted where they leave. */
export interface Statement {
  kind: StatementKind;
  /**
   * Which of the lines that programs write for one and the same attempt this is, 0–3: by the method (`Failed password for`), by
   * PAM, about a user that does not exist, any other.
   */
  form: number;
  /** The address or host that it came from; empty where the line names none. */
  source: string;
  /** Who did it, or was refused; empty where the line names nobody. */
  user: string;
  /** Whose rights, account or group it is about; for `stopped` the program. */
  target: string;
  /** The command of `sudo`; for `reported` what is spoken of. */
  command: string;
  /** Attempts that the line stands for. */
  times: number;
}

/** What a template's text says of all its lines. */
export type StatementHint = Pick<Statement, "kind" | "form">;

/** Characters of a line that are looked at. */
export const STATEMENT_LIMIT = 1024;

const NAME = "['\"`<\\[]?([^\\s'\"`<>,;:()\\[\\]=]{1,64})";
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/;
const NAMED_SOURCE =
  /(?:\b(?:from|rhost|rip|client|ip|addr|address|source|src|host|remote\w{0,12})\b["']?[=: ]{1,2}|@)\s?["'[(]?((?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:(?:\d{1,3}\.){3}\d{1,3})?|[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,8})/i;
const FOR_USER = new RegExp(
  `\\bfor (?:(?:invalid|illegal|unknown) )?(?:user )?${NAME}['"\`>]? (?:from|by|at|on)\\b`,
  "i",
);
const USER_FIELD = new RegExp(
  `\\b(?:(?:user(?:name)?|account(?: name)?|acct)\\s?[=:]\\s?|(?:login|logon)=)${NAME}`,
  "i",
);
const USER = new RegExp(`\\b(?:user(?:name)?|account(?: name)?) ${NAME}`, "i");

const REFUSED =
  /\b(?:fail(?:ed|ure|ures)?|invalid|incorrect|wrong|bad|denied|reject(?:ed)?|refused|unsuccessful|unauthori[sz]ed|illegal|not (?:allowed|authori[sz]ed))\b/i;
const LOGIN =
  /\b(?:password|passwd|passphrase|log-?in|logon|log on|sign-?in|authenticat\w{0,6}|auth|credentials?|publickey|keyboard-interactive\S{0,10}|(?:invalid|illegal|unknown) user(?:name)?|access denied for user)\b/i;
const ACCEPTED =
  /\baccepted (?:password|publickey|keyboard\S{0,20}|\w{1,20}) for\b|\b(?:logged (?:in|on)|sign(?:ed)? in)\b|\b(?:log-?in|logon|authentication|auth)\b.{0,20}\b(?:success\w{0,6}|succeeded|ok)\b|\bsuccessful(?:ly)?\b.{0,20}\b(?:log(?:ged)?[ -]?(?:in|on)|authenticat\w{0,6})\b|\bauthenticated (?:as|user|with)\b/i;
const SUDO =
  /(?:^|\s)(\S{1,64}) : (.{0,200}?)\bUSER=(\S{1,64}) ; (?:GROUP=\S{1,64} ; )?(?:ENV=.{0,200}? ; )?COMMAND=(.{1,400})/;
const SUDO_REFUSED =
  /\b(?:incorrect password attempts?|NOT in (?:the )?sudoers|command not allowed|NOT authorized)\b/i;
const SU =
  /\bSuccessful su for (\S{1,64}) by (\S{1,64})|\bsu(?:-l)?:session\): session opened for user ([^\s(]{1,64})\S{0,12} by ([^\s(]{0,64})\(/;
const NEW_USER =
  /\bnew user\b|\buser(?: account)? (?:\S{1,64} )?(?:was |has been )?(?:created|added)\b|\b(?:added|created|adding|creating) (?:a )?(?:new )?user\b|\bcreate (?:user|role)\b/i;
const MEMBER =
  /\badd(?:ed|ing)? (?:user )?['"`]?([^\s'"`]{1,64})['"`]? to (?:the )?(?:shadow )?group ['"`]?(sudo|wheel|admin\w{0,10}|root|docker|adm)\b/i;
const PASSWORD =
  /\bpassword (?:was |has been )?(?:changed|reset) for ['"`]?([^\s'"`]{1,64})|\bpassword for ['"`]?([^\s'"`]{1,64}?)['"`]? (?:was |has been )?(?:changed|reset)\b/i;
const KEY =
  /\bauthorized[_ ]keys?\b|\b(?:new|added|imported|uploaded|installed)\b.{0,30}\b(?:ssh|public|authorized|deploy) ?key\b|\b(?:ssh|public|deploy) ?key\b.{0,30}\b(?:added|imported|uploaded|installed)\b/i;
const GUARD =
  /\b(auditd|audit daemon|rsyslogd?|syslog-ng|syslogd|firewalld?|ufw|iptables|nftables|fail2ban|apparmor|selinux|falco|ossec|wazuh(?:-agent)?|osqueryd?|clamav|clamd|antivirus|endpoint protection|windows defender)\b/i;
const STOPPED =
  /\b(?:stopp(?:ed|ing)|disabled?|exiting|terminat(?:ed|ing)|deactivated|shutting down|removed)\b/i;
const CLEARED =
  /\b(?:audit |event |security |system )?log(?:s| file)? (?:was |were |has been |have been )?(?:cleared|wiped|erased)\b|\bhistory -c\b|\bwevtutil\b.{0,20}\bcl\b|\b(?:rm|shred|truncate)\b.{0,60}\/var\/log\//i;
const REPORTED =
  /\b(?:brute[ -]?forc\w{0,4}|sql injection|cross[ -]site|intrusion|malware|trojan|backdoor|web ?shell|exfiltrat\w{1,4}|nmap|nikto|sqlmap|masscan|break-?in|(?:web|common|multiple|dos|ddos|possible|suspected|injection) attacks?|attack (?:detected|attempt|blocked|pattern)|exploit(?:ation)? attempts?|suspicious (?:url|request|activity|login|traffic|user|process|domain)|(?:port|vulnerability|network|web|possible|et) ?scans?|\(scan\)|multiple failed logins|[45]\d\d error codes?)\b/i;

/** The form of a refusal, see {@linkcode Statement.form}. */
function formOf(text: string): number {
  if (/\bfailed \S{1,40} for\b/i.test(text)) return 0;
  if (/\bauthentication failures?;/i.test(text)) return 1;
  return /\b(?:invalid|illegal|unknown) user\b/i.test(text) ? 2 : 3;
}

function timesOf(text: string): number {
  const times = /\bmessage repeated (\d{1,6}) times|\bPAM (\d{1,6}) more\b/.exec(text);
  return times === null ? 1 : Number(times[1] ?? times[2]);
}

/** The address or host that a line names as the other side; empty where there is none. */
function sourceOf(text: string): string {
  const address = IPV4.exec(text)?.[0];
  if (address !== undefined) return address;
  const named = NAMED_SOURCE.exec(text)?.[1] ?? "";
  return /^\d{1,2}:\d\d:\d\d/.test(named) ? "" : named.toLowerCase();
}

function userOf(text: string): string {
  return FOR_USER.exec(text)?.[1] ?? USER_FIELD.exec(text)?.[1] ?? USER.exec(text)?.[1] ?? "";
}

const statement = (kind: StatementKind, fields: Partial<Statement> = {}): Statement => ({
  ...{ kind, form: 3, source: "", user: "", target: "", command: "", times: 1 },
  ...fields,
});

function refusalIn(text: string, form: number): Statement {
  return statement("failed", { form, source: sourceOf(text), user: userOf(text), times: timesOf(text) });
}

/** What is done with another one's rights. */
function rightsIn(text: string): Statement | null {
  const sudo = SUDO.exec(text);
  if (sudo !== null) {
    const [, user, before, target, command] = sudo;
    return statement(SUDO_REFUSED.test(before) ? "refused" : "sudo", { user, target, command });
  }
  if (/NOT in (?:the )?sudoers/.test(text)) {
    return statement("refused", { user: userOf(text) || text.split(/\s/)[0] });
  }
  const su = SU.exec(text);
  return su === null ? null : statement("su", { target: su[1] ?? su[3], user: su[2] ?? su[4] });
}

/** What is done to accounts, and to what watches them. */
function changeIn(text: string): Statement | null {
  const member = MEMBER.exec(text), password = PASSWORD.exec(text);
  if (member !== null) return statement("member", { user: member[1], target: member[2] });
  if (password !== null) return statement("password", { target: password[1] ?? password[2] });
  if (NEW_USER.test(text) && !REFUSED.test(text)) {
    return statement("user", { target: /\bname=([^\s,]{1,64})/.exec(text)?.[1] ?? userOf(text) });
  }
  if (KEY.test(text) && !/\baccepted\b/i.test(text)) return statement("key", { target: userOf(text) });
  if (CLEARED.test(text)) return statement("cleared", { user: userOf(text) });
  const guard = STOPPED.test(text) ? GUARD.exec(text)?.[1] : undefined;
  return guard === undefined ? null : statement("stopped", { target: guard.toLowerCase() });
}

/**
 * What a line says about logins, rights, accounts and attacks; `null` where it says nothing of the kind.
 *
 * @param text A message without its header, as it is written; the first {@linkcode STATEMENT_LIMIT} characters count.
 * @param hint What the text of the line's template says, which spares the search for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { statementOf } from "./statement.ts";
 *
 * const failed = statementOf("Failed password for invalid user oracle from 203.0.113.9 port 40112 ssh2");
 * assert.deepEqual([failed?.kind, failed?.user, failed?.source], ["failed", "oracle", "203.0.113.9"]);
 * const sudo = statementOf("ann : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id");
 * assert.deepEqual([sudo?.kind, sudo?.user, sudo?.target, sudo?.command], ["sudo", "ann", "root", "/usr/bin/id"]);
 * assert.equal(statementOf("block 17 served in 4 ms"), null);
 * ```
 */
export function statementOf(text: string, hint?: StatementHint): Statement | null {
  text = text.slice(0, STATEMENT_LIMIT);
  if (hint?.kind === "failed") return refusalIn(text, hint.form);
  if (hint?.kind === "accepted") return statement("accepted", { source: sourceOf(text), user: userOf(text) });
  const rights = rightsIn(text) ?? changeIn(text);
  if (rights !== null) return rights;
  const spoken = REPORTED.exec(text)?.[0];
  if (spoken !== undefined) {
    return statement("reported", { source: sourceOf(text), command: spoken.toLowerCase() });
  }
  if (REFUSED.test(text)) {
    if (!LOGIN.test(text) && !/\bfailed \S{1,40} for\b.{1,80}\bfrom\b/i.test(text)) return null;
    return refusalIn(text, formOf(text));
  }
  return ACCEPTED.test(text) ? statement("accepted", { source: sourceOf(text), user: userOf(text) }) : null;
}
