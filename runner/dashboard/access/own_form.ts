/**
 * Whether what would change something was sent by a page of this very session.
 *
 * @module
 */
import type { Asked, Problem } from "../requests.ts";
import type { Site } from "../site.ts";
import type { Fields } from "./form_body.ts";
import { foreignOrigin } from "./request_origin.ts";

/** Header that scripts send the proof in; forms send it in the field `csrf`. */
const HEADER = "x-csrf-token";

/** Why a request is refused that would change something; `null` = it is not. */
export function refusedForm(asked: Asked, fields: Fields, { gate, source }: Site): Problem | null {
  const { session } = asked.get("asker");
  if (session === null) return null; // a program that brought its token: nobody else can have it do so
  const foreign = foreignOrigin(asked.req.raw.headers, source.config.dashboard.base_url);
  if (foreign !== "") return { status: 403, text: `Cannot do that: ${foreign}` };
  const proof = asked.req.header(HEADER) ?? fields.csrf ?? "";
  if (gate.sessions.isOwn(session.id, proof)) return null;
  return { status: 403, text: "Cannot do that: the page is too old; load it again, then try once more" };
}
