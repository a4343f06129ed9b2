import assert from "node:assert/strict";
import { ChannelError } from "../../../../runner/alert/channels/channel.ts";
import { CHANNELS, openChannels } from "../../../../runner/alert/channels/mod.ts";
import { joinedMessage } from "../../../../runner/alert/incident_message.ts";
import { hostileMessage, sampleMessage } from "../sample_alert.ts";
import { SECRET, STAGES, worldOf } from "./stage.ts";

const OPTIONS = { key: "0123456789abcdef.test", timeout: 5000 };

for (const kind of CHANNELS) {
  Deno.test(`${kind.name}: has a stage to be tried on`, () => assert.ok(STAGES[kind.name]));

  Deno.test(`${kind.name}: is not opened when the settings don't ask for it`, async () => {
    assert.equal(await kind.open({ console: false }, worldOf("")), null);
  });

  Deno.test(`${kind.name}: brings a person what, where, since when, how bad, why and how to look further`, async () => {
    await using stage = await STAGES[kind.name]();
    const channel = (await kind.open(stage.settings, stage.world))!;
    assert.equal(channel.name, kind.name);
    assert.ok((await channel.send(sampleMessage(), OPTIONS)).answer.length > 0);
    const [text, ...more] = stage.received();
    assert.deepEqual(more, []);
    const telling = [
      "shop",
      "checkout",
      "2026-03-02 14:00 UTC",
      "4.2 against a threshold of 1",
      "Payment gateway",
      "80",
      "37 times, expected 0.2",
      "2026-03-02 14:03:20 UTC",
      "Payment gateway eu-1 refused connection after 3000 ms",
      "deepscan explain",
      "/srv/reports/2026-03-02.html",
    ];
    for (const part of telling) assert.ok(text.includes(part), `${part} is missing in\n${text}`);
  });

  Deno.test(`${kind.name}: lets nothing in a log line be taken for more than text`, async () => {
    await using stage = await STAGES[kind.name]();
    const channel = (await kind.open(stage.settings, stage.world))!;
    await channel.send(hostileMessage(), OPTIONS);
    const [text] = stage.received();
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    assert.doesNotMatch(text, /^Bcc:/m);
    assert.ok(text.includes("alert(1)"), "the line is shown");
  });

  Deno.test(`${kind.name}: tells who raised it and what its errors mean`, async () => {
    await using stage = await STAGES[kind.name]();
    const channel = (await kind.open(stage.settings, stage.world))!;
    const meaning = {
      ...{
        about: "write failed",
        kind: "disk" as const,
        category: "Disk",
        title: "A disk is full: /var",
        percent: 93,
      },
      ...{ cause: "Logs have grown", check: "Look at what df says" },
    };
    const message = sampleMessage({ detectors: [{ detector: "record", share: 1 }] });
    await channel.send({ ...message, meanings: [meaning] }, OPTIONS);
    const [text] = stage.received();
    for (
      const part of ["record 100 %", "A disk is full: /var", "Disk", "93", "Logs have grown", "what df says"]
    ) {
      assert.ok(text.includes(part), `${part} is missing in\n${text}`);
    }
  });

  Deno.test(`${kind.name}: names every alert that a message tells`, async () => {
    await using stage = await STAGES[kind.name]();
    const channel = (await kind.open(stage.settings, stage.world))!;
    const group = { id: "g", place: 0, title: "[high] shop/checkout: anomalous; auth affected" };
    const messages = ["checkout", "auth", "web", "db"].map((service, place) => ({
      ...sampleMessage({ service }),
      group: { ...group, place },
    }));
    await channel.send(joinedMessage(messages), OPTIONS);
    await channel.send(sampleMessage(), { ...OPTIONS, key: "second.test" });
    const [joined, single] = stage.received();
    for (const { alert } of messages) assert.ok(joined.includes(alert), `${alert} is missing in\n${joined}`);
    assert.ok(single.includes(sampleMessage().alert));
  });

  Deno.test(`${kind.name}: sends two messages in one go`, async () => {
    await using stage = await STAGES[kind.name]();
    const channel = (await kind.open(stage.settings, stage.world))!;
    await channel.send(sampleMessage(), OPTIONS);
    await channel.send(sampleMessage(), { ...OPTIONS, key: "second.test" });
    assert.equal(stage.received().length, 2);
  });

  if (kind.name === "console") continue;

  Deno.test(`${kind.name}: fails for now, and without its secret, when nobody answers`, async () => {
    const stage = await STAGES[kind.name]();
    const channel = (await kind.open(stage.settings, stage.world))!;
    await stage[Symbol.asyncDispose]();
    await assert.rejects(channel.send(sampleMessage(), OPTIONS), (error: ChannelError) => {
      assert.ok(error instanceof ChannelError);
      assert.match(error.message, new RegExp(`^Cannot send to ${kind.name}: .*refused`, "i"));
      assert.equal(error.permanent, false);
      assertNoSecret(error);
      return true;
    });
  });
}

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
  const { channels, errors } = await openChannels({ ...stage.settings, console: true }, stage.world);
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
  const { channels, errors } = await openChannels(settings, world);
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

function assertNoSecret(error: Error): void {
  const shown = Deno.inspect(error);
  for (const part of ["hunter2", "T0K3N"]) assert.ok(!shown.includes(part), shown);
}
