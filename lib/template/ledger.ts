/**
 * What is counted for every template a miner has named.
 *
 * @module
 */

/** Columns by index: counts, severities, and which live form has taken each over. They grow; nothing is ever taken out. */
export class Ledger {
  /** Indices in use. */
  size = 0;
  /** Lines that were given this very index. */
  counts: Float64Array = new Float64Array(256);
  /** Most severe `SeverityNumber` among them. */
  severities: Uint8Array = new Uint8Array(256);
  /** Number of the last such line. */
  lastLines: Float64Array = new Float64Array(256);
  /** The index of the form that covers its lines now; itself while it is live. */
  formOf: Int32Array = new Int32Array(256);

  /** Begins the columns of the next index. */
  begin(): void {
    const index = this.size++;
    if (index >= this.counts.length) this.#grow();
    this.formOf[index] = index;
  }

  /** The index of the form that covers the lines of `index` now. */
  live(index: number): number {
    let at = index;
    while (this.formOf[at] !== at) at = this.formOf[at];
    while (this.formOf[index] !== at) { // shorten the way for the next time
      const next = this.formOf[index];
      this.formOf[index] = at;
      index = next;
    }
    return at;
  }

  /** Lets the form of `into` cover the lines of `from`. */
  cover(from: number, into: number): void {
    this.formOf[from] = into;
    this.lastLines[into] = Math.max(this.lastLines[into], this.lastLines[from]);
  }

  #grow(): void {
    const length = this.counts.length * 2;
    const grown = <T extends Float64Array | Uint8Array | Int32Array>(to: T, from: T): T => (to.set(from), to);
    this.counts = grown(new Float64Array(length), this.counts);
    this.severities = grown(new Uint8Array(length), this.severities);
    this.lastLines = grown(new Float64Array(length), this.lastLines);
    this.formOf = grown(new Int32Array(length), this.formOf);
  }
}
