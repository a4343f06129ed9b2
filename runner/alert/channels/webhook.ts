/**
 * Alerts as JSON to an address of the user's own.
 *
 * @module
 */
import type { ChannelKind } from "./channel.ts";
import { post } from "./http.ts";
import { readSecret, readWebhook } from "./secret.ts";
import { SIGNATURE_HEADER, signatureOf } from "./signature.ts";

/**
 * The webhook channel: a POST with the {@linkcode Message} as JSON; where it tells several alerts, `alerts` has each of them, and what
 * tells a repeat of an alert is `alert` and `severity`. The header `Idempotency-Key` holds the message's key,
 * the same when it is sent again, so that the receiver can tell a repeat; with a secret `X-DeepScan-Signature` holds
 * {@linkcode signatureOf} the body, made anew each time.
 */
export const webhookChannel: ChannelKind = {
  name: "webhook",
  title: "sends alerts as JSON to an address of your own",
  open: async ({ webhook }, world, name = "webhook") => {
    if (webhook === undefined) return null;
    const place = { env: webhook.webhook_env, file: webhook.webhook_file, host: webhook.host };
    const url = await readWebhook(name, place, world);
    const signing = { env: webhook.secret_env, file: webhook.secret_file };
    const isSigned = signing.env !== undefined || signing.file !== undefined;
    const secret = isSigned ? await readSecret(name, signing, world) : "";
    return {
      name,
      spacing: 0,
      send: (message, options) => {
        const body = JSON.stringify(message);
        return post({
          channel: name,
          ...{ url, body, secrets: [secret], now: () => world.now() },
          headers: {
            "content-type": "application/json; charset=utf-8",
            "idempotency-key": options.key,
            ...isSigned && { [SIGNATURE_HEADER]: signatureOf(body, secret, world.now()) },
          },
        }, options);
      },
    };
  },
};
