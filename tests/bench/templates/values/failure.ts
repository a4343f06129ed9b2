/**
 * Texts of exceptions, with values of their own.
 *
 * @module
 */
import type { World } from "./world.ts";

/** A text that is put together anew each time. */
export type Draw = () => string;

/** Ways to fail, of which a log's events have a few each. */
export function failures(world: World, address: Draw, path: Draw): Draw[] {
  const { random, words, classes, half } = world,
    word = () => random.pick(words),
    number = () => random.integer(1, 9000);
  const any: Draw[][] = [[
    ...[
      () => "Connection reset by peer",
      () => "timed out",
      () => "Broken pipe",
      () => `No route to host: ${address()}`,
    ],
    ...[
      () => `Connection refused (${address()})`,
      () => `disk quota exceeded`,
      () => `unexpected end of stream`,
    ],
    ...[
      () => `Request failed with status code ${random.pick([400, 404, 500, 503])}`,
      () => `no reply after ${number()} ms`,
    ],
    ...[
      () => `${path()}: Permission denied`,
      () => `bad magic number`,
      () => `invalid value "${word()}" for field ${word()}`,
    ],
  ], [
    ...[
      () => "Address already in use",
      () => "Operation not permitted",
      () => "Too many open files",
      () => `lookup ${word()}: no such host`,
    ],
    ...[
      () => `deadline exceeded after ${number()}ms`,
      () => `checksum mismatch at offset ${number()}`,
      () => "end of file reached",
    ],
    ...[
      () => `cannot parse '${word()}' as a date`,
      () => `${path()} does not exist`,
      () => `server returned ${random.pick([401, 403, 429, 502])}`,
    ],
    ...[
      () => `duplicate key ${word()}`,
      () => `${address()} closed the connection`,
      () => `quota of ${number()} bytes is used up`,
    ],
  ]];
  return [
    ...any[half],
    ...OWN[world.language].map((make) => () => make(word(), number(), random.pick(classes))),
  ];
}

/** Texts that only one language's runtime writes. */
const OWN: Record<World["language"], ((word: string, number: number, type: string) => string)[]> = {
  python: [
    (word) => `'NoneType' object has no attribute '${word}'`,
    (word) => `[Errno 2] No such file or directory: '/etc/${word}.conf'`,
    () => "[Errno 111] Connection refused",
    (word) => `KeyError: '${word}'`,
    (word) => `invalid literal for int() with base 10: '${word}'`,
    (word, number) =>
      `HTTPSConnectionPool(host='${word}.example.com', port=${number}): Read timed out. (read timeout=${
        number % 60
      })`,
    () => "",
  ],
  java: [
    () => "java.io.IOException: Broken pipe",
    (word, number) =>
      `java.net.ConnectException: Connection refused: ${word}/10.0.3.${number % 250}:${number}`,
    () => "java.lang.NullPointerException",
    (_, number) => `java.util.concurrent.TimeoutException: no reply after ${number} ms`,
    (word) => `java.lang.IllegalStateException: ${word} is closed`,
    (_, __, type) => `${type}: java.lang.InterruptedException`,
    () => "null",
  ],
  npm: [
    (word, number) => `connect ECONNREFUSED 127.0.0.1:${number} (${word})`,
    (word) => `Error: ENOENT: no such file or directory, open '/srv/${word}.json'`,
    () => "socket hang up",
    (word) => `TypeError: Cannot read properties of undefined (reading '${word}')`,
    (word) => `Error: getaddrinfo ENOTFOUND ${word}.example.com`,
    (_, number) => `Unexpected token < in JSON at position ${number}`,
  ],
};
