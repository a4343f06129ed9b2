/**
 * TensorFlow.js on its WASM backend, loaded when the first fit needs it and never before.
 *
 * Loading reads one file, `tfjs-backend-wasm*.wasm` beside the package's code (which one depends on the processor), so a
 * process that fits needs read permission for {@linkcode wasmFolder}; no environment variable, no network, nothing else.
 *
 * @module
 */
import type * as tensorflowCore from "@tensorflow/tfjs-core";
import type * as tensorflowLayers from "@tensorflow/tfjs-layers";

/** The two halves of the library: tensors with gradients, and Keras-like layers. */
export interface Tensorflow {
  core: typeof tensorflowCore;
  layers: typeof tensorflowLayers;
}

let loading: Promise<Tensorflow> | undefined;

/**
 * Folder of the WASM binaries, with a closing slash: what a process that fits must be allowed to read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wasmFolder } from "./tensorflow.ts";
 *
 * assert(wasmFolder().endsWith("/dist/"));
 * ```
 */
export function wasmFolder(): string {
  return decodeURIComponent(new URL(".", import.meta.resolve("@tensorflow/tfjs-backend-wasm")).pathname);
}

/**
 * The library with its WASM backend ready; the same for every caller.
 *
 * @throws {Error} if the backend does not start, with its cause.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadTensorflow } from "./tensorflow.ts";
 *
 * const { core } = await loadTensorflow();
 * assert.equal(core.getBackend(), "wasm");
 * ```
 */
export function loadTensorflow(): Promise<Tensorflow> {
  loading ??= load().catch((cause) => {
    loading = undefined;
    throw new Error(`Cannot start TensorFlow.js: its WASM backend did not load from ${wasmFolder()}`, {
      cause,
    });
  });
  return loading;
}

async function load(): Promise<Tensorflow> {
  const restore = withoutPlatformWarning();
  try {
    const core = await import("@tensorflow/tfjs-core");
    const layers = await import("@tensorflow/tfjs-layers"); // registers the gradients, too
    const wasm = await import("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(wasmFolder());
    if (!await core.setBackend("wasm")) throw new Error("Cannot set the backend: wasm was refused");
    await core.ready();
    return { core, layers };
  } finally {
    restore();
  }
}

// danfo brings a TensorFlow.js of its own; the second copy to load warns of nothing more than that there was a first.
function withoutPlatformWarning(): () => void {
  const warn = console.warn;
  console.warn = (...message: unknown[]) => {
    if (!/^Platform \w+ has already been set/.test(String(message[0]))) warn(...message);
  };
  return () => {
    console.warn = warn;
  };
}
