/**
 * Waiting for logs to change.
 *
 * @module
 */
import { readable } from "../config/permissions.ts";
import { isIndex } from "../elasticsearch/cluster.ts";
import { pause } from "../pause.ts";

/** Changes that come this soon after one another, or this soon after the first, are waited for as one (ms). */
const NEXT = 50, ALL = 200;

/** What never comes. */
const NEVER: Promise<boolean> = new Promise(() => {});

/** What {@linkcode FileWakes} goes by. */
export interface FileWakesOptions {
  /** Patterns of files, absolute; indices among them notify nobody. */
  inputs: readonly string[];
  /** Folders whose changes are of our own making. */
  own: readonly string[];
  /** Says what a person should know. */
  say: (text: string) => void;
}

/**
 * Wakes a service when a file among its inputs has changed. Changes that come while nobody waits end the next wait at once, so
 * none is missed; what the system does not notify (network drives, folders that are not there yet) is left to the time that a wait
 * has.
 */
export class FileWakes {
  readonly #options: FileWakesOptions;
  #watcher: Deno.FsWatcher | null = null;
  #changed: Promise<boolean> | null = null;

  constructor(options: FileWakesOptions) {
    this.#options = options;
    this.#open();
  }

  /** Waits for a change, but no longer than so many ms and not behind `stop`; whether there was one. */
  async next(ms: number, stop: AbortSignal): Promise<boolean> {
    if (this.#watcher === null) this.#open(); // a folder may be there by now
    const rest = new AbortController(), ends = AbortSignal.any([stop, rest.signal]);
    const changed = await Promise.race([this.#change(), pause(ms, ends).then(() => false)]);
    rest.abort();
    if (changed && !stop.aborted) await this.#settle(stop);
    return changed;
  }

  /** To be called when files have changed and nobody was woken: the folders may be other ones now. */
  reopen(): void {
    this.close();
    this.#open();
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = null;
    this.#changed = null;
  }

  #open(): void {
    const files = this.#options.inputs.filter((input) => !isIndex(input));
    const folders = [...new Set(files.flatMap(readable))].filter(isThere);
    if (folders.length === 0) return;
    try {
      this.#watcher = Deno.watchFs(folders, { recursive: true });
      this.#changed = null;
    } catch (error) {
      this.#sayWhy(error);
    }
  }

  /** The next change; what says no more leaves it to the time of the wait. */
  #change(): Promise<boolean> {
    return this.#changed ??= this.#watcher === null ? NEVER : this.#read(this.#watcher);
  }

  async #read(watcher: Deno.FsWatcher): Promise<boolean> {
    const events = watcher[Symbol.asyncIterator](); // not `for await`, which closes it when it is left
    try {
      for (let next = await events.next(); !next.done; next = await events.next()) {
        if (this.#isChange(next.value)) return true;
      }
    } catch (error) {
      this.#sayWhy(error);
    }
    if (this.#watcher === watcher) this.#watcher = null;
    return NEVER;
  }

  /** Whether it is a change of a file that is not of our own making; reading one is told as well. */
  #isChange({ kind, paths }: Deno.FsEvent): boolean {
    const isOwn = (path: string) => this.#options.own.some((folder) => path.startsWith(`${folder}/`));
    return kind !== "access" && !(paths.length > 0 && paths.every(isOwn));
  }

  #sayWhy(error: unknown): void {
    const { message } = error as Error; // such as the system's limit of watched files
    this.#options.say(`note: changes of files are not notified, they are looked for: ${message}`);
  }

  /** Takes what else has changed, so that a burst of lines is one wake. */
  async #settle(stop: AbortSignal): Promise<void> {
    const until = performance.now() + ALL;
    for (let isMore = true; isMore && performance.now() < until && !stop.aborted;) {
      this.#changed = null;
      isMore = await Promise.race([this.#change(), pause(NEXT, stop).then(() => false)]);
    }
  }
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}
