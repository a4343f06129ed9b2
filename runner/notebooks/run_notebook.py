"""Execute one Jupyter notebook with the Deno kernel, without losing an output, and render it to one HTML file.

Why not `jupyter nbconvert --execute` or papermill: the Deno kernel (2.8 and later) may publish `status: idle` before
the last outputs of a cell, and nbclient stops listening at `idle`, so outputs are lost at random. Here every cell is
followed by a hidden "barrier" request that publishes a marker. The kernel publishes outputs in order, so once the
marker is in, the cell's outputs are, too. No fixed sleeps; messages are taken whatever request they belong to, so a
timer's late display goes to the cell that runs by then.

The barrier also says how many displays the kernel sent, which must equal those stored, and reports what the kernel
swallows: unhandled rejections and throws in timers.

Usage: python3 run_notebook.py [--venv DIR --requirements FILE] NOTEBOOK.ipynb --html OUT.html [--save OUT.ipynb]
                               [--timeout SECONDS] [--allow-net] [--facts JSON] [--progress]

The kernel is found through JUPYTER_PATH (a folder that holds kernels/deno/kernel.json). With --venv the environment
with the pinned packages is made when it is absent or was made from other requirements. --facts are said at the head of
the page: pairs of what and how. What went wrong, and what went well, is one JSON object, the last line of standard
output; with --progress an object comes before each cell. Exit status: 0 every cell passed, 1 one failed, 2 the
environment could not be made.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path

from python_environment import environment, without_venv
from render_page import error_text, render

MARK = "application/vnd.notebook-barrier+json"
SHOWN = {"display_data", "update_display_data", "execute_result"}
PARENT = os.getppid()  # who started this run; when it dies, so does the run
UNREASONED = "Execution failed"  # what the kernel says of a cell that does not parse
KERNEL_PATIENCE = 60.0  # seconds for the kernel to start, or to answer a hidden request
KERNEL_STARTS = 3  # tries

# Hidden request before the first cell: collect what nobody catches, and count displays where they are sent.
PREPARE = """
{
  const state = { uncaught: [], sent: 0, broadcast: Deno.jupyter.broadcast };
  Object.defineProperty(globalThis, Symbol.for("notebook.state"), { value: state });
  for (const type of ["unhandledrejection", "error"]) {
    globalThis.addEventListener(type, (event) => {
      event.preventDefault();
      const cause = event.reason ?? event.error ?? event.message;
      state.uncaught.push(String(cause?.stack ?? cause));
    });
  }
  const shown = new Set(%s);
  const { display, broadcast } = Deno.jupyter;
  Deno.jupyter.display = async (...args) => { await display(...args); state.sent++; };
  Deno.jupyter.broadcast = async (type, ...rest) => { await broadcast(type, ...rest); if (shown.has(type)) state.sent++; };
  const results = Deno[Deno.internal].jupyter;
  const { broadcastResult } = results;
  results.broadcastResult = async (count, result) => {
    await broadcastResult(count, result);
    if (result !== undefined) state.sent++;
  };
}
""" % json.dumps(sorted(SHOWN))

# `deno jupyter` takes no --allow flags, but permissions can be given up. Imports of packages still load.
REVOKE = "for (const name of %s) Deno.permissions.revokeSync({ name });"

# Hidden request after every cell. The macrotask lets pending rejection events fire first.
BARRIER = """
await new Promise((resolve) => setTimeout(resolve, 0));
{
  const state = globalThis[Symbol.for("notebook.state")];
  await state.broadcast("display_data", {
    data: { "%s": { uncaught: state.uncaught.splice(0), sent: state.sent, deno: Deno.version.deno } },
    metadata: {},
    transient: {},
  });
  state.sent = 0;
}
""" % MARK


class CellError(Exception):
    """What a cell did wrong."""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("--html", type=Path, required=True, help="where the page is written")
    parser.add_argument("--save", type=Path, help="where the notebook with its outputs is written")
    parser.add_argument("--timeout", type=float, default=600, help="seconds per cell")
    parser.add_argument("--allow-net", action="store_true", help="cells may use the network")
    parser.add_argument("--facts", type=json.loads, default=[], help="pairs of what and how, for the head of the page")
    parser.add_argument("--progress", action="store_true", help="say before each cell how far the run is")
    parser.add_argument("--venv", type=Path, help="environment to make and use")
    parser.add_argument("--requirements", type=Path, help="packages of the environment")
    args = parser.parse_args()
    if sys.version_info < (3, 10):
        print(f"Cannot execute notebooks: Python 3.10 or newer is needed, this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    if args.venv:
        python = environment(args.venv, args.requirements)
        if python is not None:
            os.execv(python, [str(python), *without_venv(sys.argv)])
    return run(args)


def run(args):
    import nbformat

    started = time.monotonic()
    notebook = nbformat.read(args.notebook, as_version=4)
    result = {"cells": 0, "sent": 0, "stored": 0, "error": None}
    asyncio.run(execute(notebook, args, result))
    if args.save:
        nbformat.write(notebook, args.save)
    # A failed run leaves the last good page alone, a good one takes the last failure away.
    failed = args.html.with_suffix(".failed.html")
    facts = [*args.facts, *([("Deno", result.pop("deno"))] if "deno" in result else []), *failure(result["error"])]
    render(notebook, args.notebook.stem, args.html if result["error"] is None else failed, facts)
    if result["error"] is None:
        failed.unlink(missing_ok=True)
    result["seconds"] = round(time.monotonic() - started, 2)
    result["peakMemory"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps(result))
    return 0 if result["error"] is None else 1


def failure(error):
    """What the head of a failed page says."""
    if error is None:
        return []
    return [("Failed", error["message"] if error["cell"] is None else f"cell {error['cell']}: {error['message']}")]


async def execute(notebook, args, result):
    from nbclient import NotebookClient

    # Without times in the file equal runs give equal bytes.
    client = NotebookClient(notebook, record_timing=False, shutdown_kernel="immediate")
    client.km, client.kc = await started_kernel(str(args.notebook.resolve().parent))
    client.reset_execution_trackers()
    revoked = ["run", "ffi"] + ([] if args.allow_net else ["net"])
    async with client.async_setup_kernel(cleanup_kc=True):
        await request(client, PREPARE + REVOKE % json.dumps(revoked), KERNEL_PATIENCE)
        number, cells = 0, sum(cell.cell_type == "code" for cell in notebook.cells)
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            number += 1
            cell.outputs = []
            if not cell.source.strip():
                continue
            result["cells"] += 1
            if args.progress:
                print(json.dumps({"cell": number, "of": cells}), flush=True)
            try:
                await execute_cell(client, cell, index, args.timeout, result)
            except CellError as error:
                if not any(output.output_type == "error" for output in cell.outputs):  # it was stopped
                    append_error(cell, "UncaughtError", str(error))
                result["error"] = {"cell": number, "message": str(error)}
                return
        await settle(client, result)


async def started_kernel(folder):
    """A Deno kernel in the folder, and its client. Ports are chosen before the kernel takes them: if another program was
    faster, the kernel dies, and others are chosen."""
    from jupyter_client import AsyncKernelManager

    for tries_left in reversed(range(KERNEL_STARTS)):
        manager = AsyncKernelManager(kernel_name="deno")
        await manager.start_kernel(cwd=folder)
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=KERNEL_PATIENCE)
            return manager, client
        except RuntimeError as error:  # it died, or says nothing
            client.stop_channels()
            await manager.shutdown_kernel(now=True)
            if tries_left == 0:
                raise
            print(f"{error}: it is started again", file=sys.stderr, flush=True)


async def execute_cell(client, cell, index, timeout, result):
    """Runs one cell and stores all that it shows; raises CellError unless it is tagged `raises-exception`."""
    client.clear_before_next_output = False

    def store(message):
        result["stored"] += message["msg_type"] in SHOWN
        append(client, cell, index, message)

    reply, _ = await request(client, cell.source, timeout, store)
    if reply["status"] == "ok":  # then an error is a result that failed to show itself, and was counted as sent
        result["stored"] += sum(output.output_type == "error" for output in cell.outputs)
    _, mark = await request(client, BARRIER, KERNEL_PATIENCE, store, marked=True)
    result["sent"] += mark["sent"]
    result["deno"] = mark["deno"]
    if mark["uncaught"]:
        append_error(cell, "UncaughtError", "Uncaught: " + "\n".join(mark["uncaught"]))
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if reply["status"] == "error" and not errors:
        # Of a cell that does not parse the kernel says nothing, or nothing that helps.
        append_error(cell, reply.get("ename") or "Error", reply.get("evalue") or UNREASONED)
        errors = cell.outputs[-1:]
    for error in errors:
        if error.evalue == UNREASONED:
            error.update(ename="SyntaxError", evalue="the cell does not parse", traceback=[])
    if errors and "raises-exception" not in cell.metadata.get("tags", []):
        raise CellError(error_text(errors[0]))


async def settle(client, result):
    """Requires that every display sent was stored. A display is counted just after it was sent, so the count may come late."""
    for _ in range(5):
        if result["sent"] == result["stored"]:
            return
        _, mark = await request(client, BARRIER, KERNEL_PATIENCE, marked=True)
        result["sent"] += mark["sent"]
    result["error"] = {"cell": None, "message": f"{result['sent']} displays were sent, {result['stored']} arrived"}


def append(client, cell, index, message):
    """Adds a message to the cell's outputs; text that follows text of the same stream joins it, however it was cut."""
    last = cell.outputs[-1] if cell.outputs else None
    content = message["content"]
    same = message["msg_type"] == "stream" and last is not None and last.output_type == "stream"
    if same and last.name == content["name"] and not client.clear_before_next_output:
        last.text += content["text"]
    else:
        client.process_message(message, cell, index)


