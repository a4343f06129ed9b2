/**
 * A folder with growing logs that `watch` follows, and the people whom it tells.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { Random } from "../../data/shop/random.ts";
import { type MailServer, startMailServer } from "../services/mail_server.ts";
import {
  type ReceiverAnswer,
  startWebhookReceiver,
  type WebhookReceiver,
} from "../services/webhook_receiver.ts";
import { type Arrival, mailArrival, postArrival } from "./arrival.ts";
import { Deck } from "./deck.ts";
import { type Mood, Moods, TROUBLES } from "./moods.ts";

/** How the folder is watched. */
export interface WatchedSettings {
  /** Seed of the receivers' moods. */
  seed: number;
  /** How often a receiver falls ill at a request, 0 to 1; `null` = there are no receivers. */
  trouble: number | null;
  /** The most requests that it then lasts. */
  lasts: number;
  /** Span of logs that a first model is trained on: `3d`. */
  history: string;
}

/** What changes in the settings: how often a summary is said, and how long a new incident is gathered. */
export interface Changed {
  summary?: string;
  wait?: string;
}

/** How long a channel may take to answer, ms. */
export const TIMEOUT = 1_000;

/** The folder, its mail server and its receivers of posts. */
export class Watched implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    private readonly settings: WatchedSettings,
    private readonly mail: MailServer,
    private readonly posts: ReadonlyMap<string, WebhookReceiver>,
    private readonly moods: readonly Moods[],
  ) {}

  static async open(settings: WatchedSettings): Promise<Watched> {
    const folder = await Deno.makeTempDir({ prefix: "watched" }), { seed, trouble, lasts } = settings;
    const troubles = new Deck<Mood>(new Random(seed, "troubles"), TROUBLES);
    const moodOf = (name: string) =>
      new Moods(new Random(seed, `moods ${name}`), {
        timeout: TIMEOUT,
        trouble: trouble ?? 0,
        lasts,
        troubles,
      });
    const email = moodOf("email"), webhook = moodOf("webhook"), oncall = moodOf("oncall.webhook");
    const mail = await startMailServer({ answer: () => email.mail() });
    const posts = new Map([
      ["webhook", await startWebhookReceiver(() => webhook.post())],
      ["oncall.webhook", await startWebhookReceiver(() => oncall.post())],
    ]);
    for (const [name, { address }] of posts) {
      Deno.writeTextFileSync(`${folder}/${name}`, `${address}/alerts\n`);
    }
    const watched = new Watched(folder, settings, mail, posts, [email, webhook, oncall]);
    watched.configure();
    return watched;
  }

  /** Where the logs are. */
  get logs(): string {
    return `${this.folder}/logs`;
  }

  /** Writes the settings. */
  configure({ summary = "10m", wait = "0s" }: Changed = {}): void {
    Deno.writeTextFileSync(`${this.folder}/deepscan.yaml`, this.#text(summary, wait));
  }

  /** What each channel's other side has taken so far, in the order of arrival. */
  taken(): Record<string, Arrival[]> {
    const posts = [...this.posts].map(([name, { posts }]) => [
      name,
      posts.filter(({ answer }) => isTaken(answer)).map(postArrival),
    ]);
    return { email: this.mail.mails.map(mailArrival), ...Object.fromEntries(posts) };
  }

  /** Messages that have come so far, taken or not. */
  get arrived(): number {
    return [...this.posts.values()].reduce((sum, { posts }) => sum + posts.length, this.mail.mails.length);
  }

  /** How often receivers answered in which mood. */
  answered(mood: Mood): number {
    return this.moods.reduce((sum, { answered }) => sum + (answered.get(mood) ?? 0), 0);
  }

  /** From now on every receiver is well. */
  heal(): void {
    for (const mood of this.moods) mood.isWell = true;
  }

  /** Size of the state's journal: it changes with every commit. */
  journal(): number {
    return sizeOf(`${this.folder}/state/state.db-wal`);
  }

  /** Rows that a query of the state database gives; none where there is no database yet. */
  rows(query: string): Record<string, unknown>[] {
    const path = `${this.folder}/state/state.db`;
    if (sizeOf(path) <= 0) return [];
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.mail[Symbol.asyncDispose]();
    for (const receiver of this.posts.values()) await receiver[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }

  #text(summary: string, wait: string): string {
    const { history, trouble } = this.settings;
    const common = `clock: data, min_history: ${history}, allowed_lateness: 1h`;
    return `streams:
  - {name: web, inputs: ["logs/shop-web.access.log*"], format: combined, ${common}}
  - {name: app, inputs: ["logs/shop-app.log*"], format: iso8601, ${common}}
  - {name: checkout, inputs: ["logs/shop-checkout.log*"], format: iso8601, session: {pattern: 'order=(\\d+)', idle: 30m}, ${common}}
  - {name: auth, inputs: ["logs/auth.log*"], format: syslog, service: field, ${common}}
  - {name: db, inputs: ["logs/postgresql.log*"], format: iso8601, ${common}}
model: {directory: models}
state: {directory: state}
reports: {directory: reports}
checkpoint: {bytes: 256KB}
watch: {interval: 100ms, poll: 2s, summary: ${summary}}
alerts:
  group_wait: ${wait}
  max_per_run: 100000
  max_per_day: 100000
  delivery: {first_delay: 500ms, longest_delay: 3s, timeout: ${TIMEOUT}ms}
${trouble === null ? "  channels: {console: false}" : this.#channels()}
`;
  }

  #channels(): string {
    const webhook = (name: string) =>
      `webhook: {webhook_file: ${name}, host: "${this.posts.get(name)!.host}"}`;
    return `  channels:
    console: false
    email: {host: 127.0.0.1, port: ${this.mail.port}, security: none, from: deepscan@example.com, to: [ops@example.com]}
    ${webhook("webhook")}
  receivers:
    oncall: {${webhook("oncall.webhook")}}`;
  }
}

/** Whether a receiver has what it answers so to. */
function isTaken(answer: ReceiverAnswer): boolean {
  return answer === "die" || (typeof answer === "object" && answer.status < 300);
}

/** Size of a file; -1 = there is none. */
function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return -1;
    throw error;
  }
}
