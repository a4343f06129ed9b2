/**
 * Stack traces, as Node and a Java virtual machine print them.
 *
 * @module
 */
import type { Random } from "./random.ts";

/** The lines under a Node error; `file:line` of the first frame is given. */
export function nodeTrace(message: string, frames: readonly string[]): string {
  const tail = [
    "Layer.handle (/srv/shop/node_modules/router/lib/layer.js:95:5)",
    "next (/srv/shop/node_modules/router/lib/route.js:149:13)",
    "process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
  ];
  return [message, ...[...frames, ...tail].map((frame) => `    at ${frame}`)].join("\n");
}

/** The lines under a Java exception, with its cause. */
export function javaTrace(exception: string, frames: readonly string[], cause?: string): string {
  const lines = [exception, ...frames.map((frame) => `\tat com.example.shop.${frame}`)];
  lines.push(
    "\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)",
  );
  lines.push("\tat java.base/java.lang.Thread.run(Thread.java:1583)");
  if (cause) lines.push(`Caused by: ${cause}`, `\t... ${frames.length + 2} more`);
  return lines.join("\n");
}

/** The shop's one well-known bug. */
export function knownBug(random: Random, request: string): string {
  const error = "TypeError: Cannot read properties of undefined (reading 'price')";
  const frames = [
    `priceOf (/srv/shop/src/cart/total.js:${random.pick([41, 41, 58])}:23)`,
    "Array.reduce (<anonymous>)",
    "cartTotal (/srv/shop/src/cart/total.js:33:16)",
    "CartController.show (/srv/shop/src/cart/controller.js:72:19)",
  ];
  return nodeTrace(`HttpServer unhandled error request=${request}\n${error}`, frames);
}
