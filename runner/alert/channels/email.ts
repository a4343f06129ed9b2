/**
 * Alerts by mail.
 *
 * The connection is made here and handed to nodemailer, so that the only host that is reached is the one in the settings,
 * and no right to look up names elsewhere is needed.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { connect, type Socket } from "node:net";
import type { ChannelsConfig } from "../../config/schema.ts";
import { type Message, toldAlerts } from "../message.ts";
import { isOver, kindOf } from "../message_kind.ts";
import { compareSeverity } from "../severity.ts";
import {
  ChannelError,
  type ChannelKind,
  type ChannelWorld,
  type Receipt,
  type SendOptions,
} from "./channel.ts";
import { mailHtml, mailText } from "./mail_body.ts";
import { type MailChart, mailChart } from "./mail_chart.ts";
import { messageId, threadOf } from "./mail_thread.ts";
import { plainLine } from "../plain_text.ts";
import { readSecret, withoutSecrets } from "./secret.ts";

type EmailSettings = NonNullable<ChannelsConfig["email"]>;

/** The email channel. */
export const emailChannel: ChannelKind = {
  name: "email",
  title: "sends alerts by mail",
  open: async ({ email }, world, name = "email") => {
    if (email === undefined) return null;
    const account = await accountOf(email, world, name);
    return {
      name,
      spacing: 0,
      send: async (message, options) => {
        const chart = await mailChart(message, world);
        return await sendMail(
          account,
          mailOf(account, { message, chart, key: options.key, now: world.now() }),
          options,
        );
      },
    };
  },
};

interface MailAccount {
  /** Of the channel, for errors. */
  name: string;
  email: EmailSettings;
  password: string;
  ca: string | undefined;
}

/** A mail as nodemailer takes it. */
type Mail = Parameters<ReturnType<typeof import("nodemailer").createTransport>["sendMail"]>[0];

async function accountOf(email: EmailSettings, world: ChannelWorld, name: string): Promise<MailAccount> {
  const password = email.user === undefined
    ? ""
    : await readSecret(name, { env: email.password_env, file: email.password_file }, world);
  const ca = email.ca_file === undefined ? undefined : await readSecret(name, { file: email.ca_file }, world);
  return { name, email, password, ca };
}

/** A page that is mailed. */
export interface MailedPage {
  /** The subject, one line. */
  title: string;
  /** Name of the attached file. */
  name: string;
  html: string;
}

/**
 * Mails a page as an attachment to those who get alerts by mail.
 *
 * @throws {ChannelError} if the settings have no e-mail channel, a secret is not there, or the mail was not accepted.
 */
export async function sendPage(
  { email }: ChannelsConfig,
  page: MailedPage,
  world: ChannelWorld,
  options: SendOptions,
): Promise<Receipt> {
  if (email === undefined) throw new ChannelError("Cannot send to email: the settings have no such channel");
  const mail = {
    ...envelopeOf(email, world.now()),
    messageId: messageId(options.key, email.from),
    subject: plainLine(page.title, 280),
    text: `${
      plainLine(page.title, 280)
    }\n\nThe report is attached: one page, without scripts, that loads nothing.\n`,
    attachments: [{ filename: page.name, content: page.html, contentType: "text/html; charset=utf-8" }],
    headers: { "Auto-Submitted": "auto-generated" },
  };
  return await sendMail(await accountOf(email, world, "email"), mail, options);
}

/** What no error may show: the password, and a login as it is sent. */
function secretsOf({ email, password }: MailAccount): string[] {
  return password === "" ? [] : [password, `\0${email.user}\0${password}`];
}

