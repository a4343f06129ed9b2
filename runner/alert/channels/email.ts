/**
 * Alerts by mail.
 *
 * The connection is made here and handed to nodemailer, so that the only host that is reached is the one in the settings,
 * and no right to look up names elsewhere is needed.
 *
 * @module
 */
import { connect, type Socket } from "node:net";
import type { ChannelsConfig } from "../../config/schema.ts";
import { type Message, toldAlerts } from "../message.ts";
import {
  type Channel,
  ChannelError,
  type ChannelKind,
  type ChannelWorld,
  type Receipt,
  type SendOptions,
} from "./channel.ts";
import { mailHtml, mailText } from "./mail_body.ts";
import { readSecret, withoutSecrets } from "./secret.ts";

type EmailSettings = NonNullable<ChannelsConfig["email"]>;

/** The email channel. */
export const emailChannel: ChannelKind = {
  name: "email",
  title: "sends alerts by mail",
  open: async ({ email }, world) => {
    if (email === undefined) return null;
    const password = email.user === undefined
      ? ""
      : await readSecret("email", { env: email.password_env, file: email.password_file }, world);
    const ca = email.ca_file === undefined
      ? undefined
      : await readSecret("email", { file: email.ca_file }, world);
    const channel: Channel = {
      name: "email",
      spacing: 0,
      send: (message, options) => sendMail({ email, password, ca, world }, message, options),
    };
    return channel;
  },
};

interface MailAccount {
  email: EmailSettings;
  password: string;
  ca: string | undefined;
  world: ChannelWorld;
}

async function sendMail(account: MailAccount, message: Message, options: SendOptions): Promise<Receipt> {
  const { email, password, world } = account;
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
    const sent = await transport.sendMail(mailOf(email, message, options.key, world.now()));
    const remark = (sent.rejectedErrors ?? []).map(refusalText).join("; ");
    return {
      answer: withoutSecrets(String(sent.response), [password]),
      remark: withoutSecrets(remark, [password]),
    };
  } catch (error) {
    throw mailError(connection.reason() ?? error, password);
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

/** A mail as nodemailer takes it; its headers name each alert that it tells, and how severe each is, in the same order. */
function mailOf(email: EmailSettings, message: Message, key: string, now: number) {
  const told = toldAlerts(message);
  return {
    from: email.from,
    to: email.to,
    subject: message.title,
    text: mailText(message),
    html: mailHtml(message),
    date: new Date(now),
    messageId: messageId(key, email.from),
    priority: message.severity === "critical" || message.severity === "high"
      ? "high" as const
      : "normal" as const,
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-DeepScan-Alert": told.map(({ alert }) => alert.replace(/[^\w.-]/g, "")).join(", "),
      "X-DeepScan-Severity": told.map(({ severity }) => severity).join(", "),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * The Message-ID (RFC 5322, 3.6.4) of the mail with that key: a mail that comes again has the same, and is recognisable.
 *
 * @param key Identity of the message.
 * @param from Sender, whose domain it gets.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { messageId } from "./email.ts";
 *
 * assert(messageId("0a1b.email", "Ops <ops@example.com>") === "<0a1b.email@example.com>");
 * ```
 */
export function messageId(key: string, from: string): string {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "deepscan.invalid";
  return `<${key.replace(/[^\w.-]/g, "-")}@${domain}>`;
}

/** A connection that nodemailer asks for, and that can be cut. */
function openSocket(email: EmailSettings) {
  let socket: Socket | undefined, reason: Error | undefined;
  return {
    provide: (_options: unknown, done: (error: Error | null, socket?: { connection: Socket }) => void) => {
      socket = connect({ host: email.host, port: email.port });
      const failed = (error: Error) => done(error);
      socket.once("error", failed);
      socket.once("connect", () => {
        socket!.off("error", failed);
        done(null, { connection: socket! });
      });
    },
    destroy: (error?: Error) => {
      reason ??= error;
      socket?.destroy(error);
    },
    reason: () => reason,
  };
}

/** Answers to the message itself that will not change: too large, refused for its content. */
const REFUSED = new Set([552, 554]);

function mailError(error: unknown, password: string): ChannelError {
  const { message = String(error), responseCode = 0, command = "" } = error as {
    message?: string;
    responseCode?: number;
    command?: string;
  };
  const text = withoutSecrets(message.replace(/\s+/g, " "), [password]);
  const permanent = REFUSED.has(responseCode) && command === "DATA";
  return new ChannelError(`Cannot send to email: ${text}`, { permanent });
}
