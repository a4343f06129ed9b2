/**
 * What every channel must do, whoever it talks to: one suite, run over the registry of channels.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type Channel, ChannelError, type ChannelKind } from "../../../../runner/alert/channels/channel.ts";
import { joinedMessage } from "../../../../runner/alert/incident_message.ts";
import type { Message } from "../../../../runner/alert/message.ts";
import { standingWord } from "../../../../runner/alert/message_kind.ts";
import { hostileMessage, messagesOfEachKind, sampleMessage } from "../sample_alert.ts";
import { type Behaviour, SECRET, type Stage, STAGES, worldOf } from "./stage.ts";

/** What a channel can be asked for beside the common things. */
export interface Ability {
  /** It talks to a server. */
  reaches: boolean;
  /** Programs read it: each message says its key. */
  saysKey: boolean;
  /** Its server can say when to come back. */
  waits: boolean;
}

const OPTIONS = { key: "0123456789abcdef.test", timeout: 5000 };

/** Registers the suite for one kind of channel. */
export function channelContract(kind: ChannelKind, ability: Ability): void {
  const check = (
    name: string,
    behaviour: Behaviour,
    run: (channel: Channel, stage: Stage) => Promise<void>,
  ) =>
    Deno.test(`${kind.name}: ${name}`, async () => {
      await using stage = await STAGES[kind.name](behaviour);
      await run((await kind.open(stage.settings, stage.world))!, stage);
    });
  openingContract(kind);
  contentContract(check);
  if (ability.saysKey) {
    check("says the key of each message, the same when it comes again", "accepts", async (channel, stage) => {
      for (const key of ["a.high.test", "b.test", "a.high.test"]) {
        await channel.send(sampleMessage(), { ...OPTIONS, key });
      }
      assert.deepEqual(stage.keys(), ["a.high.test", "b.test", "a.high.test"]);
    });
  }
  if (ability.reaches) serverContract(kind, check);
  if (ability.waits) waitingContract(check);
}

type Check = (
  name: string,
  behaviour: Behaviour,
  run: (channel: Channel, stage: Stage) => Promise<void>,
) => void;

function openingContract(kind: ChannelKind): void {
  Deno.test(`${kind.name}: is not opened when the settings don't ask for it`, async () => {
    assert.equal(await kind.open({ console: false }, worldOf("")), null);
    assert.equal(await kind.open({}, worldOf("")), null);
  });

  Deno.test(`${kind.name}: is called as it is told`, async () => {
    await using stage = await STAGES[kind.name]();
    assert.equal((await kind.open(stage.settings, stage.world))!.name, kind.name);
    assert.equal((await kind.open(stage.settings, stage.world, "night.shift"))!.name, "night.shift");
  });
}

function contentContract(check: Check): void {
  check(
    "brings what, where, since when, how bad, why and how to look further",
    "accepts",
    async (channel, stage) => {
      assert.ok((await channel.send(sampleMessage(), OPTIONS)).answer.length > 0);
      const [text, ...more] = stage.received();
      assert.deepEqual(more, []);
      assertHas(text, [
        ...[
          "shop",
          "checkout",
          "2026-03-02 14:00 UTC",
          "4.2 against a threshold of 1",
          "Payment gateway",
          "80",
        ],
        ...[
          "37 times, expected 0.2",
          "2026-03-02 14:03:20 UTC",
          "deepscan explain",
          "/srv/reports/2026-03-02.html",
        ],
        "Payment gateway eu-1 refused connection after 3000 ms",
      ]);
    },
  );

  for (const [name, message] of Object.entries(messagesOfEachKind())) {
    check(
      `delivers ${name}, and lets nothing in a log line be taken for more than text`,
      "accepts",
      async (channel, stage) => {
        await channel.send(message, OPTIONS);
        const [text, ...more] = stage.received();
        assert.deepEqual(more, []);
        // deno-lint-ignore no-control-regex
        assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
        assert.doesNotMatch(text, /^Bcc:/m);
        assertHas(text, ["alert(1)"]);
        if (text.startsWith('{"key"') || text.startsWith('{"version"')) assertHas(text, [`"kind":"${name}"`]);
        else assertHas(text, [standingWord(message), message.silence ?? "", message.acknowledge ?? ""]);
      },
    );
  }

  check("tells who raised it and what its errors mean", "accepts", async (channel, stage) => {
    const message = sampleMessage({ detectors: [{ detector: "record", share: 1 }] });
    await channel.send({ ...message, meanings: [MEANING] }, OPTIONS);
    assertHas(stage.received()[0], [
      ...["record 100 %", "A disk is full: /var", "Disk", "93", "Logs have grown", "what df says"],
    ]);
  });

  check("leads to the incident's page where there is one", "accepts", async (channel, stage) => {
    const page = "https://logs.example.com/deepscan/incidents/0a1b2c3d4e5f6071";
    await channel.send({ ...sampleMessage(), page }, OPTIONS);
    await channel.send(sampleMessage(), { ...OPTIONS, key: "second.test" });
    const [linked, bare] = stage.received();
    assertHas(linked, [page]);
    assert.doesNotMatch(bare, /Page:|"page":|<https:|Open the incident/);
  });

  check("names every alert that a message tells", "accepts", async (channel, stage) => {
    const messages = joinedOnes();
    await channel.send(joinedMessage(messages), OPTIONS);
    await channel.send(sampleMessage(), { ...OPTIONS, key: "second.test" });
    const [joined, single] = stage.received();
    assertHas(joined, messages.map(({ alert }) => alert));
    assertHas(single, [sampleMessage().alert]);
  });
}

