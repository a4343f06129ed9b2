/**
 * The contract of every channel.
 *
 * A channel shapes a {@linkcode Message} and hands it to whoever carries it to people. It escapes for its own syntax,
 * keeps its secrets out of every error, and says whether a failure may pass.
 *
 * @module
 */
import type { ChannelsConfig } from "../../config/schema.ts";
import type { Message } from "../message.ts";

/** How a message is sent. */
export interface SendOptions {
  /** Identity of the message: the same when it is sent again. */
  key: string;
  /** How long the other side may take to answer, ms. */
  timeout: number;
}

/** What became of a message that was accepted. */
export interface Receipt {
  /** What the other side answered. */
  answer: string;
  /** Whom it did not reach all the same, and why; empty where it reached everybody. */
  remark: string;
}

/** A way to people, ready to use. */
export interface Channel {
  /** As settings name it: `email`, and with a receiver's name before it `payments.email`. */
  readonly name: string;
  /** Time to leave between two messages, ms. */
  readonly spacing: number;
  /**
   * Sends one message and returns what became of it.
   *
   * @throws {ChannelError} if it was not accepted.
   */
  send(message: Message, options: SendOptions): Promise<Receipt>;
}

/** What a channel needs of the world around it. */
export interface ChannelWorld {
  /** Value of an environment variable. */
  env(name: string): string | undefined;
  /** A whole file as text. */
  readText(path: string): Promise<string>;
  /** A whole file. */
  readBytes(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Adds a line to a file, which is made where it is absent; when it returns the line is on disk. */
  appendLine(path: string, line: string): Promise<void>;
  /** Prints to the terminal. */
  write(text: string): void;
  /** Notes what somebody should know who runs DeepScan, such as a picture that can't be drawn. */
  note(text: string): void;
  /** Whether colours may be used. */
  colour: boolean;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A kind of channel: one file, one of these. */
export interface ChannelKind {
  /** As settings name it. */
  readonly name: keyof ChannelsConfig;
  /** What it does, for people: one line. */
  readonly title: string;
  /**
   * The channel that the settings ask for; `null` where they ask for none.
   *
   * @param name What it is called, there and in errors; default: as the kind is.
   * @throws {ChannelError} if a secret is not there or not of the right form; the message never shows it.
   */
  open(settings: Partial<ChannelsConfig>, world: ChannelWorld, name?: string): Promise<Channel | null>;
}

/** A message that was not accepted, or a channel that can't be opened. Never holds a secret. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
  /** The message itself is refused: sending it again is of no use. */
  readonly permanent: boolean;
  /** How long the other side asks to be left alone, ms; 0 where it says nothing. */
  readonly retryAfter: number;
  /** Whether it may have been accepted all the same: no answer came. */
  readonly isDoubtful: boolean;

  constructor(
    message: string,
    options: { permanent?: boolean; retryAfter?: number; isDoubtful?: boolean } = {},
  ) {
    super(message);
    this.permanent = options.permanent ?? false;
    this.retryAfter = options.retryAfter ?? 0;
    this.isDoubtful = options.isDoubtful ?? false;
  }
}
