/**
 * A masked line in general form: what one template's lines look like.
 *
 * @module
 */
import {
  DOTTED,
  joinHashes,
  LEARNED,
  LITERAL,
  MARK,
  mixFirst,
  mixSecond,
  VARIABLE,
  WILDCARD,
} from "./mask/token.ts";
import { unpackRepeat } from "./mask/repeats.ts";
import { firstToken, sequenceHashes, shapeOf } from "./mask/sequence.ts";
import { NO_WORDS, type TokenList, type Tokens } from "./mask/token_list.ts";
import { isPolar } from "./rule/opposites.ts";

/** The columns of a form: one entry a token. */
export interface FormColumns {
  /** How each token is written; `<*>` where it varies, empty where an optional value was never seen. */
  words: string[];
  kinds: Uint8Array;
  hashes: Int32Array;
  /** Blanks before each token. */
  blanks: Uint8Array;
  /** 1 where the value may have several tokens. */
  spans: Uint8Array;
  /** Folded repeats (see `mask/repeats.ts`), 0 where there are none or they vary. */
  repeats: Int32Array;
  /** Words with an opposite that a LEARNED token has taken in; their opposites stay out. */
  polar: (readonly string[])[];
  /** Whether learning made it: a line's own form covers only lines with the same sequence. */
  general: boolean;
}

/**
 * A sequence of tokens, some of which vary. A template has one form, or several where lines with and without an optional
 * part are one event. Never changed but for what {@linkcode Form.observe} widens: learning replaces it.
 */
export class Form implements Tokens, FormColumns {
  readonly length: number;
  readonly words: string[];
  readonly kinds: Uint8Array;
  readonly hashes: Int32Array;
  readonly blanks: Uint8Array;
  readonly spans: Uint8Array;
  readonly repeats: Int32Array;
  readonly polar: (readonly string[])[];
  readonly general: boolean;
  /** Sums of the position hashes: without one position they are the keys of {@linkcode keyWithout}. */
  readonly firstHash: number;
  readonly secondHash: number;
  /** Equal for equal sequences. */
  readonly key: number;
  /** Equal for sequences of the same length, punctuation and beginning. */
  readonly shape: number;
  /** Whether a value of several tokens is among them. */
  readonly spanning: boolean;

  /** @param index The miner's number of it. */
  constructor(readonly index: number, columns: FormColumns) {
    this.words = columns.words;
    this.kinds = columns.kinds;
    this.hashes = columns.hashes;
    this.blanks = columns.blanks;
    this.spans = columns.spans;
    this.repeats = columns.repeats;
    this.polar = columns.polar;
    this.general = columns.general;
    this.length = columns.words.length;
    const sums = sequenceHashes(this);
    this.firstHash = sums.first;
    this.secondHash = sums.second;
    this.key = joinHashes(sums.first, sums.second);
    this.shape = shapeOf(this, firstToken(this));
    this.spanning = this.spans.includes(1);
  }

  /** The form of one line, in which nothing is learned yet. */
  static of(index: number, tokens: TokenList): Form {
    const { length } = tokens, words: string[] = [];
    for (let i = 0; i < length; i++) words.push(tokens.word(i));
    return new Form(index, {
      words,
      kinds: tokens.kinds.slice(0, length),
      hashes: tokens.hashes.slice(0, length),
      blanks: tokens.blanks.slice(0, length),
      spans: emptyColumns(length).spans,
      repeats: repeatsOf(tokens),
      polar: emptyColumns(length).polar,
      general: false,
    });
  }

  /** The same form under another number. */
  numbered(index: number): Form {
    return new Form(index, this);
  }

  word(i: number): string {
    return this.words[i];
  }

  polarAt(i: number): readonly string[] {
    if (this.varies(i)) return this.polar[i];
    const literal = this.kinds[i] === LITERAL || this.kinds[i] === DOTTED;
    return literal && isPolar(this.words[i]) ? [this.words[i]] : NO_WORDS;
  }

  /** Whether token `i` varies. */
  varies(i: number): boolean {
    return this.kinds[i] === VARIABLE || this.kinds[i] === LEARNED;
  }

