/**
 * A real SMTP server on this machine that keeps what it gets.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { TestCertificate } from "./certificate.ts";

/** A mail as it arrived. */
export interface ReceivedMail {
  /** Raw text, headers and all. */
  raw: string;
  parsed: ParsedMail;
  /** Whether the connection was encrypted. */
  secure: boolean;
  /** Who was logged in; empty without login. */
  user: string;
  recipients: string[];
  /** When it was whole, ms since the epoch. */
  at: number;
  /** What was answered to it. */
  answer: MailAnswer;
}

/**
 * What a server does with a message: takes it, or refuses it (`451 later`); after so many ms; never answers; or takes it and cuts the
 * connection instead of saying so.
 */
export type MailAnswer = "take" | { code: number; text: string } | { after: number } | "hang" | "die";

/** How the server behaves. */
export interface MailServerOptions {
  /** With it STARTTLS is offered, or with `implicitTls` demanded from the first byte. */
  certificate?: TestCertificate;
  implicitTls?: boolean;
  /** Login that is demanded. */
  login?: { user: string; password: string };
  /** What it does with the n-th message, from 0; default: it takes it. */
  answer?: (n: number) => MailAnswer;
  /** Answer to a recipient instead of taking it. */
  refuseRecipient?: (address: string) => { code: number; text: string } | undefined;
  /** Port to listen on; default: a free one. */
  port?: number;
}

/** A running server. */
export interface MailServer extends AsyncDisposable {
  port: number;
  mails: ReceivedMail[];
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  let count = 0;
  const server = new SMTPServer({
    ...tlsOptions(options),
    authOptional: options.login === undefined,
    onAuth: (auth, _session, done) => {
      const right = auth.username === options.login?.user && auth.password === options.login?.password;
      return right ? done(null, { user: auth.username }) : done(new Error(`Invalid login ${auth.password}`));
    },
    onRcptTo: ({ address }, _session, done) => {
      const answer = options.refuseRecipient?.(address);
      done(answer && Object.assign(new Error(answer.text), { responseCode: answer.code }));
    },
    onData: (stream, session, done) => {
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      stream.on("end", async () => {
        const answer = options.answer?.(count++) ?? "take";
        if (answer === "hang") return;
        if (typeof answer === "object" && "code" in answer) {
          return done(Object.assign(new Error(answer.text), { responseCode: answer.code }));
        }
        const raw = Buffer.concat(chunks), at = Date.now();
        mails.push({
          raw: raw.toString(),
          parsed: await simpleParser(raw),
          secure: session.secure,
          user: String(session.user ?? ""),
          recipients: session.envelope.rcptTo.map((recipient) => recipient.address),
          ...{ at, answer },
        });
        if (answer === "die") return cutConnections(server);
        if (answer !== "take") await new Promise((resolve) => setTimeout(resolve, answer.after));
        done(null, "queued as 1A2B");
      });
    },
  });
  server.on("error", () => {}); // a client that is cut off is the tests' business, not the server's
  const listener = server.listen(options.port ?? 0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  const port = (listener.address() as AddressInfo).port;
  return {
    port,
    mails,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function cutConnections(server: SMTPServer): void {
  const { connections } = server as unknown as { connections: Set<{ _socket: { destroy(): void } }> };
  for (const connection of connections) connection._socket.destroy();
}

function tlsOptions({ certificate, implicitTls }: MailServerOptions): SMTPServerOptions {
  if (certificate === undefined) return { disabledCommands: ["STARTTLS"] };
  return { secure: implicitTls ?? false, key: certificate.key, cert: certificate.certificate };
}
