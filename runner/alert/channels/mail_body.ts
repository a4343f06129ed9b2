/**
 * A message as the text and the HTML of a mail.
 *
 * Mail programs know little CSS: tables, inline styles, no script, nothing loaded; the one picture travels in the mail.
 *
 * @module
 */
import { type ErrorMeaning, meaningHeading, meaningLines } from "../meanings.ts";
import { type Message, type MessageReason, toldAlerts } from "../message.ts";
import { isOver, standingText, standingWord } from "../message_kind.ts";
import { escapeHtml } from "../plain_text.ts";
import type { Severity } from "../severity.ts";

/** Background of a severity's bar; white text on it has a contrast of at least 4.5. */
const COLOURS: Record<Severity, string> = {
  low: "#2563a8",
  medium: "#8a5a00",
  high: "#b3261e",
  critical: "#7a0c2e",
};

/** Background of the bar of what is over. */
const RESOLVED = "#1b6e45";

/** A picture in the mail. */
export interface MailPicture {
  /** `cid:` and its name. */
  src: string;
  width: number;
  height: number;
  /** What it shows. */
  text: string;
}

/** The message as plain text, lines of at most 76 characters where the content allows. */
export function mailText(message: Message): string {
  const width = Math.max(...message.facts.map((fact) => fact.name.length));
  const standing = standingText(message);
  const lines = [
    ...standing === "" ? [] : [standing],
    ...standing.endsWith(`: ${message.title}`) ? [] : [message.title],
    "",
    ...message.facts.map(({ name, value }) => `${name.padEnd(width)}  ${value}`),
  ];
  const { meanings = [] } = message;
  if (meanings.length > 0) lines.push("", meaningHeading(meanings));
  for (const meaning of meanings) {
    lines.push(...meaningLines(meaning).map((line, i) => `${i === 0 ? "  " : "    "}${line}`));
  }
  if (message.reasons.length > 0) lines.push("", "Why");
  for (const reason of message.reasons) {
    lines.push(`  ${`${reason.percent} %`.padStart(5)}  ${reason.title}`, `         ${countsOf(reason)}`);
    if (reason.example !== "") lines.push(`         > ${reason.example}`);
  }
  if (message.others.length > 0) lines.push("", ...message.others.map((other) => `  ${other}`));
  if (message.command !== "") lines.push("", `Look further:  ${message.command}`);
  if (message.page) lines.push(`Page:          ${message.page}`);
  if (message.report !== "") lines.push(`Report:        ${message.report}`);
  if (message.acknowledge) lines.push(`Take care:     ${message.acknowledge}`);
  if (message.silence) lines.push(`Silence:       ${message.silence}`);
  lines.push(...identityLines(message));
  return lines.join("\n") + "\n";
}

/**
 * The message as a self-contained HTML page that survives mail programs.
 *
 * @param picture Shown below the facts; default: none.
 */
