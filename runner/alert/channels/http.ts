/**
 * One POST to a secret address, and what its answer means.
 *
 * @module
 */
import { plainLine } from "../plain_text.ts";
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
  /** Further secrets that no error may show; default: none. */
  secrets?: string[];
  /** Whether an answer of success, by its text, is one; default: every one is. */
  accepts?: (answer: string) => boolean;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Answers that say the message itself is of no use to the other side. */
const REFUSED = new Set([400, 413, 415, 422]);
/** Answers of somebody between us and the other side who had none from there. */
const UNHEARD = new Set([502, 504]);

/**
 * Posts and returns `200 OK` or the like. A redirection is not followed: it would lead to a host that nobody allowed.
 *
 * @throws {ChannelError} if the answer is not a success, or there is none in time.
 */
export async function post(request: Post, options: SendOptions): Promise<Receipt> {
  const secrets = [...secretsOf(request.url), ...request.secrets ?? []];
  let response: Response, answer: string;
  try {
    response = await fetch(request.url, {
      method: "POST",
      headers: request.headers,
      body: request.body,
      redirect: "manual",
      signal: AbortSignal.timeout(options.timeout),
    });
    answer = await beginningOf(response);
  } catch (error) {
    const reason = reasonOf(error, secrets, options.timeout);
    throw new ChannelError(`Cannot send to ${request.channel}: ${reason}`, { isDoubtful: !isUnsent(error) });
  }
  const { accepts = () => true } = request;
  if (response.ok && accepts(answer)) {
    return { answer: `${response.status} ${response.statusText}`.trim(), remark: "" };
  }
  const said = plainLine(withoutSecrets(answer, secrets).replace(/\s+/g, " "), SHOWN);
  throw new ChannelError(
    `Cannot send to ${request.channel}: answer ${response.status}${said && `: ${said}`}`,
    {
      permanent: REFUSED.has(response.status),
      isDoubtful: UNHEARD.has(response.status),
      retryAfter: retryAfter(response.headers.get("retry-after"), request.now()),
    },
  );
}

/** Bytes of an answer that are read, and characters that are shown. */
const READ = 16_384, SHOWN = 200;

/** An answer's text, as far as anybody needs it: what sends without end is not listened to. */
async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "", read = 0;
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    read += bytes.length;
    if (read >= READ) break;
  }
  return text;
}

/** Whether nothing can have been sent: there was no connection, or no right to make one. */
function isUnsent(error: unknown): boolean {
  const { cause } = error as Error;
  return error instanceof Deno.errors.NotCapable ||
    cause instanceof Error && cause.message.includes("client error (Connect)");
}

function reasonOf(error: unknown, secrets: readonly string[], timeout: number): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return `no answer within ${timeout} ms`;
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
  return withoutSecrets(why, secrets);
}

/** The parts of a secret address that must not be shown: all of it, and its path, query and login. */
function secretsOf(url: URL): string[] {
  const path = url.pathname + url.search;
  return [url.href, path, ...url.pathname.split("/"), url.search.slice(1), url.username, url.password]
    .filter((part) => part.length > 3);
}

/** Nobody is left alone for longer, whatever is asked for, ms: a slip of the other side must not keep a message back for years. */
const LONGEST_REST = 24 * 3_600_000;

/**
 * Milliseconds that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or a date), a day at the most; 0 where it says nothing
 * of use.
 *
 * @param now Milliseconds since the epoch.
 */
export function retryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header.trim())) return Math.min(LONGEST_REST, Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.min(LONGEST_REST, Math.max(0, date - now));
}
