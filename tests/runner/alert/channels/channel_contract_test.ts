import assert from "node:assert/strict";
import type { ChannelError } from "../../../../runner/alert/channels/channel.ts";
import { CHANNELS, openChannels } from "../../../../runner/alert/channels/mod.ts";
import { channelNames } from "../../../../runner/config/channel_names.ts";
import { sampleMessage } from "../sample_alert.ts";
import { type Ability, assertNoSecret, channelContract } from "./contract.ts";
import { SECRET, STAGES, worldOf } from "./stage.ts";

const ABILITIES: Record<string, Ability> = {
  console: { reaches: false, saysKey: false, waits: false },
  email: { reaches: true, saysKey: true, waits: false },
  slack: { reaches: true, saysKey: true, waits: true },
  webhook: { reaches: true, saysKey: true, waits: true },
  file: { reaches: false, saysKey: true, waits: false },
};

Deno.test("every channel has a stage and an entry in the contract", () => {
  const names = CHANNELS.map(({ name }) => name as string).sort();
  assert.deepEqual(Object.keys(ABILITIES).sort(), names);
  assert.deepEqual(Object.keys(STAGES).sort(), names);
});

for (const kind of CHANNELS) channelContract(kind, ABILITIES[kind.name]);

const OPTIONS = { key: "0123456789abcdef.test", timeout: 5000 };

for (const name of ["slack", "webhook"] as const) {
  const kind = CHANNELS.find((kind) => kind.name === name)!;
  const open = (secret: string, place: object = { webhook_env: "SECRET" }, host = "hooks.example.com") =>
    kind.open({ console: false, [name]: { ...place, host } }, worldOf(secret));

  Deno.test(`${name}: says which variable or file has no secret`, async () => {
    await assert.rejects(
      open(""),
      /Cannot open channel \w+: environment variable SECRET is not set or empty/,
    );
    await assert.rejects(
      open("", { webhook_file: "/nowhere/hook" }),
      /file \/nowhere\/hook can't be read \(NotFound\)/,
    );
  });

  Deno.test(`${name}: refuses an address of another host, and does not show it`, async () => {
    for (
      const secret of [
        `https://evil.example/${SECRET}`,
        `file:///${SECRET}`,
        SECRET,
        `https://hooks.example.com:8443/${SECRET}`,
      ]
    ) {
      await assert.rejects(open(secret), (error: ChannelError) => {
        assert.match(error.message, /Cannot open channel/);
        assertNoSecret(error);
        return true;
      });
    }
    assert.ok(await open(`https://hooks.example.com/${SECRET}`));
    assert.ok(await open(`https://hooks.example.com:8443/${SECRET}`, undefined, "hooks.example.com:8443"));
  });
}

Deno.test("openChannels() opens what the settings ask for, by name", async () => {
  await using stage = await STAGES.slack();
  const { channels, errors } = await openChannels(
    { channels: { ...stage.settings, console: true }, receivers: {} },
    stage.world,
  );
  assert.deepEqual([[...channels.keys()], errors], [["console", "slack"], []]);
});

Deno.test("openChannels() lets a channel that can't be opened silence no other", async () => {
  const written: string[] = [];
  const settings = {
    console: true,
    slack: { webhook_env: "NOWHERE", host: "hooks.example.com" },
    webhook: { webhook_env: "SECRET", host: "hooks.example.com" },
  };
  const world = worldOf("https://hooks.example.com/x", written);
  const { channels, errors } = await openChannels({ channels: settings, receivers: {} }, world);
  assert.deepEqual([...channels.keys()], ["console", "slack", "webhook"]);
  assert.deepEqual(errors.map(({ message }) => message), [
    "Cannot open channel slack: environment variable NOWHERE is not set or empty",
  ]);
  await channels.get("console")!.send(sampleMessage(), OPTIONS);
  assert.equal(written.length, 1);
  await assert.rejects(channels.get("slack")!.send(sampleMessage(), OPTIONS), (error: ChannelError) => {
    return error === errors[0] && !error.permanent;
  });
});

Deno.test("openChannels() opens receivers' channels by their names, as channelNames() calls them", async () => {
  await using stage = await STAGES.slack();
  const { slack } = stage.settings;
  const settings = {
    channels: { console: true },
    receivers: { night: { slack }, audit: { file: { path: "-" } } },
  };
  const { channels } = await openChannels(settings, stage.world);
  assert.deepEqual([...channels.keys()], ["console", "night.slack", "audit.file"]);
  assert.deepEqual([
    channelNames(settings),
    channelNames(settings, "night"),
    channelNames(settings, "nobody"),
  ], [
    ["console"],
    ["night.slack"],
    [],
  ]);
  await channels.get("night.slack")!.send(sampleMessage(), OPTIONS);
  assert.equal(stage.received().length, 1);
  const { channels: chosen } = await openChannels(settings, stage.world, ["audit.file"]);
  assert.deepEqual([...chosen.keys()], ["audit.file"]);
});
