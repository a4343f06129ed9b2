/**
 * Visitors: what they ask of nginx, and what the application says about it.
 *
 * @module
 */
import { versionAt } from "./app.ts";
import { SECOND } from "./calendar.ts";
import type { WebRequest } from "./logs.ts";
import type { Random } from "./random.ts";
import { PLANTED_SECRETS } from "./secrets.ts";
import type { Process, Shop } from "./shop.ts";
import { knownBug } from "./traces.ts";
import { AGENTS, CATEGORIES, customer, product, QUERIES, visitorAddress } from "./words.ts";

const SITE = "https://shop.example.com";

/** Someone who looks at some pages. */
class Visit {
  #shop: Shop;
  #random: Random;
  #visitor: { address: string; agent: string };
  #planted: number;
  #referrer: string;
  #user: string;
  #cart: string;

  constructor(shop: Shop, random: Random, planted: number) {
    this.#shop = shop;
    this.#random = random;
    this.#visitor = { address: visitorAddress(random), agent: random.pickEarly(AGENTS) };
    this.#planted = planted;
    this.#referrer = random.chance(.4) ? "-" : "https://search.example.org/";
    this.#user = customer(random);
    this.#cart = random.hex(12);
  }

  /** The whole visit, page after page. */
  run(start: number): void {
    const random = this.#random;
    const pages = 1 + Math.min(24, Math.floor(random.skewed(3)));
    let time = start;
    for (let page = 0; page < pages; page++) {
      this.#page(time);
      if (page === 0) this.#assets(time);
      time += Math.round(random.skewed(14 * SECOND));
    }
  }

