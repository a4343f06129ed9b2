/**
 * What machines ask for: whether the service works, its metrics, and what changes.
 *
 * @module
 */
import type { Hono } from "hono";
import { CONTENT_TYPE } from "../../health/exposition.ts";
import { jsonHealth } from "../../health/health_json.ts";
import { healthStatus } from "../../health/status.ts";
import type { Asked, Env } from "../requests.ts";
import type { Site } from "../site.ts";
import { metricsText } from "./metrics.ts";

/** Adds the routes: `/healthz` tells how DeepScan does, `/readyz` whether these pages have something to show. */
export function addServiceRoutes(app: Hono<Env>, site: Site): void {
  app.get("/healthz", (asked) => healthAnswer(asked, site));
  app.get("/readyz", (asked) => {
    site.source.refresh();
    const isReady = site.source.state !== null;
    return asked.json({ status: isReady ? "ok" : "there was no run yet" }, isReady ? 200 : 503);
  });
  app.get("/metrics", (asked) => {
    site.source.refresh();
    return asked.body(metricsText(site), 200, { "content-type": CONTENT_TYPE });
  });
  app.get("/events", (asked) => {
    const events = site.live.listen(asked.req.header("last-event-id") ?? null);
    if (events === null) {
      return asked.json({ error: "As many pages listen as can" }, 503, { "retry-after": "30" });
    }
    return asked.body(events, 200, {
      ...{ "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
    });
  });
  app.get("/assets/*", (asked) => {
    const file = site.assets.at(asked.req.path);
    if (file === null) return asked.notFound();
    const lasting = "public, max-age=31536000, immutable";
    return asked.body(file.bytes, 200, { "content-type": file.type, "cache-control": lasting });
  });
}

/** What `deepscan health --json` says; whoever is not let is told no more than whether all is well. */
function healthAnswer(asked: Asked, { source }: Site): Response {
  source.refresh();
  const { config: { health }, health: snapshot } = source, now = source.now();
  const status = healthStatus(snapshot, { ...health, now });
  const { isLet } = asked.get("asker"), { healthy } = status;
  return asked.json(isLet ? jsonHealth(snapshot, status, now) : { healthy }, healthy ? 200 : 503);
}
