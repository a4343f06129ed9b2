/**
 * Why a session is anomalous: each kind of evidence as an opinion with parts.
 *
 * @module
 */
import type { EventCounts, EventWindow, TemplateNames } from "../../feature/event_window.ts";
import { countOf } from "../../detector/recent_sessions.ts";
import type { Opinion, Part } from "../ensemble.ts";
import { HIGH, KINDS, NEW, PAIRS, RARE, RARE_SHARE, type SessionMemory, TRIPLES, UNSEEN } from "./memory.ts";
import type { Judged } from "./stream.ts";
import type { SessionRules } from "./stream.ts";

/** Parts that an opinion names at most. */
const PARTS = 20;
/** A kind of evidence has an opinion where so few held-back sessions are as unusual. */
const UNUSUAL = .05;

/** What opinions are made from. */
export interface Explained {
  memory: SessionMemory;
  names: TemplateNames;
  fitted: SessionRules;
}

/** The opinions on a session that a rule fires on, strongest first: never none. */
export function opinionsOf(window: EventWindow, { values, rule }: Judged, explained: Explained): Opinion[] {
  const { joined, adapts } = explained.fitted, least = -Math.log(UNUSUAL), opinions: Opinion[] = [];
  const named = new Set(rule.conditions.map(({ kind }) => kind));
  joined.kinds.forEach((kind, i) => {
    const surprise = joined.tails[i].surprise(values[kind]);
    if (surprise < least && !(named.has(kind) && values[kind] > 0)) return;
    const parts = partsOf(kind, window, explained, adapts);
    if (parts.length === 0) return;
    opinions.push({ detector: nameOf(kind, explained.fitted), evidence: 1 + surprise / least, parts });
  });
  if (opinions.length === 0) {
    opinions.push({
      detector: "unseen-vector",
      evidence: 1 + 1e-6 + values[UNSEEN],
      parts: vectorParts(window, explained),
    });
  }
  return opinions.sort((a, b) => b.evidence - a.evidence);
}

function nameOf(kind: number, { scorers }: SessionRules): string {
  if (kind >= KINDS.length) return scorers[kind - KINDS.length].name;
  return {
    [RARE]: "rare-atom",
    [NEW]: "new-event",
    [HIGH]: "high-count",
    [PAIRS]: "event-pair",
    [TRIPLES]: "event-order",
  }[kind] ??
    "unseen-vector";
}

function partsOf(kind: number, window: EventWindow, explained: Explained, absorb: boolean): Part[] {
  if (kind >= KINDS.length) return explained.fitted.scorers[kind - KINDS.length].parts(window);
  if (kind === NEW) return newParts(window.events, explained.memory, absorb);
  if (kind === RARE) return rareParts(window.events, explained, absorb);
  if (kind === HIGH) return highParts(window.events, explained.memory);
  if (kind === PAIRS) return orderParts(window, explained, { length: 2, absorb });
  if (kind === TRIPLES) return orderParts(window, explained, { length: 3, absorb });
  return vectorParts(window, explained);
}

/** Parts whose shares sum to 1, from weights; the greatest first. */
function shared(weighed: readonly [weight: number, part: Omit<Part, "share">][]): Part[] {
  const kept = weighed.filter(([weight]) => weight > 0).sort((a, b) => b[0] - a[0]).slice(0, PARTS);
  const sum = kept.reduce((sum, [weight]) => sum + weight, 0);
  return kept.map(([weight, part]) => ({ ...part, share: weight / sum }));
}

function newParts(events: EventCounts, memory: SessionMemory, absorb: boolean): Part[] {
  const fresh = memory.rareAtoms(events, absorb).filter(({ isNew }) => isNew);
  return shared(fresh.map(({ template, count }) => [1, eventPart("unseen", template, count, 0)]));
}

function rareParts(events: EventCounts, { memory, names }: Explained, absorb: boolean): Part[] {
  const { scale } = memory.known;
  return shared(
    memory.rareAtoms(events, absorb).map(({ template, count, rate, usual, isNew }) => {
      const part = eventPart(isNew ? "unseen" : "template", template, count, usual);
      if (count === 0) part.text = `\`${names.text(template)}\` is missing`;
      return [Math.log(RARE_SHARE / ((rate * scale + .5) / (scale + 1))), part];
    }),
  );
}

function highParts({ templates, counts }: EventCounts, memory: SessionMemory): Part[] {
  return shared([...templates].map((template, i) => {
    const event = memory.atoms.of(template);
    const part = eventPart("template", template, counts[i], event?.largest ?? 0);
    return [event ? Math.log2((counts[i] + 1) / (Math.max(event.largest, 2) + 1)) : 0, part];
  }));
}

function vectorParts({ events }: EventWindow, { memory }: Explained): Part[] {
  const usual = memory.known.references.nearest(events).events;
  const templates = new Set([...events.templates, ...usual?.templates ?? []]);
  const parts = shared([...templates].map((template) => {
    const actual = countOf(events, template), expected = usual ? countOf(usual, template) : 0;
    return [Math.abs(actual - expected), eventPart("template", template, actual, expected)];
  }));
  const total = {
    kind: "total",
    template: -1,
    detail: "",
    text: "",
    share: 1,
    actual: 0,
    expected: 0,
  } as const;
  return parts.length > 0 ? parts : [total];
}

function orderParts(
  { sequence }: EventWindow,
  { memory, names }: Explained,
  { length, absorb }: { length: 2 | 3; absorb: boolean },
): Part[] {
  if (sequence === null) return [];
  const runs = length === 2 ? memory.keys.pairs(sequence) : memory.keys.triples(sequence);
  const inOrder = memory.keys.inOrder(sequence, length);
  return shared(
    memory.unseenRuns(sequence, length, absorb).map((i) => {
      const place = inOrder.indexOf(runs.keys[i]) - 1; // of its first event; -1 = the border before them
      const members = Array.from({ length }, (_, j) => sequence[place + j]);
      const part = eventPart("order", members.find((member) => member !== undefined) ?? -1, runs.times[i], 0);
      const follower = members[length - 1];
      return [runs.times[i], {
        ...part,
        detail: follower === undefined ? "" : names.id(follower),
        text: orderText(members, names),
      }];
    }),
  );
}

/** `undefined` stands for the border of the session. */
function orderText(members: readonly (number | undefined)[], names: TemplateNames): string {
  const texts = members.filter((member) => member !== undefined).map((member) => `\`${names.text(member)}\``);
  if (members[0] === undefined) {
    return `${texts.join(" directly before ")} at the beginning, never so in training`;
  }
  if (members[members.length - 1] === undefined) {
    return `${texts.join(" directly before ")} at the end, never so in training`;
  }
  return `${texts.join(" directly before ")}, never so in training`;
}

function eventPart(
  kind: Part["kind"],
  template: number,
  actual: number,
  expected: number,
): Omit<Part, "share"> {
  return { kind, template, detail: "", text: "", actual, expected };
}
