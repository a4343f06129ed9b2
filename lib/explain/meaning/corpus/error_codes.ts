/** The codes alone, so that a code tells what it means where no word does. */
import { CODES } from "../codes.ts";
import type { Software } from "./software.ts";

/** Codes with a number in them; plain numbers behind the word that announces them. */
export const ERROR_CODES: readonly Software[] = [{
  name: "codes",
  words: true,
  messages: Object.fromEntries(
    Object.entries(CODES).map(([category, codes]) => [
      category,
      codes.split(" ").filter((code) => /\d/.test(code)).map((code) =>
        /^\d+$/.test(code) ? `code ${code}` : code
      ),
    ]),
  ),
}];
