/**
 * A real HTTP server on this machine that keeps what is posted to it and answers as told.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface ReceivedPost {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** When it was whole, ms since the epoch. */
  at: number;
  /** What was answered to it. */
  answer: ReceiverAnswer;
}

/** An answer to give (`after` so many ms), or `"hang"` = none at all, or `"die"` = accept and cut the connection without an answer. */
export type ReceiverAnswer =
  | { status: number; headers?: Record<string, string>; body?: string; after?: number }
  | "hang"
  | "die";

/** A running receiver. */
export interface WebhookReceiver extends AsyncDisposable {
  /** Address without a slash at its end. */
  address: string;
  /** `host:port` of it. */
  host: string;
  posts: ReceivedPost[];
}

/**
 * Starts a receiver on a free port of 127.0.0.1.
 *
 * @param answerTo What to answer the n-th request, from 0, with this body; default: 200 `ok`.
 */
export async function startWebhookReceiver(
  answerTo: (n: number, body: string) => ReceiverAnswer = () => ({ status: 200 }),
): Promise<WebhookReceiver> {
  const posts: ReceivedPost[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    if (!request.complete) return; // whoever sends it has died
    const answer = answerTo(posts.length, body);
    posts.push({ path: request.url ?? "", headers: request.headers, body, at: Date.now(), answer });
    give(answer, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address: `http://${host}`, host, posts, [Symbol.asyncDispose]: stop };
}

function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => text += chunk);
  return new Promise((resolve) =>
    request.once("close", () => resolve(text)).once("end", () => resolve(text))
  );
}

function give(answer: ReceiverAnswer, response: ServerResponse): void {
  if (answer === "hang") return;
  if (answer === "die") {
    response.socket?.destroy();
    return;
  }
  const { status, headers, body = "ok", after = 0 } = answer;
  setTimeout(() => response.writeHead(status, headers).end(body), after);
}
