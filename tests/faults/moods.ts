/**
 * Receivers that are not always well: what they answer, request by request, from a seed.
 *
 * @module
 */
import { Random } from "../../data/shop/random.ts";
import type { MailAnswer } from "../services/mail_server.ts";
import type { ReceiverAnswer } from "../services/webhook_receiver.ts";

/** How a receiver is at the moment. */
type Mood = "well" | "slow" | "busy" | "failing" | "silent" | "dying" | "late";

/** What may befall it. */
const TROUBLES: readonly Mood[] = ["slow", "busy", "failing", "silent", "dying", "late"];

/** The most requests that a mood lasts. */
const LONGEST = 4;

/** Moods one after the other. */
export class Moods {
  /** Whether it is to be well from now on. */
  isWell = false;
  readonly #random: Random;
  #mood: Mood = "well";
  #left = 0;

  /**
   * @param timeout How long its senders wait for an answer, ms.
   * @param trouble How often it falls ill, 0 to 1, at each request while it is well.
   */
  constructor(seed: number, name: string, readonly timeout: number, private readonly trouble: number) {
    this.#random = new Random(seed, `moods ${name}`);
  }

  /** What a webhook's receiver answers to the next request. */
  post(): ReceiverAnswer {
    const { timeout } = this;
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
    const { timeout } = this;
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
    if (this.isWell) return "well";
    if (this.#left-- > 0) return this.#mood;
    this.#mood = this.#random.chance(this.trouble) ? this.#random.pick(TROUBLES) : "well";
    this.#left = this.#mood === "well" ? 0 : this.#random.integer(0, LONGEST - 1);
    return this.#mood;
  }
}

/** Whether a sender that waits so long (ms) can't know that it was taken, though it was. */
export function isAnswerLost(answer: MailAnswer | ReceiverAnswer, timeout: number): boolean {
  if (typeof answer === "string") return answer === "die";
  return "after" in answer && (answer.after ?? 0) >= timeout;
}
