/**
 * Learned headers as people read them.
 *
 * @module
 */
import type { Field } from "../../../lib/record/learned/field.ts";
import type { Header } from "../../../lib/record/learned/header.ts";

/** A header, a line for each layout. */
export function describeHeader(header: Header): string {
  return header.map((fields) => `${describeFields(fields)}{message}`).join("\n");
}

/** What is fixed as it stands, the rest in braces. */
function describeFields(fields: readonly Field[]): string {
  return fields.map((field, i) => {
    const mark = "service" in field && field.service ? " = service" : "";
    switch (field.kind) {
      case "gap":
        return fields[i - 1]?.kind === "until" ? "" : " ";
      case "text":
        return field.text;
      case "time":
        return `{${field.pattern}${field.used ? "" : " unused"}}`;
      case "level":
        return field.used ? "{level}" : `{level unused}`;
      case "word":
      case "name":
        return field.kind === "word" ? `{word${mark}}` : `{name${mark}}:`;
      case "shape":
        return `{${field.shape}}`;
      case "rest":
        return `{…${field.level ? " level" : ""}${mark}}${field.close}`;
      case "until":
        return `{…${mark}}${field.text}`;
      case "optional":
        return `(${describeFields(field.fields)})?`;
    }
  }).join("");
}
