/**
 * What is remembered for lines that masking takes for equal.
 *
 * @module
 */

/** Maps the two hashes of a masked line and its template to something. Open addressing; look-ups allocate nothing. */
export class ShapeTable<T extends { readonly template: number }> {
  /** Entries. */
  size = 0;
  #first = new Int32Array(256);
  #second = new Int32Array(256);
  #values: (T | undefined)[] = new Array(256);

  /** What is remembered, or `undefined`. */
  get(first: number, second: number, template: number): T | undefined {
    const values = this.#values, mask = values.length - 1;
    let slot = (first ^ (second >>> 7) ^ Math.imul(template, 0x9e3779b1)) & mask;
    for (let value = values[slot]; value !== undefined; value = values[slot = (slot + 1) & mask]) {
      if (this.#first[slot] === first && this.#second[slot] === second && value.template === template) {
        return value;
      }
    }
    return undefined;
  }

  /** Remembers what is not remembered yet. */
  set(first: number, second: number, value: T): void {
    if (this.size * 2 >= this.#values.length) this.#grow();
    const values = this.#values, mask = values.length - 1;
    let slot = (first ^ (second >>> 7) ^ Math.imul(value.template, 0x9e3779b1)) & mask;
    while (values[slot] !== undefined) slot = (slot + 1) & mask;
    this.#first[slot] = first;
    this.#second[slot] = second;
    values[slot] = value;
    this.size++;
  }

  /** All that is remembered, in no order that means something. */
  *values(): Generator<T> {
    for (const value of this.#values) if (value !== undefined) yield value;
  }

  /** Forgets everything. */
  clear(): void {
    this.#values.fill(undefined);
    this.size = 0;
  }

  #grow(): void {
    const first = this.#first, second = this.#second, values = this.#values;
    this.#first = new Int32Array(values.length * 2);
    this.#second = new Int32Array(values.length * 2);
    this.#values = new Array(values.length * 2);
    this.size = 0;
    values.forEach((value, i) => value !== undefined && this.set(first[i], second[i], value));
  }
}
