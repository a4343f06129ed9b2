/**
 * Where the values of all lines of one shape are.
 *
 * @module
 */
import type { Alignment } from "./alignment.ts";
import type { Lexer } from "../mask/lexer.ts";
import { LITERAL, MARK, PREFIXED, VARIABLE } from "../mask/token.ts";
import { type Pieces, VALUE } from "./pieces.ts";
import { ID_ROLE, NO_ROLE } from "./role.ts";
import type { Slot } from "./slot.ts";
import { type Unit, unitAt, unitOfName, unitOfWord } from "./unit.ts";
import type { ValueContext } from "./value_reader.ts";

/**
 * Where one value is, by the lexer's tokens: it begins `startOffset` bytes behind the start (or the split) of one and ends
 * `endOffset` bytes before the end of another. It holds for every line whose masked tokens are the same.
 */
export interface Place {
  readonly slot: number;
  readonly startToken: number;
  /** Whether it is counted from where the value of a prefixed token begins. */
  readonly fromSplit: boolean;
  readonly startOffset: number;
  readonly endToken: number;
  readonly endOffset: number;
  readonly context: ValueContext;
}

/** The first byte of a value in the line that `lexer` has just read. */
export function startOf(place: Place, lexer: Lexer): number {
  return (place.fromSplit ? lexer.splits : lexer.starts)[place.startToken] + place.startOffset;
}

/** Behind the last byte of a value. */
export function endOf(place: Place, lexer: Lexer): number {
  return lexer.ends[place.endToken] - place.endOffset;
}

const decoder = new TextDecoder();
const EQUALS = 0x3d, COLON = 0x3a;

/** The unit that stands behind the value which ends in `token`, or `null`. */
function unitBehind(lexer: Lexer, bytes: Uint8Array, token: number): Unit | null {
  const next = token + 1;
  if (next >= lexer.length || lexer.kinds[next] !== LITERAL) return null;
  const start = lexer.starts[next],
    end = lexer.ends[next],
    isKey = bytes[end] === EQUALS || bytes[end] === COLON;
  return end - start > 12 || isKey ? null : unitOfWord(decoder.decode(bytes.subarray(start, end)));
}

/** The unit that the name before the value `token` says, or `null`: ms in `elapsed_ms=12`. */
function unitBefore(lexer: Lexer, bytes: Uint8Array, token: number): Unit | null {
  if (token < 2 || lexer.kinds[token - 1] !== MARK || lexer.kinds[token - 2] === MARK) return null;
  const start = lexer.starts[token - 2], end = lexer.ends[token - 2];
  return end - start > 40 ? null : unitOfName(decoder.decode(bytes.subarray(start, end)));
}

/** Where an aligned template's slots are in the line that `lexer` has just read; slots that the line lacks have no place. */
export function placesOf(
  alignment: Alignment,
  pieces: Pieces,
  lexer: Lexer,
  bytes: Uint8Array,
  slots: readonly Slot[],
): Place[] {
  const places: Place[] = [];
  for (let slot = 0; slot < Math.min(alignment.slots, slots.length); slot++) {
    const first = alignment.first[slot], last = alignment.last[slot];
    if (first < 0) continue;
    const startToken = pieces.tokens[first], endToken = pieces.tokens[last];
    const fromSplit = lexer.kinds[startToken] === PREFIXED && pieces.roles[first] === VALUE;
    const base = (fromSplit ? lexer.splits : lexer.starts)[startToken];
    const end = pieces.ends[last], tokenEnd = lexer.ends[endToken];
    const glued = end < tokenEnd ? unitAt(bytes, end, tokenEnd) : unitBehind(lexer, bytes, endToken);
    places.push({
      slot,
      startToken,
      fromSplit,
      startOffset: pieces.starts[first] - base,
      endToken,
      endOffset: tokenEnd - end,
      context: { unit: glued ?? slots[slot].unit, role: slots[slot].role },
    });
  }
  return places;
}

/** A place for every value that masking finds in the line that `lexer` has just read; `slot` counts them. */
export function valuePlaces(lexer: Lexer, bytes: Uint8Array): Place[] {
  const places: Place[] = [];
  for (let token = 0; token < lexer.length; token++) {
    const kind = lexer.kinds[token];
    if (kind !== VARIABLE && kind !== PREFIXED) continue;
    const fromSplit = kind === PREFIXED;
    const unit = unitBehind(lexer, bytes, token) ?? unitBefore(lexer, bytes, token);
    const context = { unit, role: fromSplit ? ID_ROLE : NO_ROLE };
    places.push({
      ...{ slot: places.length, startToken: token, fromSplit, startOffset: 0, endToken: token, endOffset: 0 },
      context,
    });
  }
  return places;
}
