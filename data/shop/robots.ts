/**
 * Programs that visit the shop: health checks, crawlers, partners, and requests that hardly anyone makes.
 *
 * @module
 */
import { HOUR, SECOND } from "./calendar.ts";
import { PLANTED_SECRETS } from "./secrets.ts";
import { type Process, type Shop, STEADY } from "./shop.ts";
import { AGENTS, CATEGORIES, CRAWLERS, product, visitorAddress } from "./words.ts";

const RARE_REQUESTS: readonly (readonly [path: string, status: number, size: number])[] = [
  ["/robots.txt", 200, 124],
  ["/sitemap.xml", 200, 48_212],
  ["/favicon.ico", 404, 1_932],
  ["/apple-touch-icon.png", 404, 1_932],
  ["/.well-known/security.txt", 200, 312],
  ["/wp-login.php", 404, 1_932],
  ["/account/export", 403, 571],
  ["/search?q=%E2%82%AC+5", 400, 166],
  ["/gift/card", 503, 206],
];

/** Crawlers, the load balancer's checks and other programs. */
export function robots(shop: Shop): Process[] {
  const random = shop.random("robots");
  const health = { address: "192.0.2.10", agent: "HealthCheck/1.1", path: "/healthz", size: 15 };
  const crawl = (time: number) => {
    const path = random.chance(.85) ? `/product/${product(random)}` : `/category/${random.pick(CATEGORIES)}`;
    const status = random.chance(.04) ? 404 : 200;
    const size = status === 404 ? 1_932 : random.integer(14_000, 26_000);
    shop.web.write(time, { ...random.pick(CRAWLERS), path, status, size });
  };
  const rare = (time: number) => {
    const address = visitorAddress(random), agent = random.pick(AGENTS);
    const [path, status, size] = random.pick(RARE_REQUESTS);
    shop.web.write(time, { address, agent, path, status, size });
  };
  const partner = { address: "192.0.2.130", agent: "PartnerExport/3.0" };
  const token = `/api/export?token=${PLANTED_SECRETS.exportToken}`;
  return [
    shop.regularly(random, 30 * SECOND, (time) => shop.web.write(time, health)),
    shop.arrivals(random, 26, crawl, STEADY),
    shop.arrivals(random, 2.5, rare),
    shop.regularly(random, 6 * HOUR, (time) => {
      shop.web.write(time, { ...partner, path: token, size: random.integer(410_000, 452_000) });
    }, { offset: HOUR / 2 }),
  ];
}
