/**
 * What can go wrong with an order, and which orders it happens to.
 *
 * @module
 */
import type { Flow } from "./order_flow.ts";
import type { Planned } from "./plan.ts";
import type { Random } from "./random.ts";
import type { Shop } from "./shop.ts";
import { javaTrace } from "./traces.ts";

/** Lets two steps change places: the times stay, the lines move. */
function swap(flow: Flow, first: string, second: string): void {
  const a = flow.steps.findIndex((step) => step.name === first);
  const b = flow.steps.findIndex((step) => step.name === second);
  const moved = flow.steps.splice(b, 1)[0];
  const times = [...flow.steps.slice(a, b), moved].map((step) => step.time).sort((x, y) => x - y);
  flow.steps.splice(a, 0, moved);
  times.forEach((time, i) => flow.steps[a + i].time = time);
}

/** What each planted kind does to an order that would have gone well. */
const FAULTS: Partial<Record<Planned["kind"], (flow: Flow, planned: Planned, random: Random) => void>> = {
  order_swap(flow, planned) {
    if (planned.id.startsWith("early-parcel")) swap(flow, "authorised", "parcel");
    else swap(flow, "reserved", "committed");
  },
  order_repeat(flow, _planned, random) {
    const at = flow.steps.findIndex((step) => step.name === "authorised");
    const paid = flow.steps[at];
    const text = paid.text.replace(/code=\w+/, `code=${random.hex(6)}`);
    flow.steps.splice(at + 1, 0, { ...paid, text, time: paid.time + 9 });
  },
  order_incomplete(flow) {
    flow.steps.length = flow.steps.findIndex((step) => step.name === "authorised") + 1;
  },
  new_error(flow) {
    const at = flow.steps.findIndex((step) => step.name === "invoice"), step = flow.steps[at];
    const text = javaTrace(
      `InvoiceService - order=${flow.key} invoice failed\ncom.example.shop.invoice.NumberRangeException: number range R2026 is exhausted`,
      [
        "invoice.NumberRange.next(NumberRange.java:88)",
        "invoice.InvoiceService.create(InvoiceService.java:141)",
      ],
      'org.postgresql.util.PSQLException: ERROR: nextval: reached maximum value of sequence "invoice_number" (999999)',
    );
    flow.steps.splice(at, flow.steps.length, { ...step, level: "ERROR", text });
  },
  latency(flow, planned) {
    const at = flow.steps.findIndex((step) => step.name === "authorised"), step = flow.steps[at];
    const usual = Number(/in (\d+) ms/.exec(step.text)![1]), slow = Math.round(usual * planned.size);
    step.text = step.text.replace(/in \d+ ms/, `in ${slow} ms`);
    for (const later of flow.steps.slice(at)) later.time += slow - usual;
  },
};

/** Chooses the orders that go wrong, spread over the planted span, and makes them do so. */
export class Faults {
  #shop: Shop;
  #random: Random;
  #left: number[];

  constructor(shop: Shop) {
    this.#shop = shop;
    this.#random = shop.random("order faults");
    this.#left = shop.plan.map((planned) => planned.kind === "latency" ? Infinity : planned.size);
  }

  /** Position in the plan of what happened to the order; -1 for nothing. */
  apply(flow: Flow, time: number): number {
    const planned = this.#shop.plan.findIndex((planned, i) =>
      planned.stream === "checkout" && FAULTS[planned.kind] !== undefined && this.#left[i] > 0 &&
      time >= planned.from && time < planned.to
    );
    if (planned < 0 || !flow.steps.some((step) => step.name === "done")) return -1;
    if (!this.#random.chance(.75)) return -1;
    this.#left[planned]--;
    FAULTS[this.#shop.plan[planned].kind]!(flow, this.#shop.plan[planned], this.#random);
    return planned;
  }
}
