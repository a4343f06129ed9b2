/**
 * Secrets of channels: found by the name of a variable or file, and kept out of every message.
 *
 * @module
 */
import { withPort } from "../../config/permissions.ts";
import { ChannelError, type ChannelWorld } from "./channel.ts";

/** Where a secret is. */
export interface SecretPlace {
  env?: string;
  file?: string;
}

/**
 * The secret at `place`, without a newline at its end.
 *
 * @param channel Name of the channel, for the error.
 * @throws {ChannelError} if it is not there or empty.
 */
export async function readSecret(channel: string, place: SecretPlace, world: ChannelWorld): Promise<string> {
  const where = place.env !== undefined ? `environment variable ${place.env}` : `file ${place.file}`;
  let secret: string | undefined;
  try {
    secret = place.env !== undefined ? world.env(place.env) : await world.readText(place.file!);
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unreadable";
    throw new ChannelError(`Cannot open channel ${channel}: ${where} can't be read (${reason})`);
  }
  const trimmed = secret?.replace(/[\r\n]+$/, "") ?? "";
  if (trimmed === "") throw new ChannelError(`Cannot open channel ${channel}: ${where} is not set or empty`);
  return trimmed;
}

/**
 * The secret address of a webhook.
 *
 * @param host The only host, with or without port, that it may have.
 * @throws {ChannelError} if it is no address, or of another host.
 */
export async function readWebhook(
  channel: string,
  place: SecretPlace & { host: string },
  world: ChannelWorld,
): Promise<URL> {
  const text = await readSecret(channel, place, world);
  const where = place.env ?? place.file;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new ChannelError(`Cannot open channel ${channel}: ${where} does not hold an http or https address`);
  }
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  if (`${url.hostname}:${port}` !== withPort(place.host, url.protocol === "https:" ? 443 : 80)) {
    throw new ChannelError(
      `Cannot open channel ${channel}: the address in ${where} is not of the host that the settings name, ${place.host}`,
    );
  }
  return url;
}

/**
 * `text` without any of `secrets`, as they are or encoded as an address or in base 64.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withoutSecrets } from "./secret.ts";
 *
 * assert(withoutSecrets("login hunter2 failed", ["hunter2"]) === "login [secret] failed");
 * ```
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((
    secret,
  ) => [secret, encodeURIComponent(secret), btoa(unescapedBytes(secret))]);
  return forms.filter((form) => form.length > 2).sort((a, b) => b.length - a.length)
    .reduce((clean, form) => clean.replaceAll(form, "[secret]"), text);
}

function unescapedBytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
