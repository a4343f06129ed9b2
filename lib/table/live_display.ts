/**
 * Something that changes while a cell of a notebook runs.
 *
 * @module
 */
import { JUPYTER, type Shown } from "./jupyter.ts";

/** The part of `Deno.jupyter` that is needed. */
export interface Screen {
  broadcast(
    type: string,
    content: Record<string, unknown>,
    extra?: { metadata?: Record<string, unknown> },
  ): Promise<void>;
}

/**
 * The notebook that this runs in; `undefined` outside of one, where Deno throws at its very name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LiveDisplay, notebookScreen } from "./live_display.ts";
 *
 * const live = new LiveDisplay(notebookScreen(), "loss");
 * await live.settled(); // nothing was to be shown
 * assert.equal(notebookScreen(), undefined); // here is no notebook
 * ```
 */
export function notebookScreen(): Screen | undefined {
  try {
    return (Deno as { jupyter?: Screen }).jupyter;
  } catch {
    return undefined;
  }
}

/**
 * A place in a cell's output whose content is replaced: a chart that grows while a training runs.
 *
 * What comes faster than the notebook takes it is passed over, but for the last; nothing waits for the notebook.
 *
 * @example What a notebook does with {@linkcode notebookScreen}
 * ```ts
 * import assert from "node:assert/strict";
 * import { Table } from "./table.ts";
 * import { LiveDisplay } from "./live_display.ts";
 *
 * const sent: string[] = [];
 * const live = new LiveDisplay({ broadcast: (type) => Promise.resolve(void sent.push(type)) }, "epochs");
 * live.show(new Table({ epoch: [1] }));
 * await live.settled();
 * live.show(new Table({ epoch: [1, 2] }));
 * await live.settled();
 * assert.deepEqual(sent, ["display_data", "update_display_data"]);
 * ```
 */
export class LiveDisplay {
  readonly #screen: Screen | undefined;
  readonly #id: string;
  #next: Shown | null = null;
  #isShown = false;
  #showing: Promise<void> | null = null;
  #failure: unknown = null;

  /**
   * @param screen What {@linkcode notebookScreen} gives; left out = outside of a notebook, where nothing is shown.
   * @param id Name of the place, one of its own in the notebook.
   */
  constructor(screen: Screen | undefined, id: string) {
    this.#screen = screen;
    this.#id = id;
  }

  /** Puts something in the place of what was there. */
  show(content: Shown): void {
    this.#next = content;
    this.#failure = null;
    if (this.#screen !== undefined) this.#showing ??= this.#run(this.#screen);
  }

  /**
   * Waits until what was put there last is seen.
   *
   * @throws what showing it threw.
   */
  async settled(): Promise<void> {
    await this.#showing;
    if (this.#failure !== null) throw this.#failure;
  }

  async #run(screen: Screen): Promise<void> {
    try {
      await null; // what fails at once must not be over before it is known to run
      while (this.#next !== null) {
        const content = this.#next;
        this.#next = null;
        const data = await content[JUPYTER]();
        const type = this.#isShown ? "update_display_data" : "display_data";
        await screen.broadcast(type, { data, metadata: {}, transient: { display_id: this.#id } });
        this.#isShown = true;
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#showing = null;
    }
  }
}
