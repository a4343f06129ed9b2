/**
 * Lines of measures as plain data, templates by id.
 *
 * @module
 */
import type { TemplateNames } from "../../feature/event_window.ts";
import { savedFields } from "../../record/saved_fields.ts";
import { VALUE_KINDS } from "../../template/parameter/kind.ts";
import type { Measured } from "./measures.ts";
import type { RunLine, SlotLine } from "./slot_line.ts";

const { amount, fieldsOf, integer, nullOr, text } = savedFields("values of sessions");

/** {@linkcode SlotLine} with templates by id; `null` = none. */
export type SavedLine = Omit<SlotLine, "template" | "since"> & {
  template: string | null;
  since: string | null;
};

/** A line as plain data. */
export function saveLine(line: SlotLine, names: TemplateNames): SavedLine {
  return { ...line, template: idOf(line.template, names), since: idOf(line.since, names) };
}

/** Names what is measured, whatever numbers templates have. */
export function measureName({ template, since, slot }: Measured, names: TemplateNames): string {
  return [idOf(template, names) ?? "", idOf(since, names) ?? "", slot].join(" ");
}

function idOf(template: number, names: TemplateNames): string | null {
  return template < 0 ? null : names.id(template);
}

function readRun(saved: unknown, path: string): RunLine {
  const { level, line, usual } = fieldsOf(saved, path);
  return {
    level: amount(level, `${path}.level`),
    line: amount(line, `${path}.line`),
    usual: amount(usual, `${path}.usual`),
  };
}

/**
 * A line from its saved form; `null` where a template of it is gone.
 *
 * @throws {TypeError} if it is not what {@linkcode saveLine} gives.
 */
export function readLine(saved: unknown, path: string, names: TemplateNames): SlotLine | null {
  const fields = fieldsOf(saved, path), at = (name: string) => `${path}.${name}`;
  const indexOf = (name: "template" | "since") => {
    const id = nullOr(fields[name], at(name), text);
    return { is: id !== null, index: id === null ? -1 : names.indexOf(id) };
  };
  const template = indexOf("template"), since = indexOf("since");
  const read = (name: "middle" | "level" | "line" | "upper" | "high" | "usual") =>
    amount(fields[name], at(name));
  const line = {
    template: template.index,
    slot: text(fields.slot, at("slot")),
    since: since.index,
    kind: integer(fields.kind, at("kind"), 0, VALUE_KINDS.length - 1),
    middle: read("middle"),
    level: read("level"),
    line: read("line"),
    upper: read("upper"),
    high: read("high"),
    usual: read("usual"),
    run: nullOr(fields.run, at("run"), readRun),
  };
  return [template, since].some(({ is, index }) => is && index < 0) ? null : line;
}