  /** The key of everything but token `i`: equal for forms that differ in this position only. */
  keyWithout(i: number): number {
    const first = (this.firstHash - mixFirst(0, this.hashes[i], i)) | 0;
    const second = (this.secondHash - mixSecond(0, this.hashes[i], i)) | 0;
    return joinHashes(first ^ Math.imul(i + 1, 0x3243f6a9), second);
  }

  /** A repeat count that varies is not shown, nor are quotes; an optional value is shown once it was seen. */
  observe(tokens: TokenList): void {
    if (tokens.length !== this.length) return;
    for (let i = 0; i < this.length; i++) {
      if (this.repeats[i] !== tokens.repeats[i]) this.repeats[i] = 0;
      if (this.kinds[i] === VARIABLE) this.words[i] = jointWord(this.words[i], tokens.word(i));
    }
  }
}

type EmptyColumns = Pick<FormColumns, "spans" | "repeats" | "polar">;

const emptyByLength: EmptyColumns[] = [];

/**
 * The columns of the many forms of lines that have nothing in them, shared by all of one length: nothing but a 0 is ever written
 * there, and words with an opposite are only taken in by forms that learning made, which have columns of their own.
 */
function emptyColumns(length: number): EmptyColumns {
  return emptyByLength[length] ??= {
    spans: new Uint8Array(length),
    repeats: new Int32Array(length),
    polar: new Array(length).fill(NO_WORDS),
  };
}

function repeatsOf({ repeats, length }: TokenList): Int32Array {
  for (let i = 0; i < length; i++) if (repeats[i] !== 0) return repeats.slice(0, length);
  return emptyColumns(length).repeats;
}

/** How one value is shown that was written in two ways: `"<*>"` and `<*>` are `<*>`, and so are `"<*>"` and nothing. */
export function jointWord(a: string, b: string): string {
  return a === b ? a : WILDCARD;
}

const varies = (kind: number) => kind === VARIABLE || kind === LEARNED;

/** A form as text: `Received block blk_<*> of size <*>`. */
export function formText(form: Form): string {
  const parts: string[] = [];
  for (let i = 0; i < form.length; i++) {
    parts.push(i > 0 && form.blanks[i] ? " " : "", form.words[i]);
    if (form.repeats[i]) pushRepeats(parts, form, i);
  }
  return parts.join("");
}

/** Writes a folded repeat out again, as often as it was seen. */
function pushRepeats(parts: string[], form: Form, i: number): void {
  const { unit, count, list, spaced } = unpackRepeat(form.repeats[i]), gap = spaced ? " " : "";
  const from = i - unit + (list ? 2 : 1);
  for (let n = list ? 0 : 1; n < count; n++) {
    if (list) parts.push(",");
    for (let at = from; at <= i; at++) {
      parts.push(at === from ? gap : form.blanks[at] ? " " : "", form.words[at]);
    }
  }
}

/**
 * The text that a new template's name is made from: a function of the sequence alone, so blanks before values and counts of
 * repeats, which the sequence leaves open, are written one way.
 */
export function birthText(tokens: Tokens & { blanks: Uint8Array }): string {
  let text = "";
  for (let i = 0; i < tokens.length; i++) {
    const value = varies(tokens.kinds[i]);
    const blank = value ? i > 0 && tokens.kinds[i - 1] !== MARK : tokens.blanks[i] > 0;
    text += (blank && i > 0 ? " " : "") + (value ? WILDCARD : tokens.word(i));
  }
  return text;
}

/** The text of lines that are only told apart by length and punctuation. */
export function outlineText(tokens: Tokens & { blanks: Uint8Array }): string {
  let text = "";
  for (let i = 0; i < tokens.length; i++) {
    const mark = tokens.kinds[i] === MARK;
    const blank = i > 0 && (mark ? tokens.blanks[i] > 0 : tokens.kinds[i - 1] !== MARK);
    text += (blank ? " " : "") + (mark ? tokens.word(i) : WILDCARD);
  }
  return text;
}