  #request(time: number, request: Omit<WebRequest, "address" | "agent">): void {
    this.#shop.web.write(time, { ...this.#visitor, referrer: this.#referrer, ...request }, this.#planted);
  }

  /** The application's line on a page, with how long it took: more while its pages are slow. */
  #served(time: number, median: number, message: (duration: number) => string): void {
    const slow = this.#shop.underWay("latency", "app", time);
    const duration = Math.round(this.#random.skewed(median)) * (slow < 0 ? 1 : this.#shop.plan[slow].size);
    const planted = slow < 0 ? this.#appPlanted(time) : slow;
    this.#shop.app.write(time + 3, "INFO", message(duration), planted);
  }

  /** A visitor of the campaign is one in the application, too. */
  #appPlanted(time: number): number {
    return this.#planted < 0 ? -1 : this.#shop.underWay("traffic_peak", "app", time);
  }

  #page(time: number): void {
    const dice = this.#random.next();
    if (dice < .11) this.#home(time);
    else if (dice < .32) this.#category(time);
    else if (dice < .66) this.#product(time);
    else if (dice < .79) this.#search(time);
    else if (dice < .90) this.#cartPage(time);
    else if (dice < .96) this.#login(time);
    else this.#odd(time);
  }

  #home(time: number): void {
    this.#request(time, { path: "/", size: this.#random.integer(18_200, 18_900) });
    this.#referrer = `${SITE}/`;
  }

  #category(time: number): void {
    const name = this.#random.pickEarly(CATEGORIES), items = this.#random.integer(8, 48);
    const page = this.#random.chance(.3) ? `?page=${this.#random.integer(2, 9)}` : "";
    const size = 9_000 + items * 410;
    this.#request(time, { path: `/category/${name}${page}`, size });
    this.#served(
      time,
      18,
      (duration) => `Catalog category listed name=${name} items=${items} duration=${duration}ms`,
    );
    this.#referrer = `${SITE}/category/${name}`;
  }

  #product(time: number): void {
    const random = this.#random, id = product(random), hit = random.chance(.7) ? "hit" : "miss";
    this.#request(time, { path: `/product/${id}`, size: random.integer(14_000, 26_000) });
    this.#served(
      time,
      14,
      (duration) => `Catalog product served id=${id} cache=${hit} duration=${duration}ms`,
    );
    this.#referrer = `${SITE}/product/${id}`;
    for (let image = random.integer(0, 2); image > 0; image--) {
      const status = random.chance(.3) ? 304 : 200;
      const size = status === 304 ? 0 : random.integer(21_000, 160_000);
      this.#request(time + 300, { path: `/images/products/${id}-${image}.jpg`, status, size });
    }
    if (random.chance(.35)) {
      this.#request(time + 700, { path: `/api/stock/${id}`, size: random.integer(61, 74) });
    }
  }

  #search(time: number): void {
    const query = this.#random.pickEarly(QUERIES), hits = this.#random.integer(0, 64);
    const path = `/search?q=${query.replaceAll(" ", "+")}`;
    this.#request(time, { path, size: 6_200 + hits * 380 });
    this.#served(time, 33, (duration) => `Search query="${query}" hits=${hits} duration=${duration}ms`);
    this.#referrer = SITE + path;
  }

  #cartPage(time: number): void {
    const random = this.#random, id = product(random), quantity = random.integer(1, 4);
    const dice = random.next(), request = random.hex(8);
    if (dice < .004) {
      this.#request(time, { path: "/cart", status: 500, size: 571 });
      this.#shop.app.write(time, "ERROR", knownBug(random, request), this.#appPlanted(time));
    } else if (dice < .6) {
      this.#request(time, {
        method: "POST",
        path: "/cart/items",
        status: 201,
        size: random.integer(180, 340),
      });
      this.#cartAdded(time, id, quantity);
    } else if (dice < .68) {
      this.#request(time, { method: "DELETE", path: `/cart/items/${id}`, status: 204 });
      const message = `Cart item removed cart=${this.#cart} product=${id}`;
      this.#shop.app.write(time, "INFO", message, this.#appPlanted(time));
    } else this.#request(time, { path: "/cart", size: random.integer(7_000, 11_000) });
    this.#referrer = `${SITE}/cart`;
  }

  /** The message that version 4.13.0 changes. */
  #cartAdded(time: number, id: number, quantity: number): void {
    const old = versionAt(this.#shop, time) === "4.12.3";
    const message = old
      ? `Cart item added cart=${this.#cart} product=${id} quantity=${quantity}`
      : `Cart line saved for cart ${this.#cart}: ${quantity} x product ${id} via web`;
    this.#shop.app.write(time, "INFO", message, this.#appPlanted(time));
  }

  #login(time: number): void {
    const random = this.#random, dice = random.next();
    if (dice < .006) {
      const path = `/login?user=${this.#user}&password=${PLANTED_SECRETS.loginPassword}`;
      this.#request(time, { path, status: 302 });
    } else this.#request(time, { method: "POST", path: "/login", status: dice < .12 ? 401 : 302, size: 0 });
    const failed = `Session login failed user=${this.#user} reason=${
      random.chance(.8) ? "password" : "locked"
    }`;
    const opened = `Session opened user=${this.#user} method=${random.chance(.8) ? "password" : "token"}`;
    const planted = this.#appPlanted(time);
    if (dice < .12) this.#shop.app.write(time, "WARN", failed, planted);
    else this.#shop.app.write(time, "INFO", opened, planted);
  }

  /** Account pages, pages that are gone, and visitors who don't wait. */
  #odd(time: number): void {
    const random = this.#random, dice = random.next();
    if (dice < .5) {
      this.#request(time, { path: `/account/orders/${random.integer(40_000, 48_000)}`, size: 8_211 });
    } else if (dice < .75) {
      this.#request(time, { path: `/product/${random.integer(1, 999)}`, status: 404, size: 1_932 });
    } else if (dice < .9) {
      this.#request(time, { path: `/search?q=${random.pick(QUERIES).replaceAll(" ", "+")}`, status: 499 });
    } else this.#request(time, { path: `/old/${random.pick(CATEGORIES)}.html`, status: 301, size: 169 });
  }

  #assets(time: number): void {
    for (const file of ["shop.css", "shop.js", "icons.svg"]) {
      if (!this.#random.chance(.55)) continue;
      const status = this.#random.chance(.4) ? 304 : 200;
      const size = status === 304 ? 0 : this.#random.integer(9_000, 84_000);
      this.#request(time + 120, { path: `/assets/${file}?v=412`, status, size, referrer: `${SITE}/` });
    }
  }
}

/** Visitors of usual days, and those that a campaign brings. */
export function visits(shop: Shop): Process[] {
  const usual = shop.random("visits"), campaign = shop.random("campaign");
  const extra = (time: number) => {
    const planted = shop.underWay("traffic_peak", "web", time);
    return planted < 0 ? 0 : (shop.plan[planted].size - 1) * shop.rhythm.at(time);
  };
  return [
    shop.arrivals(usual, 58, (time) => new Visit(shop, usual, -1).run(time)),
    shop.arrivals(campaign, 58, (time) => {
      new Visit(shop, campaign, shop.underWay("traffic_peak", "web", time)).run(time);
    }, extra),
  ];
}
