/**
 * What every place that lines come from looks like to the rest.
 *
 * @module
 */

/**
 * One readable input: a file, standard input, an index. It hands out bytes in order and knows how to come back.
 *
 * A source room file (`files.ts`, `stdin.ts`) finds inputs; `lib/record` turns their bytes into records.
 */
export interface Input {
  /** Name of the format that its bytes have, whatever a stream's settings say; absent where its bytes are anyone's. */
  readonly format?: string;
  /** Identity that survives rotation within one reading; orders inputs whose records have equal times. */
  readonly name: string;
  /** Name of the log that it belongs to: the same for all files that rotation made of one log. Absent = its own name. */
  readonly log?: string;
  /** What the settings name it by, such as a pattern of files; absent = its own name. */
  readonly pattern?: string;
  /** The saved position that it goes on from; `null` or absent where it is read from its start. */
  readonly resumes?: SavedPosition | null;
  /** When it was last written, ms since the epoch; absent where that isn't known. */
  readonly modified?: number;
  /** Offset of the next byte that {@linkcode read} will return, in decompressed bytes from the input's beginning. */
  readonly offset: number;
  /**
   * Whether the input will never grow: its last line counts even without a newline.
   * A compressed file, standard input and a one-off read are final; a followed file is not.
   */
  readonly final: boolean;
  /**
   * Fills `target` from its beginning and returns how many bytes it wrote; 0 = nothing (more) there now.
   *
   * @throws {InputError} when the input can't be read (any more); the bytes handed out before stay valid.
   */
  read(target: Uint8Array): Promise<number>;
  /**
   * What to save so that a later run continues at `offset`, which must not lie behind {@linkcode offset}.
   * Plain, JSON-serialisable and versioned by the source that makes it.
   */
  position(offset: number): Promise<SavedPosition>;
  /** Gives up what {@linkcode read} holds open. Reading again after it opens anew at {@linkcode offset}. */
  close(): void;
  /** Closes it and goes back to where it began to be read, as if nothing had been; absent where that is impossible. */
  rewind?(): void;
  /** What a person should know of the reading so far; absent = nothing. */
  readonly notes?: readonly InputNote[];
}

/** Where a later run continues: plain data, made by an input and read only by its own source. */
export interface SavedPosition {
  /** The input's name when it was saved. */
  name: string;
  /** Bytes (decompressed) already consumed. */
  offset: number;
  /** What the source needs to recognise the input again. */
  [detail: string]: string | number | boolean | null;
}

/** Something about the inputs that a person should know: rotated, truncated, vanished, unreadable. */
export interface InputNote {
  /** `shortened`: a later reading looks back less far than it was told to. */
  kind: "rotated" | "truncated" | "deleted" | "unreadable" | "missing" | "damaged" | "shortened";
  /** The input's name. */
  name: string;
  /** One sentence, ready to print. */
  text: string;
}

/** An input that can't be read. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Whether its content is wrong, or it can't be reached. */
  readonly kind: "damaged" | "unreadable";

  /**
   * @param input The name of the input that failed.
   * @param options The cause, and what kind of failure it is; default `unreadable`.
   */
  constructor(
    message: string,
    readonly input: string,
    options: ErrorOptions & { kind?: "damaged" | "unreadable" } = {},
  ) {
    super(message, options);
    this.kind = options.kind ?? "unreadable";
  }

  /** The failure as something that a person should know. */
  get note(): InputNote {
    return { kind: this.kind, name: this.input, text: this.message };
  }
}