async function sendMail(account: MailAccount, mail: Mail, options: SendOptions): Promise<Receipt> {
  const { email, password } = account, secrets = secretsOf(account);
  const { createTransport } = await import("nodemailer");
  const connection = openSocket(email);
  const transport = createTransport(
    {
      host: email.host,
      port: email.port,
      name: "deepscan",
      secure: email.security === "tls",
      requireTLS: email.security === "starttls",
      ignoreTLS: email.security === "none",
      ...(email.user !== undefined && { auth: { user: email.user, pass: password } }),
      tls: { ca: account.ca },
      connectionTimeout: options.timeout,
      greetingTimeout: options.timeout,
      socketTimeout: options.timeout,
      getSocket: connection.provide,
    } as Parameters<typeof createTransport>[0],
  );
  const late = setTimeout(
    () => connection.destroy(new Error(`no answer within ${options.timeout} ms`)),
    options.timeout,
  );
  try {
    const sent = await transport.sendMail(mail);
    const remark = (sent.rejectedErrors ?? []).map(refusalText).join("; ");
    return {
      answer: withoutSecrets(String(sent.response), secrets),
      remark: withoutSecrets(remark, secrets),
    };
  } catch (error) {
    throw mailError(connection.reason() ?? error, account, connection.isOpen());
  } finally {
    clearTimeout(late);
    connection.destroy();
    transport.close();
  }
}

/** What a mail server answered to one recipient that it does not take. */
function refusalText(error: { recipient?: string; message: string }): string {
  return `refused for ${error.recipient}: ${error.message.replace(/\s+/g, " ")}`;
}

/** Who writes to whom, and when; nothing is read or fetched for it. */
function envelopeOf(email: EmailSettings, now: number) {
  return {
    ...{ from: email.from, to: email.to, date: new Date(now) },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
}

/** Name of the picture in a mail, for its HTML. */
const CHART_ID = "chart@deepscan";

/** The mail about a message; its headers name each alert that it tells, and how severe each is, in the same order. */
function mailOf(
  { email, name }: MailAccount,
  { message, chart, key, now }: { message: Message; chart: MailChart | null; key: string; now: number },
): Mail {
  const told = toldAlerts(message);
  const isUrgent = compareSeverity(message.severity, "high") >= 0 && !isOver(message);
  const picture = chart && { src: `cid:${CHART_ID}`, ...chart };
  return {
    ...envelopeOf(email, now),
    ...threadOf(message, { key, channel: name, from: email.from }),
    text: mailText(message),
    html: mailHtml(message, picture),
    attachments: chart === null ? [] : [attachmentOf(chart)],
    priority: isUrgent ? "high" : "normal",
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-DeepScan-Key": key.replace(/[^\w.-]/g, "-"),
      "X-DeepScan-Kind": kindOf(message),
      "X-DeepScan-Status": message.status ?? "firing",
      "X-DeepScan-Alert": told.map(({ alert }) => alert.replace(/[^\w.-]/g, "")).join(", "),
      "X-DeepScan-Severity": told.map(({ severity }) => severity).join(", "),
      ...message.incident !== undefined && {
        "X-DeepScan-Incident": message.incident.replace(/[^\w.-]/g, ""),
      },
    },
  };
}

function attachmentOf({ png }: MailChart) {
  return {
    ...{ filename: "chart.png", contentType: "image/png", cid: CHART_ID },
    content: Buffer.from(png),
    contentDisposition: "inline" as const,
  };
}

/** A connection that nodemailer asks for, and that can be cut. */
function openSocket(email: EmailSettings) {
  let socket: Socket | undefined, reason: Error | undefined, isOpen = false;
  return {
    provide: (_options: unknown, done: (error: Error | null, socket?: { connection: Socket }) => void) => {
      socket = connect({ host: email.host, port: email.port });
      const failed = (error: Error) => done(error);
      socket.once("error", failed);
      socket.once("connect", () => {
        socket!.off("error", failed);
        isOpen = true;
        done(null, { connection: socket! });
      });
    },
    destroy: (error?: Error) => {
      reason ??= error;
      socket?.destroy(error);
    },
    reason: () => reason,
    isOpen: () => isOpen,
  };
}

/** Answers to the message itself that will not change: too large, refused for its content. */
const REFUSED = new Set([552, 554]);

/** @param isOpen Whether there was a connection: where the server said nothing then, it may have the mail. */
function mailError(error: unknown, account: MailAccount, isOpen: boolean): ChannelError {
  const { message = String(error), responseCode = 0, command = "" } = error as {
    message?: string;
    responseCode?: number;
    command?: string;
  };
  const text = withoutSecrets(message.replace(/\s+/g, " "), secretsOf(account));
  const permanent = REFUSED.has(responseCode) && command === "DATA";
  const isDoubtful = isOpen && responseCode === 0;
  return new ChannelError(`Cannot send to ${account.name}: ${text}`, { permanent, isDoubtful });
}
