/**
 * The checkout: each order is a row of steps, and every line of it names the order.
 *
 * @module
 */
import { HOUR, MINUTE, SECOND } from "./calendar.ts";
import { Faults } from "./order_faults.ts";
import { Flow } from "./order_flow.ts";
import type { Random } from "./random.ts";
import { PLANTED_SECRETS } from "./secrets.ts";
import { type Process, type Shop, STEADY } from "./shop.ts";
import { amount, visitorAddress } from "./words.ts";

/** From the cart to the reservation. */
function begin(flow: Flow, random: Random, price: string): void {
  const items = random.integer(1, 6);
  flow.step("cart", "CartValidator", `cart validated items=${items} total=${price} EUR`, 5);
  if (random.chance(.12)) {
    flow.step("coupon", "CouponService", `coupon SPRING${random.integer(10, 99)} applied -5.00 EUR`);
  }
  const country = random.pick(["DE", "AT", "NL", "FR", "BE"]);
  flow.step(
    "address",
    "AddressService",
    `address checked country=${country} in ${random.integer(20, 60)} ms`,
  );
  if (random.chance(.04)) {
    flow.step("corrected", "AddressService", `postal code corrected to ${random.integer(10_000, 99_999)}`);
  }
  if (random.chance(.03)) {
    flow.step("back-order", "InventoryService", `1 of ${items} items back-ordered`, 60, "WARN");
  }
  flow.step(
    "reserved",
    "InventoryService",
    `reserved ${items} items warehouse=${random.pick(["north", "south", "east"])}`,
  );
  const score = random.chance(.985) ? random.integer(1, 39) : random.integer(71, 95);
  flow.step("score", "FraudService", `risk score ${score} of 100`, 90);
  if (score < 70) return;
  flow.step("held", "FraudService", "held for review", 20, "WARN");
  flow.step("released", "FraudService", `released by ops${random.integer(1, 2)}`, 4 * MINUTE);
}

/** The payment; false if the customer gave up. */
function pay(flow: Flow, random: Random, price: string): boolean {
  const method = random.pick(["card", "card", "card", "wallet", "transfer"]);
  flow.step(
    "requested",
    "PaymentService",
    `payment requested method=${method} amount=${price} EUR`,
    8 * SECOND,
  );
  if (random.chance(.015)) {
    flow.step("retry", "PaymentService", "gateway slow, attempt 2", 2 * SECOND, "WARN");
  }
  if (random.chance(.06)) {
    const reason = random.chance(.05)
      ? `card ${PLANTED_SECRETS.cardNumber} not accepted`
      : random.pick(["insufficient funds", "expired card", "limit reached"]);
    flow.step("declined", "PaymentService", `payment declined: ${reason}`, 400, "WARN");
    if (random.chance(.45)) {
      flow.step("cancelled", "OrderService", "cancelled by customer", 30 * SECOND);
      flow.step("freed", "InventoryService", "reservation released", 40);
      return false;
    }
    flow.step(
      "requested",
      "PaymentService",
      `payment requested method=wallet amount=${price} EUR`,
      25 * SECOND,
    );
  }
  const duration = Math.round(random.skewed(400));
  flow.step(
    "authorised",
    "PaymentService",
    `payment authorised code=${random.hex(6)} in ${duration} ms`,
    duration,
  );
  return true;
}

/** From the invoice to the end. */
function finish(flow: Flow, random: Random): void {
  const parcel = `${random.pick(["post", "express"])} tracking=${random.hex(10)}`;
  flow.step("invoice", "InvoiceService", `invoice R2026-${flow.key} created`, 80);
  flow.step("committed", "InventoryService", "stock booked", 60);
  flow.step("parcel", "ShippingService", `parcel booked carrier=${parcel}`, 300);
  flow.step("mail", "MailService", "confirmation queued", 70);
  flow.step("done", "OrderService", `completed in ${random.integer(9, 60)} s`, 50);
}

/** Every order from its first line to its last, with what nginx sees of it; without `faults` it is the campaign's. */
function takeOrders(shop: Shop, random: Random, faults: Faults | null): (time: number) => void {
  let key = faults === null ? 90_000 : 48_200;
  return (time) => {
    const flow = new Flow(`${++key}`, time, random), price = amount(random);
    begin(flow, random, price);
    if (pay(flow, random, price)) finish(flow, random);
    const address = visitorAddress(random);
    const peak = faults === null ? shop.underWay("traffic_peak", "checkout", time) : -1;
    const planted = faults === null ? -1 : faults.apply(flow, time);
    shop.orders.push({ key: flow.key, time: flow.steps[0].time, planted });
    for (const step of flow.steps) {
      shop.checkout.write(step.time, step.level, step.text, Math.max(peak, planted));
    }
    const agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:134.0) Gecko/20100101 Firefox/134.0";
    const visitor = { address, agent }, path = `/checkout/${flow.key}`, size = random.integer(5_000, 5_600);
    const webPeak = faults === null ? shop.underWay("traffic_peak", "web", time) : -1;
    shop.web.write(time, { ...visitor, method: "POST", path, status: 303 }, webPeak);
    const last = flow.steps.at(-1)!, page = { done: "done", freed: "cancelled" }[last.name];
    if (page) shop.web.write(last.time, { ...visitor, path: `${path}/${page}`, size }, webPeak);
  };
}

/** Orders, and what the checkout says between them. */
export function checkout(shop: Shop): Process[] {
  const usual = shop.random("orders"), campaign = shop.random("campaign orders");
  const pool = shop.random("checkout pool");
  const extra = (time: number) => {
    const planted = shop.underWay("traffic_peak", "checkout", time);
    return planted < 0 ? 0 : (shop.plan[planted].size - 1) * shop.rhythm.at(time);
  };
  return [
    shop.arrivals(usual, 24, takeOrders(shop, usual, new Faults(shop))),
    shop.arrivals(campaign, 24, takeOrders(shop, campaign, null), extra),
    shop.regularly(pool, MINUTE, (time) => {
      const active = Math.round(pool.skewed(1 + 2 * shop.rhythm.at(time)));
      shop.checkout.write(
        time,
        "INFO",
        `GatewayPool - connections active=${active} idle=${pool.integer(1, 6)}`,
      );
    }, { offset: 41 * SECOND }),
    shop.regularly(pool, HOUR, (time) => {
      shop.checkout.write(
        time,
        "INFO",
        `OrderService - open carts=${pool.integer(12, 90)} oldest=${pool.integer(2, 46)} minutes`,
      );
    }),
    shop.arrivals(pool, .12, (time) => {
      shop.checkout.write(
        time,
        "WARN",
        `GatewayPool - connection ${pool.hex(6)} closed by peer, reconnecting`,
      );
    }, STEADY),
  ];
}
