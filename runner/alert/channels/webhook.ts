/**
 * Alerts as JSON to an address of the user's own.
 *
 * @module
 */
import type { ChannelKind } from "./channel.ts";
import { post } from "./http.ts";
import { readWebhook } from "./secret.ts";

/**
 * The webhook channel: a POST with the {@linkcode Message} as JSON; where it tells several alerts, `alerts` has each of them, and what
 * tells a repeat of an alert is `alert` and `severity`. The header `Idempotency-Key` holds the message's key,
 * the same when it is sent again, so that the receiver can tell a repeat.
 */
export const webhookChannel: ChannelKind = {
  name: "webhook",
  title: "sends alerts as JSON to an address of your own",
  open: async ({ webhook }, world) => {
    if (webhook === undefined) return null;
    const place = { env: webhook.webhook_env, file: webhook.webhook_file, host: webhook.host };
    const url = await readWebhook("webhook", place, world);
    return {
      name: "webhook",
      spacing: 0,
      send: (message, options) =>
        post({
          channel: "webhook",
          url,
          headers: { "content-type": "application/json; charset=utf-8", "idempotency-key": options.key },
          body: JSON.stringify(message),
          now: () => world.now(),
        }, options),
    };
  },
};
