/**
 * What many sessions do of late that training hardly knew: said once, when it begins to count as usual.
 *
 * @module
 */
import type { TemplateNames } from "../../feature/event_window.ts";
import type { Opinion, Part } from "../ensemble.ts";
import { RECENT, type SessionMemory, USUAL_SHARE } from "./memory.ts";

/** An event that appeared, or that went missing. */
export interface Shift {
  template: number;
  isAbsent: boolean;
}

/** The shifts that go on. */
export class BehaviourShifts {
  readonly #open = new Map<string, Shift>();

  /** Notes what was absorbed of a session; returns what of it begins here. */
  note(memory: SessionMemory): Shift[] {
    for (const [key, shift] of this.#open) {
      if (recentShare(memory, shift) < USUAL_SHARE / 2) this.#open.delete(key);
    }
    const begun: Shift[] = [];
    for (const { template, isAbsent } of memory.absorbed) {
      const key = `${template} ${isAbsent}`;
      if (this.#open.has(key)) continue;
      this.#open.set(key, { template, isAbsent });
      begun.push({ template, isAbsent });
    }
    return begun;
  }

  copy(): BehaviourShifts {
    return BehaviourShifts.of(this.open());
  }

  /** The shifts that go on, the earliest first. */
  open(): Shift[] {
    return [...this.#open.values()];
  }

  static of(shifts: readonly Shift[]): BehaviourShifts {
    const all = new BehaviourShifts();
    for (const shift of shifts) all.#open.set(`${shift.template} ${shift.isAbsent}`, shift);
    return all;
  }
}

/** What to say where shifts begin. */
export function shiftOpinion(shifts: readonly Shift[], memory: SessionMemory, names: TemplateNames): Opinion {
  const parts = shifts.map((shift): Part => {
    const { template, isAbsent } = shift, known = memory.atoms.of(template);
    const recent = Math.round(recentShare(memory, shift) * RECENT), does = isAbsent ? "lack" : "have";
    return {
      kind: known === undefined ? "unseen" : "template",
      template,
      detail: "",
      text: `${recent} of the last ${memory.recent.length} sessions ${does} \`${names.text(template)}\``,
      share: 1 / shifts.length,
      actual: recent,
      expected: memory.recent.length * sessionShare(memory, shift),
    };
  });
  return {
    detector: "behaviour-shift",
    evidence: 1 + Math.max(...shifts.map((shift) => recentShare(memory, shift))),
    parts,
  };
}

function recentShare({ recent }: SessionMemory, { template, isAbsent }: Shift): number {
  const having = recent.having(template) / Math.max(1, recent.length);
  return isAbsent ? 1 - having : having;
}

/** Share of accepted sessions that did so. */
function sessionShare({ atoms }: SessionMemory, { template, isAbsent }: Shift): number {
  const having = (atoms.of(template)?.present ?? 0) / Math.max(1, atoms.sessions);
  return isAbsent ? 1 - having : having;
}
