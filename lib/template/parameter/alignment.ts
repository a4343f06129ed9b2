/**
 * Where in a line the `<*>` of a template are.
 *
 * @module
 */
import { PIECE_LIMIT, type Pieces, PLAIN, SLOT, VALUE } from "./pieces.ts";

// What each deviation costs. Only their order matters: a word that is the same on both sides is free; a value where the template
// has one is nearly so; a word that only one side has is dear, a mark less so.
const FIRST_OF_VALUE = 0, INSIDE_VALUE = 0.6, FIRST_WORD = 0.35;
const SAME_TOKEN = 0, GLUED = 0.1, NEXT_WORD = 0.5, NEXT_VALUE = 0.3;
const NO_WORD = 2, NO_MARK = 1, NO_SLOT = 1.2, MORE_WORDS = 1.5, MORE_MARKS = 0.8;

const MATCH = 1, BEGIN = 2, GO_ON = 3, SKIP_TEXT = 4, SKIP_LINE = 5;

/**
 * Aligns a template with a line by the least cost (Needleman and Wunsch, *J. Mol. Biol.* 48, 1970), so that optional parts that
 * a line lacks, and headers that it has beyond the template, do no harm. Time and memory are the product of both lengths, which
 * are bounded.
 */
export class Alignment {
  /** Slots of the template. */
  slots = 0;
  /** First and last piece of the line that each slot holds, -1 where it has none. */
  readonly first: Int32Array = new Int32Array(PIECE_LIMIT);
  readonly last: Int32Array = new Int32Array(PIECE_LIMIT);
  #costs = new Float32Array(0);
  #moves = new Uint8Array(0);

  /** @param anywhere Whether the line may have more before and behind. */
  align(text: Pieces, line: Pieces, anywhere = false): void {
    const size = (text.length + 1) * (line.length + 1);
    if (this.#costs.length < size) {
      this.#costs = new Float32Array(2 * size);
      this.#moves = new Uint8Array(2 * size);
    }
    this.#fill(text, line, anywhere);
    this.#trace(text, line, anywhere ? this.#stop(text, line) : line.length);
  }

  // The readable form: cost[i][j] = least over the five moves of the cost before it + that of the move.
  #fill(text: Pieces, line: Pieces, anywhere: boolean): void {
    const costs = this.#costs, moves = this.#moves, width = line.length + 1;
    costs[0] = 0;
    for (let j = 1; j < width; j++) {
      costs[j] = anywhere ? 0 : costs[j - 1] + (line.marks[j - 1] ? MORE_MARKS : MORE_WORDS);
      moves[j] = SKIP_LINE;
    }
    for (let i = 1; i <= text.length; i++) {
      const slot = text.roles[i - 1] === SLOT, row = i * width, above = row - width;
      const without = slot ? NO_SLOT : text.marks[i - 1] ? NO_MARK : NO_WORD;
      costs[row] = costs[above] + without;
      moves[row] = SKIP_TEXT;
      for (let j = 1; j < width; j++) {
        let cost = costs[above + j] + without, move = SKIP_TEXT;
        const more = costs[row + j - 1] + (line.marks[j - 1] ? MORE_MARKS : MORE_WORDS);
        if (more < cost) [cost, move] = [more, SKIP_LINE];
        if (slot) {
          const begun = costs[above + j - 1] + beginCost(line, j - 1);
          if (begun < cost) [cost, move] = [begun, BEGIN];
          const before = moves[row + j - 1];
          if (before === BEGIN || before === GO_ON) {
            const longer = costs[row + j - 1] + goOnCost(line, j - 1);
            if (longer < cost) [cost, move] = [longer, GO_ON];
          }
        } else if (line.roles[j - 1] !== SLOT && text.hashes[i - 1] === line.hashes[j - 1]) {
          const same = costs[above + j - 1];
          if (same <= cost) [cost, move] = [same, MATCH];
        }
        costs[row + j] = cost;
        moves[row + j] = move;
      }
    }
  }

  /** How many pieces of the line the template takes where more may stand behind: up to a gap, as few as cost least. */
  #stop(text: Pieces, line: Pieces): number {
    const row = text.length * (line.length + 1), costs = this.#costs;
    let stop = line.length;
    for (let j = line.length - 1; j > 0; j--) {
      if (line.ends[j - 1] !== line.starts[j] && costs[row + j] <= costs[row + stop]) stop = j;
    }
    while (
      stop < line.length && this.#moves[row + stop + 1] === GO_ON &&
      costs[row + stop + 1] <= costs[row + stop]
    ) {
      stop++; // a value that masking took whole, with gaps in it
    }
    return stop;
  }

  #trace(text: Pieces, line: Pieces, stop: number): void {
    const width = line.length + 1;
    this.slots = 0;
    for (let i = 0; i < text.length; i++) if (text.roles[i] === SLOT) this.slots++;
    this.first.fill(-1, 0, this.slots);
    this.last.fill(-1, 0, this.slots);
    let slot = this.slots - 1;
    for (let i = text.length, j = stop; i > 0 || j > 0;) {
      const move = this.#moves[i * width + j], isSlot = i > 0 && text.roles[i - 1] === SLOT;
      if (move === BEGIN || move === GO_ON) {
        if (this.last[slot] < 0) this.last[slot] = j - 1;
        this.first[slot] = j - 1;
      }
      if (move !== GO_ON && move !== SKIP_LINE) {
        if (isSlot) slot--;
        i--;
      }
      if (move !== SKIP_TEXT) j--;
    }
  }
}

/** A value that begins with piece `j`. */
function beginCost(line: Pieces, j: number): number {
  if (line.roles[j] === PLAIN) return FIRST_WORD;
  return j > 0 && line.tokens[j - 1] === line.tokens[j] && line.roles[j - 1] === VALUE
    ? INSIDE_VALUE
    : FIRST_OF_VALUE;
}

/** A value that goes on with piece `j`. */
function goOnCost(line: Pieces, j: number): number {
  if (line.tokens[j - 1] === line.tokens[j]) return SAME_TOKEN;
  if (line.ends[j - 1] === line.starts[j]) return GLUED;
  return line.roles[j] === PLAIN ? NEXT_WORD : NEXT_VALUE;
}
