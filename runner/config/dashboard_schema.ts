/**
 * The section `dashboard` of the settings.
 *
 * @module
 */
import { z } from "zod";
import { filled } from "./values.ts";

/** Whether an address reaches this machine only. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Where pages are served, and who may see them. */
export const dashboardSchema = z.strictObject({
  listen: z.string().regex(/^(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}$/, {
    error: "expected an address and a port such as 127.0.0.1:8765",
  }).default("127.0.0.1:8765").describe(
    "Address and port; other machines reach it only where a token or a trusted header is set.",
  ),
  token_env: filled().optional().meta({
    description: "Environment variable that holds the token that people log in with.",
    examples: ["DEEPSCAN_DASHBOARD_TOKEN"],
  }),
  token_file: filled().optional().meta({
    description: "File that holds it.",
    examples: ["/run/secrets/dashboard_token"],
  }),
  trusted_header: z.string().regex(/^[A-Za-z0-9-]+$/, { error: "expected the name of a header" }).optional()
    .meta({
      description:
        "Header in which a reverse proxy says who is logged in; requests without it, or from elsewhere, are refused.",
      examples: ["X-Forwarded-User"],
    }),
  trusted_proxies: z.array(filled()).default(["127.0.0.1", "::1"]).describe(
    "Addresses of the reverse proxy, as seen from here: only they are believed.",
  ),
  base_url: z.url({ protocol: /^https?$/, error: "expected an address such as https://deepscan.example.com" })
    .optional().meta({
      description:
        "What people reach it by, where that is not the address it listens on; a path is put before all links.",
      examples: ["https://deepscan.example.com"],
    }),
  read_only: z.boolean().default(false).describe("Whether nothing can be changed from the pages."),
}).refine(({ token_env, token_file }) => token_env === undefined || token_file === undefined, {
  error: "expected token_env or token_file, not both",
}).refine(
  ({ listen, token_env, token_file, trusted_header }) =>
    isLoopback(listen.replace(/:\d+$/, "")) || (token_env ?? token_file ?? trusted_header) !== undefined,
  {
    error:
      "other machines could read everything: expected token_env, token_file or trusted_header, or a loopback address such as 127.0.0.1:8765",
    path: ["listen"],
  },
).prefault({});

/** Settings of the dashboard. */
export type DashboardConfig = z.output<typeof dashboardSchema>;