export function mailHtml(message: Message, picture: MailPicture | null = null): string {
  const { meanings = [] } = message;
  const parts = [
    factsTable(message),
    picture === null ? "" : pictureOf(picture),
    meanings.length > 0
      ? `<h2 style="${HEADING}">${meaningHeading(meanings)}</h2>` + meanings.map(meaningBlock).join("")
      : "",
    message.reasons.length > 0
      ? `<h2 style="${HEADING}">Why</h2>` + message.reasons.map(reasonTable).join("")
      : "",
    message.others.length > 0
      ? `<ul style="margin:16px 0;padding-left:20px">${message.others.map(item).join("")}</ul>`
      : "",
    further(message),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(message.title)}</title>
<style>
@media (prefers-color-scheme: dark) {
  .page { background: #15181c !important; } .card { background: #1f2429 !important; color: #e6e9ec !important; }
  .quiet { color: #a3adb8 !important; } .code { background: #2a3037 !important; color: #e6e9ec !important; }
}
</style></head>
<body class="page" style="margin:0;padding:16px;background:#eef1f4;">
${
    previewOf(message)
  }<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" class="card" cellpadding="0" cellspacing="0" style="${CARD}">
${barOf(message)}
<tr><td style="padding:16px 20px 20px;">${parts.join("")}</td></tr>
</table>
</td></tr></table>
</body></html>
`;
}

const WRAP = "word-break:break-word;overflow-wrap:anywhere;";
const CARD = "width:100%;max-width:640px;background:#ffffff;color:#1c2126;border-radius:8px;" +
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:14px;line-height:1.5;text-align:left;";
const HEADING = "font-size:15px;margin:20px 0 8px;";
const CODE =
  `background:#f1f3f5;color:#1c2126;border-radius:4px;${WRAP}font-family:ui-monospace,Menlo,Consolas,monospace;font-size:12.5px;`;

/** What a list of mails shows beside the subject, which in a thread stays the same. */
function previewOf(message: Message): string {
  const word = standingWord(message);
  if (word === "") return "";
  return `<div style="display:none;max-height:0;overflow:hidden;">${
    escapeHtml(`${word}: ${message.title}`)
  }</div>\n`;
}

function barOf(message: Message): string {
  const word = standingWord(message);
  const colour = isOver(message) ? RESOLVED : COLOURS[message.severity];
  const standing = word === ""
    ? ""
    : `<div style="font-size:13px;font-weight:600;margin-bottom:2px;">${escapeHtml(word)}</div>`;
  return `<tr><td style="background:${colour};color:#ffffff;padding:14px 20px;border-radius:8px 8px 0 0;${WRAP}` +
    `font-size:17px;font-weight:600;">${standing}${escapeHtml(message.title)}</td></tr>`;
}

function pictureOf({ src, width, height, text }: MailPicture): string {
  return `<img src="${escapeHtml(src)}" width="${width}" height="${height}" alt="${
    escapeHtml(text)
  }" style="display:block;width:100%;max-width:${width}px;height:auto;margin:16px 0 0;border-radius:6px;background:#ffffff;">`;
}

function factsTable(message: Message): string {
  const rows = message.facts.map(({ name, value }) =>
    `<tr><td class="quiet" style="color:#5b6570;padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap;">${
      escapeHtml(name)
    }</td><td style="padding:2px 0;${WRAP}">${escapeHtml(value)}</td></tr>`
  );
  return `<table role="presentation" cellpadding="0" cellspacing="0">${rows.join("")}</table>`;
}

function reasonTable(reason: MessageReason): string {
  const example = reason.example === ""
    ? ""
    : `<div class="code" style="${CODE}padding:6px 8px;margin-top:4px;">${escapeHtml(reason.example)}</div>`;
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 12px;"><tr>
<td style="width:52px;padding-right:8px;vertical-align:top;font-weight:600;white-space:nowrap;">${reason.percent} %</td>
<td style="${WRAP}">${escapeHtml(reason.title)}<div class="quiet" style="color:#5b6570;">${
    escapeHtml(countsOf(reason))
  }</div>${example}</td></tr></table>`;
}

function meaningBlock(meaning: ErrorMeaning): string {
  const [title, ...further] = meaningLines(meaning).map(escapeHtml);
  const lines = further.map((line) => `<div class="quiet" style="color:#5b6570;">${line}</div>`);
  return `<div style="margin:0 0 12px;${WRAP}">${title}${lines.join("")}</div>`;
}

function countsOf(reason: MessageReason): string {
  return reason.counts + (reason.firstSeen === "" ? "" : `, first seen ${reason.firstSeen}`);
}

function item(text: string): string {
  return `<li style="margin:0 0 6px;${WRAP}">${escapeHtml(text)}</li>`;
}

function further(message: Message): string {
  const line = (name: string, value: string) =>
    `<div class="quiet" style="color:#5b6570;margin-top:12px;">${name}</div><div class="code" style="${CODE}padding:6px 8px;">${
      escapeHtml(value)
    }</div>`;
  const identities = toldAlerts(message).map(({ alert }) => alert);
  return (message.page ? pageLink(message.page) : "") +
    (message.command === "" ? "" : line("Look further", message.command)) +
    (message.report === "" ? "" : line("Report", message.report)) +
    (message.acknowledge ? line("Say that you take care of it", message.acknowledge) : "") +
    (message.silence ? line("Silence it", message.silence) : "") +
    line(identities.length > 1 ? "Alerts" : "Alert", identities.join(", "));
}

/** A button of a table: mail programs draw the background of a link by itself badly. */
function pageLink(page: string): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:16px 0 0;"><tr>` +
    `<td style="background:#1d4f91;border-radius:6px;padding:8px 16px;"><a href="${escapeHtml(page)}" ` +
    `style="color:#ffffff;font-weight:600;text-decoration:none;">Open the incident's page</a></td></tr></table>`;
}

/** Identities of the alerts that a message tells, a few a line. */
function identityLines(message: Message): string[] {
  const identities = toldAlerts(message).map(({ alert }) => alert), lines: string[] = [];
  for (let i = 0; i < identities.length; i += 3) lines.push(identities.slice(i, i + 3).join(", "));
  const head = identities.length > 1 ? "Alerts:" : "Alert:";
  return lines.map((line, i) => (i === 0 ? head : "").padEnd(15) + line);
}
