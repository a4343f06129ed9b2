/**
 * A page by mail, to those who get alerts by mail.
 *
 * @module
 */
import { basename } from "node:path";
import { sendPage } from "../alert/channels/email.ts";
import { channelWorld } from "../alert/channels/world.ts";
import type { ChannelsConfig } from "../config/schema.ts";
import type { Context } from "../context.ts";

/** How long the mail server may take to answer, ms. */
const TIMEOUT = 60_000;

/**
 * Mails a page as an attachment through the settings' e-mail channel.
 *
 * @returns Whom it did not reach, and why; empty where it reached everybody.
 * @throws {ChannelError} if it was not accepted.
 */
export async function mailPage(
  channels: ChannelsConfig,
  { title, path }: { title: string; path: string },
  context: Context,
): Promise<string> {
  const { now } = context, world = channelWorld(context, context.stdout);
  const page = { title, name: basename(path), html: await Deno.readTextFile(path) };
  const { remark } = await sendPage(channels, page, world, {
    key: `${page.name}.${now()}`,
    timeout: TIMEOUT,
  });
  return remark;
}
