/**
 * Secrets that stand in the sample's lines so that redaction can be shown. None of them opens anything.
 *
 * @module
 */

/** Every planted secret: none of these may be found in a template, an alert, a page or a report. */
export const PLANTED_SECRETS = {
  loginPassword: "not-a-real-password-17",
  exportToken: "sk_test_NotARealKey000000000000",
  bearerToken: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzYW1wbGUifQ.bm90LWEtcmVhbC1zaWduYXR1cmU",
  cardNumber: "4111 1111 1111 1111",
  databasePassword: "made-up-db-secret-4",
  ratesPassword: "made-up-rates-secret-9",
} as const;