function serverContract(kind: ChannelKind, check: Check): void {
  check("waits for a server that is slow", "slow", async (channel, stage) => {
    assert.ok((await channel.send(sampleMessage(), OPTIONS)).answer.length > 0);
    assert.equal(stage.received().length, 1);
  });

  check("gives up on a server that does not answer", "hangs", async (channel) => {
    const before = performance.now();
    const error = await failureOf(channel, { timeout: 250 });
    assert.match(error.message, /no answer within 250 ms$/);
    assert.ok(performance.now() - before < 2500);
    assert.deepEqual([error.permanent, error.isDoubtful], [false, true]);
  });

  for (const behaviour of ["busy", "fails", "garbage", "closes before", "closes after"] as const) {
    check(
      `takes a server that is no use now (${behaviour}) as a failure that passes`,
      behaviour,
      async (channel) => {
        const error = await failureOf(channel);
        assert.equal(error.permanent, false);
        assert.match(error.message, new RegExp(`^Cannot send to ${kind.name}: .`));
        if (behaviour === "busy" || behaviour === "fails") assert.equal(error.isDoubtful, false);
      },
    );
  }

  check("takes a message that is refused as a failure for good", "refuses", async (channel) => {
    const { permanent, isDoubtful } = await failureOf(channel);
    assert.deepEqual([permanent, isDoubtful], [true, false]);
  });

  check(
    "repeats the key where it can't know whether a message was taken",
    "closes after",
    async (channel, stage) => {
      for (let i = 0; i < 2; i++) assert.equal((await failureOf(channel)).isDoubtful, true);
      assert.deepEqual(stage.keys(), [OPTIONS.key, OPTIONS.key]);
    },
  );

  Deno.test(`${kind.name}: fails for now, and without its secret, when nobody answers`, async () => {
    const stage = await STAGES[kind.name]();
    const channel = (await kind.open(stage.settings, stage.world))!;
    await stage[Symbol.asyncDispose]();
    const error = await failureOf(channel);
    assert.match(error.message, new RegExp(`^Cannot send to ${kind.name}: .*refused`, "i"));
    assert.deepEqual([error.permanent, error.isDoubtful], [false, false]);
  });
}

function waitingContract(check: Check): void {
  check("comes back when it is asked to, after seconds or at a date", "busy", async (channel) => {
    assert.equal((await failureOf(channel)).retryAfter, 7000);
  });

  check("comes back at the date that it is asked to", "busy until", async (channel) => {
    assert.equal((await failureOf(channel)).retryAfter, 90_000);
  });
}

/** How a message was not sent; whatever was said of it shows no secret. */
async function failureOf(channel: Channel, options: { timeout?: number } = {}): Promise<ChannelError> {
  const message: Message = hostileMessage();
  try {
    await channel.send(message, { ...OPTIONS, ...options });
  } catch (error) {
    assert.ok(error instanceof ChannelError, String(error));
    assertNoSecret(error);
    return error;
  }
  return assert.fail("the message was sent");
}

/** Fails where an error shows the secret of the stages, or a part of it. */
export function assertNoSecret(error: Error): void {
  const shown = Deno.inspect(error);
  for (const part of [SECRET, "hunter2", "T0K3N"]) assert.ok(!shown.includes(part), shown);
}

function assertHas(text: string, parts: readonly string[], why = ""): void {
  for (const part of parts) assert.ok(text.includes(part), `${part} is missing in ${why}\n${text}`);
}

const MEANING = {
  ...{ about: "write failed", kind: "disk" as const, category: "Disk", title: "A disk is full: /var" },
  ...{ percent: 93, cause: "Logs have grown", check: "Look at what df says" },
};

/** Messages of one incident. */
function joinedOnes(): Message[] {
  const group = { id: "g", place: 0, title: "[high] shop/checkout: anomalous; auth affected" };
  return ["checkout", "auth", "web", "db"].map((service, place) => ({
    ...sampleMessage({ service }),
    group: { ...group, place },
  }));
}
