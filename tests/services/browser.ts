/**
 * A real browser: Chromium without a window, driven by its DevTools protocol.
 *
 * @module
 */

/** A page that is open. */
export interface BrowserPage {
  /** What the page complained of and asked for beside itself: console messages, exceptions, requests. */
  complaints: string[];
  /** Value of an expression, or what it promises, evaluated by the tools, not by the page: its security policy doesn't matter. */
  evaluate(expression: string): Promise<unknown>;
  /**
   * Waits until an expression is true, whatever other pages come meanwhile.
   *
   * @throws {Error} if it is not within {@linkcode PATIENCE}.
   */
  until(expression: string): Promise<void>;
  /** Presses keys, one after the other: a character, or `Enter`, `Tab`, `Escape`. */
  press(...keys: string[]): Promise<void>;
  /** Drags the pointer from one point to another, in pixels of what is seen. */
  drag(from: Point, to: Point): Promise<void>;
  /** Shows it otherwise. */
  show(options: Pick<PageOptions, "width" | "colourScheme" | "media">): Promise<void>;
  /** What it looks like, as PNG. */
  picture(): Promise<Uint8Array<ArrayBuffer>>;
  /** The page on paper: how many sheets, as its own style sheet wants them. */
  print(): Promise<number>;
  close(): Promise<void>;
}

/** A place in a page. */
export interface Point {
  x: number;
  y: number;
}

/** How long something in a page may take, and between two looks at it, ms. */
export const PATIENCE = 30_000;
const PAUSE = 20;

/** How a page is shown. */
export interface PageOptions {
  width: number;
  colourScheme: "light" | "dark";
  /** What it is shown on; default `screen`. */
  media?: "screen" | "print";
  /** Whether the network is off. */
  offline?: boolean;
  /** Addresses that can't be reached; `*` stands for anything. */
  blocked?: string[];
}

/** A running browser. */
export interface Browser extends AsyncDisposable {
  /** Opens an address and waits until it is loaded. */
  open(address: string, options: PageOptions): Promise<BrowserPage>;
}

/** No network at all. */
const OFFLINE = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 };

