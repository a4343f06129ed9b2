/**
 * What a miner has learned, as templates and as a catalogue.
 *
 * @module
 */
import type { CatalogueSnapshot } from "./catalogue_snapshot.ts";
import { type Form, formText } from "./form.ts";
import type { Ledger } from "./ledger.ts";
import type { Lineage } from "./lineage.ts";
import { richestForm } from "./richest_form.ts";
import { saveForm } from "./saved_form.ts";
import { TEMPLATE_VERSION } from "./snapshot.ts";
import type { Template } from "./template.ts";

/** What a miner knows of its templates. */
export interface Learned {
  lineage: Lineage;
  ledger: Ledger;
  /** Live forms by index. */
  forms: ReadonlyMap<number, Form>;
  /** Texts of templates without a live form, by index. */
  texts: ReadonlyMap<number, string>;
  /** Keys of sequences and their indices. */
  sequences: ReadonlyMap<number, number>;
  /** Keys of outlines and their indices. */
  outlines: [number, number][];
}

/** All templates by the index of their root, oldest first. */
export function templatesOf({ lineage, ledger, forms, texts }: Learned): Map<number, Template> {
  const members = new Map<number, Form[]>(), templates = new Map<number, Template>();
  for (let index = 0; index < ledger.size; index++) {
    const root = lineage.root(index), form = forms.get(index);
    let template = templates.get(root);
    if (!template) {
      template = { id: lineage.name(root).id, text: "", severity: 0, count: 0, provisional: false };
      templates.set(root, template);
      members.set(root, []);
    }
    template.count += ledger.counts[index];
    template.severity = Math.max(template.severity, ledger.severities[index]);
    template.text ||= texts.get(index) ?? "";
    if (form) members.get(root)!.push(form);
  }
  for (const [root, group] of members) {
    if (group.length === 0) continue;
    templates.get(root)!.text = formText(richestForm(group, (form) => ledger.counts[form.index]));
  }
  return templates;
}

/** The templates as they are now, numbered from 0 in order of birth, and the number of every index given so far. */
export function frozenTemplates(learned: Learned): { snapshot: CatalogueSnapshot; map: Int32Array } {
  const { lineage, forms, sequences, outlines } = learned, templates = templatesOf(learned);
  const numbers = new Map([...templates.keys()].map((root, i) => [root, i]));
  const map = Int32Array.from({ length: lineage.size }, (_, index) => numbers.get(lineage.root(index))!);
  const merged = [...map.keys()].filter((index) => lineage.root(index) !== index);
  const snapshot: CatalogueSnapshot = {
    kind: "catalogue",
    version: TEMPLATE_VERSION,
    templates: [...templates].map(([root, { text, severity, count }]) => ({
      ...lineage.name(root),
      text,
      severity,
      count,
    })),
    merged: merged.map((index) => [lineage.name(index), map[index]]),
    forms: [...forms.values()].sort((a, b) => a.index - b.index)
      .map((form) => ({ template: map[form.index], form: saveForm(form) })),
    sequences: [...sequences].map(([key, index]) => [key, map[index]]),
    outlines: outlines.map(([key, index]) => [key, map[index]]),
  };
  return { snapshot, map };
}
