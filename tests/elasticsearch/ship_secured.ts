/**
 * `ship` over TLS, by a user who may do what `deepscan_shipper` may.
 *
 * @module
 */
import assert from "node:assert/strict";
import { lines, text } from "../runner/ship/shipper.ts";
import { runTask } from "../runner/tasks/task.ts";
import { withFolder } from "../with_folder.ts";
import { ask, passwordOf, type SecuredServer } from "./secured.ts";

/** Ships with the task's own permissions; then with a wrong password and without the certificate's authority. */
export async function shipSecured(secured: SecuredServer): Promise<void> {
  const { server, certificate } = secured, admin = await secured.as("admin");
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/ca.crt`, certificate.authority);
    await Deno.writeTextFile(`${cwd}/password`, `${passwordOf("shipper")}\n`);
    await Deno.writeTextFile(`${cwd}/wrong`, "wrong");
    await Deno.writeTextFile(`${cwd}/shop.log`, text(lines(0, 500)));
    const ship = async (more: string) => {
      await Deno.writeTextFile(
        `${cwd}/deepscan.yaml`,
        `elasticsearch: {nodes: ["${server.url}"], user: shipper, ${more}}
streams: [{name: shop, inputs: ["*.log"]}]\nstate: {directory: state}
ship: {index: server-logs-shop, patience: 0s}\n`,
      );
      return await runTask("deepscan", ["ship"], { cwd });
    };
    const stranger = await ship("password_file: wrong, ca_file: ca.crt");
    assert.equal(stranger.code, 1);
    assert.match(stranger.stderr, /doesn't know the user .* unable to authenticate user \[shipper\]/);
    const distrustful = await ship("password_file: password");
    assert.equal(distrustful.code, 1);
    assert.match(distrustful.stderr, /certificate is not trusted; name the authority's file as ca_file/);
    const { code, stderr } = await ship("password_file: password, ca_file: ca.crt"); // the spool has all of it
    assert.equal(code, 0, stderr);
    assert.match(stderr, /500 documents of the spool were settled/);
  });
  await ask(admin, "POST /server-logs-shop-*/_refresh");
  assert.equal((await ask(admin, "GET /server-logs-shop-*/_count")).count, 500);
}
