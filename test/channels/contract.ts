import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Incoming, Line } from '../../src/domain/message.js';
import type { Channel, ChannelDoor, SendOutcome } from '../../src/ports/channel.js';

/** What a customer's screen shows of one line. */
export interface Shown {
  readonly text: string;
  /** Buttons; `press` is whatever the client needs to press it. */
  readonly choices: readonly { readonly label: string; readonly press: unknown }[];
  readonly fileNames: readonly string[];
}

/** What the bot says in a contract test; the harness makes a whole line of it. */
export type Said = Pick<Line, 'id' | 'text'> & Partial<Pick<Line, 'choices' | 'files' | 'links'>>;

/** A channel with a customer at its other end: the real client, or a twin of the platform that speaks its protocol. */
export interface ChannelHarness {
  readonly channel: Channel;
  /** Starts the channel with this door (a harness may put its own store between). */
  start(door: ChannelDoor): Promise<void>;
  /** The customer sends a message and the platform delivers it `deliveries` times; resolves when every delivery was acknowledged. */
  customerSends(message: { readonly id: string; readonly text?: string; readonly file?: { readonly name: string; readonly type: string; readonly bytes: Uint8Array } }, deliveries?: number): Promise<void>;
  /** The customer presses a button that was shown. */
  customerPresses(press: unknown): Promise<void>;
  /** Hands a line to the channel as the runtime does: into the log, then `channel.send`. */
  botSays(said: Said): Promise<SendOutcome>;
  /** Resolves with the bot's lines the customer was shown, in order, as soon as there are so many. */
  customerSees(count: number): Promise<readonly Shown[]>;
  /** The bytes a customer gets who opens the file of this name, if the platform lets customers open files. */
  customerOpens?(fileName: string): Promise<Uint8Array>;
  /** A file the bot may send, put into the harness's FileStore. */
  storeFile(file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }): Promise<{ readonly fileId: string; readonly size: number }>;
  /** What the channel has left open after its stop: sockets, timers, pending requests; none is []. */
  leftOpen(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What the platform is able to do, so that the suite asks for no more. */
export interface ChannelAbilities {
  readonly choices: boolean;
  readonly filesIn: boolean;
  readonly filesOut: boolean;
}

/** A file of a kind that every channel takes. */
export const tinyPng = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** The suite every channel runs. */
export function describeChannelContract(name: string, abilities: ChannelAbilities, create: () => Promise<ChannelHarness>): void {
  describe(`the channel contract: ${name}`, () => {
    let harness: ChannelHarness;
    let accepted: Incoming[];
    let failures: number;

    beforeEach(async () => {
      harness = await create();
      accepted = [];
      failures = 0;
      const seen = new Set<string>();
      await harness.start({
        async accept(incoming) {
          if (failures > 0) {
            failures -= 1;
            throw Object.assign(new Error('the inbox is away'), { code: 'store.unreachable' });
          }
          const key = `${incoming.conversationId} ${incoming.id}`;
          if (seen.has(key)) return 'duplicate';
          seen.add(key);
          accepted.push(incoming);
          return 'accepted';
        },
      });
    });
    afterEach(async () => {
      await harness.channel.stop();
      await harness.close();
    });

    const only = () => {
      expect(accepted).toHaveLength(1);
      return accepted[0] as Incoming;
    };

    test('a message arrives with its words, its conversation and its channel', async () => {
      await harness.customerSends({ id: 'm1', text: 'Wo ist meine Bestellung? 📦' });
      const incoming = only();
      expect(incoming).toMatchObject({ kind: 'message', channel: harness.channel.name, text: 'Wo ist meine Bestellung? 📦' });
      expect(incoming.conversationId.startsWith(`${harness.channel.name}:`)).toBe(true);
      expect(new Date(incoming.at).toISOString()).toBe(incoming.at);
      expect(JSON.parse(JSON.stringify(incoming))).toEqual(incoming);
      expect(incoming.identity).toBeUndefined();
    });

    test('a message that the platform delivers three times is accepted once', async () => {
      await harness.customerSends({ id: 'm1', text: 'Hello' }, 3);
      await harness.customerSends({ id: 'm2', text: 'Hello' });
      expect(accepted.map(({ text }) => text)).toEqual(['Hello', 'Hello']);
      expect(new Set(accepted.map(({ id }) => id)).size).toBe(2);
      expect(new Set(accepted.map(({ conversationId }) => conversationId)).size).toBe(1);
    });

    test('lines reach the customer in the order they were said', async () => {
      await harness.customerSends({ id: 'm1', text: 'Hello' });
      const texts = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`);
      for (const [index, text] of texts.entries()) expect(await harness.botSays({ id: `l${index}`, text })).toEqual({ sent: true });
      expect((await harness.customerSees(12)).map(({ text }) => text)).toEqual(texts);
    });

    test('signs of typing never fail, even for an address nobody knows', async () => {
      await harness.channel.typing?.({ nobody: 'here' });
      await harness.customerSends({ id: 'm1', text: 'Hello' });
      await harness.channel.typing?.(only().address);
      await harness.botSays({ id: 'l1', text: 'Hi' });
      expect((await harness.customerSees(1))[0]?.text).toBe('Hi');
    });

    if (abilities.choices) {
      test('a pressed choice comes back with the id it was offered with', async () => {
        await harness.customerSends({ id: 'm1', text: 'Hello' });
        const longest = `r:${'x'.repeat(62)}`;
        await harness.botSays({ id: 'l1', text: 'Which one?', choices: [{ id: 'item:1', label: 'Die blaue Tasse' }, { id: longest, label: 'Nothing of these' }] });
        const [shown] = await harness.customerSees(1);
        expect(shown?.choices.map(({ label }) => label)).toEqual(['Die blaue Tasse', 'Nothing of these']);
        await harness.customerPresses(shown?.choices[1]?.press);
        await harness.customerPresses(shown?.choices[0]?.press);
        expect(accepted.slice(1).map(({ choice }) => choice)).toEqual([longest, 'item:1']);
        expect(new Set(accepted.map(({ id }) => id)).size).toBe(3);
      });
    }
    if (abilities.filesIn) {
      test("a customer's picture is stored before its message is accepted", async () => {
        await harness.customerSends({ id: 'm1', text: 'It came broken', file: { name: 'broken cup.png', type: 'image/png', bytes: tinyPng } });
        const incoming = only();
        expect(incoming.text).toBe('It came broken');
        expect(incoming.files).toEqual([{ fileId: expect.any(String), name: expect.any(String), type: 'image/png', size: tinyPng.length }]);
        expect(incoming.files?.[0]?.fileId.length).toBeGreaterThanOrEqual(20);
      });
    }
    if (abilities.filesOut) {
      test('a document of the bot reaches the customer byte for byte', async () => {
        await harness.customerSends({ id: 'm1', text: 'My label please' });
        const bytes = Buffer.from('%PDF-1.7 a label');
        const stored = await harness.storeFile({ name: 'label.pdf', type: 'application/pdf', bytes });
        await harness.botSays({ id: 'l1', text: 'Your label', files: [{ ...stored, name: 'label.pdf', type: 'application/pdf' }] });
        expect((await harness.customerSees(1))[0]?.fileNames).toEqual(['label.pdf']);
        if (harness.customerOpens !== undefined) expect(Buffer.from(await harness.customerOpens('label.pdf'))).toEqual(bytes);
      });
    }

    test('a message the inbox could not take is not acknowledged, and is accepted when the platform brings it again', async () => {
      failures = 1;
      await harness.customerSends({ id: 'm1', text: 'Hello' }, 1).catch(() => undefined);
      if (accepted.length === 0) await harness.customerSends({ id: 'm1', text: 'Hello' }, 1);
      expect(only().text).toBe('Hello');
    });

    test('its stop leaves nothing open, and may be asked for twice', async () => {
      await harness.customerSends({ id: 'm1', text: 'Hello' });
      await harness.botSays({ id: 'l1', text: 'Hi' });
      await harness.customerSees(1);
      await harness.channel.stop();
      await harness.channel.stop();
      expect(await harness.leftOpen()).toEqual([]);
    });
  });
}
