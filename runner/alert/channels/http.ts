/**
 * One POST to a secret address, and what its answer means.
 *
 * @module
 */
import { ChannelError, type Receipt, type SendOptions } from "./channel.ts";
import { withoutSecrets } from "./secret.ts";

/** A POST to make. */
export interface Post {
  /** Name of the channel, for errors. */
  channel: string;
  /** A secret. */
  url: URL;
  headers: Record<string, string>;
  body: string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Answers that say the message itself is of no use to the other side. */
const REFUSED = new Set([400, 413, 415, 422]);

/**
 * Posts and returns `200 OK` or the like. A redirection is not followed: it would lead to a host that nobody allowed.
 *
 * @throws {ChannelError} if the answer is not a success, or there is none in time.
 */
export async function post(request: Post, options: SendOptions): Promise<Receipt> {
  let response: Response, answer: string;
  try {
    response = await fetch(request.url, {
      method: "POST",
      headers: request.headers,
      body: request.body,
      redirect: "manual",
      signal: AbortSignal.timeout(options.timeout),
    });
    answer = (await response.text()).slice(0, 200);
  } catch (error) {
    throw new ChannelError(
      `Cannot send to ${request.channel}: ${reasonOf(error, request.url, options.timeout)}`,
    );
  }
  if (response.ok) return { answer: `${response.status} ${response.statusText}`.trim(), remark: "" };
  const said = withoutSecrets(answer, secretsOf(request.url)).replace(/\s+/g, " ").trim();
  throw new ChannelError(
    `Cannot send to ${request.channel}: answer ${response.status}${said && `: ${said}`}`,
    {
      permanent: REFUSED.has(response.status),
      retryAfter: retryAfter(response.headers.get("retry-after"), request.now()),
    },
  );
}

function reasonOf(error: unknown, url: URL, timeout: number): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return `no answer within ${timeout} ms`;
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
  return withoutSecrets(why, secretsOf(url));
}

/** The parts of a secret address that must not be shown: all of it, and its path, query and login. */
function secretsOf(url: URL): string[] {
  const path = url.pathname + url.search;
  return [url.href, path, ...url.pathname.split("/"), url.search.slice(1), url.username, url.password]
    .filter((part) => part.length > 3);
}

/**
 * Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or a date); 0 where it says nothing of use.
 *
 * @param now Milliseconds since the epoch.
 */
export function retryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
