/**
 * What people decide about templates, as a new version of the model.
 *
 * @module
 */
import {
  type Catalogue,
  type HandDecisions,
  mergedInto,
  pinText,
  redactorOf,
  templateId,
  withMerge,
  withoutMerge,
  withoutPin,
  withPin,
} from "../../lib/mod.ts";
import { UsageError } from "../context.ts";
import { fullId, indexOf, type OpenCatalogue, savedOf } from "./entries.ts";
import type { CatalogueOptions } from "./options.ts";

/** What a change comes to. */
export interface Change {
  decisions: HandDecisions;
  /** What was done, a line each. */
  said: string[];
}

/** When a pin holds. */
const LATER = "holds from the next `deno task train` on";

/**
 * The decisions after what a command line asks for.
 *
 * @param now Milliseconds since the epoch.
 * @throws {Error} if it makes no sense for these templates.
 */
export function changeOf(options: CatalogueOptions, open: OpenCatalogue, now: number): Change {
  const { action, names: [name], by } = options;
  if (action === "merge") return mergeAll(options.names, open, now);
  if (action === "pin") return pinOne(name, open, now);
  if (action === "unpin") return unpinOne(name, open, now);
  return by === null ? unmergeAll(name, open, now) : splitBy(name, by, options.slot, open, now);
}

/** Everything into the first that the model knows; a new one into another new one else. */
function mergeAll(ids: readonly string[], { catalogue }: OpenCatalogue, now: number): Change {
  const indices = ids.map((id) => indexOf(catalogue, id));
  for (const index of indices) {
    if (!catalogue.isPinned(index)) continue;
    throw new Error(`Cannot merge ${catalogue.template(index).id}: it is pinned, and a pin is what it says`);
  }
  const place = Math.max(0, indices.findIndex((index) => index < catalogue.frozen));
  const root = savedOf(catalogue, indices[place]);
  let { decisions } = catalogue;
  const said: string[] = [];
  for (const index of indices.filter((_, i) => i !== place)) {
    const from = savedOf(catalogue, index);
    decisions = withMerge(decisions, from, root, now);
    const later = index < catalogue.frozen ? "; counted together from the next `deno task train` on" : "";
    said.push(`merged ${from.id} into ${mergedInto(decisions, from.id)!.id}: ${from.text}${later}`);
  }
  return { decisions, said };
}

/** Takes apart what was merged: one template out of another, or all out of one. */
function unmergeAll(id: string, { catalogue }: OpenCatalogue, now: number): Change {
  let { decisions } = catalogue;
  const named = fullId(id, decisions.merges.flatMap(({ from, into }) => [from.id, into.id]));
  const own = decisions.merges.find(({ from }) => from.id === named);
  const parts = own ? [own] : decisions.merges.filter(({ into }) => into.id === named);
  if (parts.length === 0) {
    const { id: known } = catalogue.template(indexOf(catalogue, id));
    throw new Error(
      `Cannot split ${known}: nobody merged it with another; --by WORD takes out the lines with a word in a value`,
    );
  }
  const said = parts.map(({ from, into }) => {
    decisions = withoutMerge(decisions, from.id, now);
    const counted = catalogue.numberOf(from) === catalogue.numberOf(into);
    const later = counted
      ? "; counted apart from the next `deno task train` on, or from when it is seen again"
      : "";
    return `split ${from.id} from ${into.id}: ${from.text}${later}`;
  });
  return { decisions, said };
}

/** Pins the text with the word in the place of one value. */
function splitBy(
  name: string,
  word: string,
  slot: number | null,
  { catalogue, stream }: OpenCatalogue,
  now: number,
): Change {
  const { id, text } = catalogue.template(indexOf(catalogue, name)), parts = text.split("<*>");
  if (parts.length === 1) throw new Error(`Cannot split ${id}: it has no values: ${text}`);
  if (slot === null && parts.length > 2) {
    throw new UsageError(
      `Cannot split ${id}: say which value holds "${word}", by --slot 1 to ${parts.length - 1}: ${
        numbered(text)
      }`,
    );
  }
  const at = slot ?? 1;
  if (at >= parts.length) {
    throw new UsageError(`Cannot split ${id}: it has no value ${at}: ${numbered(text)}`);
  }
  if (word.includes("<*>") || word.trim() === "") throw new UsageError("Cannot split: --by takes a word");
  if (redactorOf(stream.settings)(word) !== word) {
    throw new Error(`Cannot split ${id}: the word is a secret or personal, and no template holds such`);
  }
  const pin = pinText(parts.slice(0, at).join("<*>") + word + parts.slice(at).join("<*>"));
  const decisions = withPin(catalogue.decisions, { text: pin, of: id }, templateId(pin), now);
  return { decisions, said: [`split ${templateId(pin)} from ${id}: ${pin}; it ${LATER}`] };
}

/** A text with its values numbered: `took <1> ms for <2>`. */
export function numbered(text: string): string {
  let number = 0;
  return text.replaceAll("<*>", () => `<${++number}>`);
}

function pinOne(name: string, { catalogue, stream }: OpenCatalogue, now: number): Change {
  const isId = /^[0-9a-f]{4,16}$/.test(name);
  const said = isId ? catalogue.template(indexOf(catalogue, name)).text : name;
  const text = pinText(redactorOf(stream.settings)(said));
  if (stream.settings.templates?.pins.includes(text)) {
    throw new Error(`Cannot pin \`${text}\`: the settings pin it already`);
  }
  const decisions = withPin(catalogue.decisions, { text, of: null }, templateId(text), now);
  return { decisions, said: [`pinned ${templateId(text)}: ${text}; it ${LATER}`] };
}

function unpinOne(name: string, { catalogue, stream }: OpenCatalogue, now: number): Change {
  const { pins } = catalogue.decisions, settings = stream.settings.templates?.pins ?? [];
  const wanted = fullId(name, [...pins.map(({ text }) => text), ...settings].map((text) => templateId(text)));
  const kept = /[\p{L}\p{N}]/u.test(name.replaceAll("<*>", ""))
    ? pinText(redactorOf(stream.settings)(name))
    : null;
  const isWanted = (text: string) => text === kept || templateId(text) === wanted;
  const pin = pins.find(({ text }) => isWanted(text));
  if (pin !== undefined) {
    const id = templateId(pin.text);
    const decisions = withoutPin(catalogue.decisions, pin.text, id, now);
    return {
      decisions,
      said: [`unpinned ${id}: ${pin.text}; it is mined from the next \`deno task train\` on`],
    };
  }
  const inSettings = settings.find(isWanted);
  throw new Error(
    inSettings === undefined
      ? `Cannot unpin ${name}: nothing of this id or text is pinned`
      : `Cannot unpin \`${inSettings}\`: the settings pin it; take it out under \`templates: pins:\` and train anew`,
  );
}

/** The catalogue with other decisions, as it goes into a model. */
export function decidedCatalogue(catalogue: Catalogue, { decisions }: Change): Catalogue {
  return catalogue.decided(decisions);
}
