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
 * @param answer What to answer the n-th request, from 0; default: 200 `ok`.
 */
export async function startWebhookReceiver(
  answer: (n: number) => ReceiverAnswer = () => ({ status: 200 }),
): Promise<WebhookReceiver> {
  const posts: ReceivedPost[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    posts.push({ path: request.url ?? "", headers: request.headers, body });
    give(answer(posts.length - 1), response);
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

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += chunk;
  return text;
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