interface Incoming {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** Starts Chromium with a profile of its own. */
export async function startBrowser(): Promise<Browser> {
  const profile = await Deno.makeTempDir();
  const child = new Deno.Command("chromium", {
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"],
      ...[`--user-data-dir=${profile}`, "--no-first-run", "--disable-background-networking", "about:blank"],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const { address, drained } = await devToolsAddress(child.stderr);
  const tools = await DevTools.connect(address);
  return {
    open: (address, options) => openPage(tools, address, options),
    [Symbol.asyncDispose]: async () => {
      await tools.send("Browser.close");
      await child.status;
      await drained;
      await tools.closed;
      await Deno.remove(profile, { recursive: true });
    },
  };
}

async function devToolsAddress(
  stderr: ReadableStream<Uint8Array>,
): Promise<{ address: string; drained: Promise<void> }> {
  const reader = stderr.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let said = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Cannot start Chromium: it said ${said}`);
    said += value;
    const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (address !== undefined) return { address, drained: drain(reader) };
  }
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}

/** Commands and events over one socket. */
class DevTools {
  readonly closed: Promise<void>;
  #next = 1;
  #waiting = new Map<
    number,
    { done: (result: Record<string, unknown>) => void; failed: (error: Error) => void }
  >();
  #listeners = new Set<(message: Incoming) => void>();

  private constructor(private readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.onclose = () => resolve());
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
  }

  static async connect(address: string): Promise<DevTools> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return new DevTools(socket);
  }

  send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    const id = this.#next++;
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((done, failed) => this.#waiting.set(id, { done, failed }));
  }

  listen(sessionId: string, listener: (method: string, params: Record<string, unknown>) => void): void {
    this.#listeners.add((message) => {
      if (message.sessionId === sessionId && message.method !== undefined) {
        listener(message.method, message.params ?? {});
      }
    });
  }

  #receive(message: Incoming): void {
    if (message.id === undefined) return this.#listeners.forEach((listener) => listener(message));
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error !== undefined) {
      waiting?.failed(new Error(`Cannot drive Chromium: ${message.error.message}`));
    } else waiting?.done(message.result ?? {});
  }
}

async function openPage(tools: DevTools, address: string, options: PageOptions): Promise<BrowserPage> {
  const { targetId } = await tools.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await tools.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method: string, params: object = {}) => tools.send(method, params, String(sessionId));
  const complaints: string[] = [];
  const loaded = new Promise<void>((resolve) =>
    tools.listen(String(sessionId), (method, params) => {
      if (method === "Page.loadEventFired") resolve();
      const complaint = complaintOf(method, params, address);
      if (complaint !== "") complaints.push(complaint);
    })
  );
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  await show(send, options);
  if (options.blocked !== undefined) await send("Network.setBlockedURLs", { urls: options.blocked });
  if (options.offline) await send("Network.emulateNetworkConditions", OFFLINE);
  await send("Page.navigate", { url: address });
  await loaded;
  return {
    complaints,
    evaluate: (expression) => evaluate(send, expression),
    until: (expression) => until(send, expression),
    press: async (...keys) => {
      for (const key of keys) await press(send, key);
    },
    drag: (from, to) => drag(send, from, to),
    show: (changed) => show(send, changed),
    picture: async () => Uint8Array.fromBase64((await send("Page.captureScreenshot")).data as string),
    print: async () => {
      const { data } = await send("Page.printToPDF", { printBackground: true, preferCSSPageSize: true });
      return atob(data as string).match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    },
    close: async () => void await tools.send("Target.closeTarget", { targetId }),
  };
}

type Send = (method: string, params?: object) => Promise<Record<string, unknown>>;

async function show(send: Send, { width, colourScheme, media = "screen" }: PageOptions): Promise<void> {
  const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: false };
  await send("Emulation.setDeviceMetricsOverride", metrics);
  const features = [{ name: "prefers-color-scheme", value: colourScheme }];
  await send("Emulation.setEmulatedMedia", { media, features });
}

async function evaluate(send: Send, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await send("Runtime.evaluate", {
    ...{ expression, returnByValue: true, awaitPromise: true },
  });
  if (exceptionDetails !== undefined) {
    throw new Error(`Cannot evaluate in Chromium: ${JSON.stringify(exceptionDetails).slice(0, 500)}`);
  }
  return (result as { value: unknown }).value;
}

async function until(send: Send, expression: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  let last: unknown;
  while (Date.now() < end) {
    try {
      if (await evaluate(send, expression)) return;
    } catch (error) {
      last = error; // another page came while this one was asked
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  throw new Error(`Cannot wait any longer: ${expression} was not true in ${PATIENCE} ms`, { cause: last });
}

/** Keys that are no characters, by their codes; Enter says what it would write. */
const KEYS: Record<string, object> = {
  Enter: { windowsVirtualKeyCode: 13, text: "\r" },
  Tab: { windowsVirtualKeyCode: 9 },
  Escape: { windowsVirtualKeyCode: 27 },
};

async function press(send: Send, key: string): Promise<void> {
  const event = { key, ...KEYS[key] ?? { text: key } };
  await send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
  await send("Input.dispatchKeyEvent", { type: "keyUp", key });
}

async function drag(send: Send, from: Point, to: Point): Promise<void> {
  const mouse = (type: string, point: Point, buttons: number) =>
    send("Input.dispatchMouseEvent", { type, ...point, button: "left", buttons, clickCount: 1 });
  await mouse("mouseMoved", from, 0);
  await mouse("mousePressed", from, 1);
  await mouse("mouseMoved", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, 1);
  await mouse("mouseMoved", to, 1);
  await mouse("mouseReleased", to, 0);
}

/** What an event has to complain of; empty for others. */
function complaintOf(method: string, params: Record<string, unknown>, address: string): string {
  if (method === "Network.requestWillBeSent") {
    const { url } = params.request as { url: string };
    return url === address ? "" : `request: ${url}`;
  }
  if (method === "Log.entryAdded") return `log: ${(params.entry as { text: string }).text}`;
  const others = ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"];
  return others.includes(method) ? `${method}: ${JSON.stringify(params).slice(0, 200)}` : "";
}