def append_error(cell, name, text):
    import nbformat

    cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=text, traceback=text.split("\n")))


async def request(client, code, timeout, store=None, marked=False):
    """Runs code and hands on what it shows. Returns the kernel's reply and, where one is waited for, the marker."""
    from queue import Empty

    hidden = store is None or marked
    if hidden:
        code += "\nvoid 0;"  # a hidden request has no result to show
    msg_id = client.kc.execute(code, store_history=not hidden, allow_stdin=False, stop_on_error=False)
    deadline = time.monotonic() + timeout
    idle, mark = False, None
    while not idle or (marked and mark is None):
        try:
            left = deadline - time.monotonic()
            if left <= 0:
                raise CellError(f"no end after {timeout:g} s")
            message = await client.kc.get_iopub_msg(timeout=min(left, 1.0))
        except Empty:
            if os.getppid() != PARENT:
                raise CellError("the run was given up") from None
            if not await client.km.is_alive():
                raise CellError("the Deno kernel died") from None
            continue
        kind, content = message["msg_type"], message["content"]
        own = message["parent_header"].get("msg_id") == msg_id
        if kind == "display_data" and MARK in content["data"]:
            mark = content["data"][MARK]
        elif kind == "status":
            idle = idle or (own and content["execution_state"] == "idle")
        elif kind == "error" and own and hidden:
            raise RuntimeError("a hidden request failed: " + "\n".join(content["traceback"]))
        elif store is not None and not (kind == "execute_input" and hidden):
            store(message)
    while True:  # takes the reply off the shell channel, so that it can't be mistaken for another one's
        reply = await client.kc.get_shell_msg(timeout=KERNEL_PATIENCE)
        if reply["parent_header"].get("msg_id") == msg_id:
            return reply["content"], mark


if __name__ == "__main__":
    sys.exit(main())
