/**
 * Receivers that are not always well: what they answer, request by request, from a seed.
 *
 * @module
 */
import type { Random } from "../../data/shop/random.ts";
import type { MailAnswer } from "../services/mail_server.ts";
import type { ReceiverAnswer } from "../services/webhook_receiver.ts";
import type { Deck } from "./deck.ts";

/** What may befall a receiver: slow, 429 or 421, 500 or 451, no answer, death between taking and answering, an answer too late. */
export const TROUBLES = ["slow", "busy", "failing", "silent", "dying", "late"] as const;
/** How a receiver is at the moment. */
export type Mood = "well" | typeof TROUBLES[number];

/** How receivers fall ill. */
export interface MoodOptions {
  /** How long their senders wait for an answer, ms. */
  timeout: number;
  /** How often one falls ill, 0 to 1, at each request while it is well. */
  trouble: number;
  /** The most requests that it then lasts. */
  lasts: number;
  /** What befalls them: several may share it. */
  troubles: Deck<Mood>;
}

/** Moods one after the other. */
export class Moods {
  /** Whether it is to be well from now on. */
  isWell = false;
  /** How often it answered in which mood. */
  readonly answered = new Map<Mood, number>();
  #mood: Mood = "well";
  #left = 0;

  constructor(private readonly random: Random, private readonly options: MoodOptions) {}

  /** What a webhook's receiver answers to the next request. */
  post(): ReceiverAnswer {
    const { timeout } = this.options;
    const answers: Record<Mood, ReceiverAnswer> = {
      well: { status: 200 },
      slow: { status: 202, after: timeout / 4 },
      busy: { status: 429, headers: { "retry-after": "1" }, body: "too many" },
      failing: { status: 500, body: "out of order" },
      silent: "hang",
      dying: "die",
      late: { status: 200, after: 2 * timeout },
    };
    return answers[this.#next()];
  }

  /** What a mail server does with the next message. */
  mail(): MailAnswer {
    const { timeout } = this.options;
    const answers: Record<Mood, MailAnswer> = {
      well: "take",
      slow: { after: timeout / 4 },
      busy: { code: 421, text: "too many" },
      failing: { code: 451, text: "local error in processing" },
      silent: "hang",
      dying: "die",
      late: { after: 2 * timeout },
    };
    return answers[this.#next()];
  }

  #next(): Mood {
    const mood = this.#now();
    this.answered.set(mood, (this.answered.get(mood) ?? 0) + 1);
    return mood;
  }

  #now(): Mood {
    const { random, options: { trouble, lasts, troubles } } = this;
    if (this.isWell) return "well";
    if (this.#left-- > 0) return this.#mood;
    this.#mood = random.chance(trouble) ? troubles.deal() : "well";
    this.#left = this.#mood === "well" ? 0 : random.integer(0, lasts - 1);
    return this.#mood;
  }
}

/** Whether a sender that waits so long (ms) can't know that it was taken, though it was. */
export function isAnswerLost(answer: MailAnswer | ReceiverAnswer, timeout: number): boolean {
  if (typeof answer === "string") return answer === "die";
  return "after" in answer && (answer.after ?? 0) >= timeout;
}
