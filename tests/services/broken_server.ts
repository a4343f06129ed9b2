/**
 * A server on this machine that speaks no protocol: it cuts connections, or talks nonsense.
 *
 * @module
 */
import { type AddressInfo, createServer, type Socket } from "node:net";

/** What it does to a connection. */
export type Breakage = "closes" | "garbage";

/** A running server. */
export interface BrokenServer extends AsyncDisposable {
  port: number;
  /** Connections that it had. */
  connections: number;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startBrokenServer(breakage: Breakage): Promise<BrokenServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    running.connections++;
    sockets.add(socket);
    socket.on("error", () => {}); // the other side gives up: its business
    socket.on("close", () => sockets.delete(socket));
    if (breakage === "closes") socket.destroy();
    else socket.end("\x00\xff?? not a protocol\r\n\x01\x02".repeat(20));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const running: BrokenServer = {
    port: (server.address() as AddressInfo).port,
    connections: 0,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return running;
}
