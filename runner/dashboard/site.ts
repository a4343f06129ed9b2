/**
 * All that the dashboard serves from.
 *
 * @module
 */
import { Gate } from "./access/asker.ts";
import { Answers } from "./answers.ts";
import { LiveEvents, type LiveOptions } from "./api/live_events.ts";
import { LoadedAssets } from "./assets/loaded.ts";
import { AuditLog } from "./changes/audit.ts";
import type { OwnFigures, ProcessView } from "./data/health.ts";
import { DataSource, type SourceOptions } from "./data/source.ts";
import { PageTexts } from "./page_texts.ts";

/** What a site is made of. */
export interface SiteOptions extends SourceOptions {
  /** What people log in with; `null` = nobody has to. */
  token: string | null;
  /** Who is logged in on this machine: who changes something where nobody has to log in. */
  owner: string;
  /** Takes what went wrong, a line each. */
  log: (text: string) => void;
  live?: LiveOptions;
}

/** Answers whose times are remembered. */
const REMEMBERED = 1000;

/** All that the dashboard serves from; it is closed at the end. */
export class Site implements OwnFigures {
  readonly source: DataSource;
  readonly gate: Gate;
  readonly answers = new Answers();
  readonly pages = new PageTexts();
  readonly assets = LoadedAssets.load();
  readonly live: LiveEvents;
  readonly owner: string;
  readonly log: (text: string) => void;
  readonly #audit: AuditLog;
  readonly #begun: number;
  readonly #times: number[] = [];
  #requests = 0;

  constructor({ token, owner, log, live, ...options }: SiteOptions) {
    const source = this.source = new DataSource(options), { dashboard, state } = source.config;
    this.gate = new Gate(dashboard, token, options.now);
    this.live = new LiveEvents({
      version: () => (source.refresh(), source.version),
      newestIncident: () =>
        String(source.row("select id from incident order by start desc limit 1")?.id ?? ""),
      now: options.now,
    }, live);
    [this.owner, this.log] = [owner, log];
    this.#audit = new AuditLog(state.directory);
    this.#begun = options.now();
  }

  /** Writes down that somebody changed something, or tried to. */
  get changes(): Pick<AuditLog, "add"> {
    return this.#audit;
  }

  /** Notes that a request was answered in so many ms. */
  answered(time: number): void {
    this.#times[this.#requests++ % REMEMBERED] = time;
  }

  process(): ProcessView {
    return {
      ...{ uptime: this.source.now() - this.#begun, memory: Deno.memoryUsage().rss, clients: this.live.size },
      ...{ requests: this.#requests, slowest: Math.max(0, ...this.#times) },
    };
  }

  audit(): ReturnType<AuditLog["latest"]> {
    return this.#audit.latest();
  }

  /** Gives back what is open, and lets all pages go that listen. */
  close(): void {
    this.live.close();
    this.source.close();
  }
}
