import assert from "node:assert/strict";
import { digest } from "../../../runner/alert/digest.ts";

Deno.test("digest() is the beginning of a text's SHA-256", () => {
  assert.equal(digest("abc"), "ba7816bf8f01cfea"); // FIPS 180-4, appendix B.1
  assert.notEqual(digest("abd"), digest("abc"));
});
