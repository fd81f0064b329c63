import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { aCore, Talk } from '../support/a-core.js';
import { png } from '../desk/support.js';

/** Something an agent sees in a conversation. */
export interface SeenByAgent {
  readonly kind: 'customer' | 'note' | 'agent';
  readonly text: string;
  readonly files: readonly string[];
}

/** A core whose hand-overs go to a helpdesk, with somebody at it. */
export interface HelpdeskStage {
  readonly core: Awaited<ReturnType<typeof aCore>>;
  readonly talk: Talk;
  /** Everything an agent sees of the newest hand-over, oldest first. */
  sees(): Promise<readonly SeenByAgent[]>;
  says(text: string, file?: { readonly name: string; readonly bytes: Buffer }): Promise<void>;
  notes(text: string): Promise<void>;
  resolves(): Promise<void>;
  /** Resolves when both sides know all there is. */
  settled(): Promise<void>;
  end(): Promise<void>;
}

const question = 'Where is my order AC-100001?';
const person = 'I want to talk to a person';

/** What every helpdesk that conversations are handed over to must give, ours as any other. */
export function describeHelpdesk(name: string, start: () => Promise<HelpdeskStage>): void {
  describe(`a hand-over to ${name}`, () => {
    let stage: HelpdeskStage;
    beforeEach(async () => {
      stage = await start();
    });
    afterEach(() => stage.end());
    const said = async (): Promise<{ from: string; text: string; who?: string | undefined; files: readonly string[] }[]> =>
      (await stage.core.store.readLog(stage.talk.id, 0, 500)).filter(({ from }) => from !== 'customer').map(({ from, text, agent, files }) => ({ from, text, who: agent?.name, files: (files ?? []).map(({ name: file }) => file) }));
    const handOver = async (): Promise<void> => {
      await stage.talk.says(question);
      await stage.talk.says(person);
      await stage.settled();
    };
    const seen = async (kind: SeenByAgent['kind']): Promise<string[]> => (await stage.sees()).filter((one) => one.kind === kind).map(({ text }) => text);

    test('shows what was said before, so that the customer need not say it again', async () => {
      await handOver();
      const all = JSON.stringify(await stage.sees());
      for (const words of [question, person]) expect(all).toContain(words);
    });

    test('shows what the customer says from then on, in order and once; once an agent has come the bot is silent', async () => {
      await handOver();
      await stage.says('Hello.');
      await stage.settled();
      const before = (await said()).length;
      for (const text of ['are you there', question, 'hello?']) await stage.talk.says(text);
      await stage.settled();
      expect((await seen('customer')).slice(-3)).toEqual(['are you there', question, 'hello?']);
      expect(await said()).toHaveLength(before);
    });

    test('brings an agent’s words to the customer under their name, each once, in order', async () => {
      await handOver();
      await stage.says('Good afternoon, I look into it.');
      await stage.says('It is at the customs office.');
      await stage.settled();
      await stage.settled();
      const lines = await said();
      expect(lines.filter(({ from }) => from === 'agent')).toEqual(['Good afternoon, I look into it.', 'It is at the customs office.'].map((text) => ({ from: 'agent', text, who: 'Cleo', files: [] })));
      expect(lines.filter(({ text }) => text.includes('Cleo'))).toHaveLength(1);
    });

    test('never brings a private note to the customer', async () => {
      await handOver();
      await stage.notes('a private note: this one is difficult');
      await stage.says('One moment please.');
      await stage.settled();
      expect(JSON.stringify(await stage.core.store.readLog(stage.talk.id, 0, 500))).not.toContain('private note');
      expect(await seen('note')).toContainEqual(expect.stringContaining('this one is difficult'));
    });

    test('brings pictures both ways', async () => {
      await handOver();
      await stage.core.files.put(png, { conversationId: stage.talk.id, name: 'broken.jpg', type: 'image/jpeg', at: stage.core.clock.now(), fileId: 'broken' });
      await stage.talk.says('look', { files: ['broken'] });
      await stage.settled();
      expect((await stage.sees()).find(({ text }) => text === 'look')?.files).toEqual(['broken.jpg']);
      await stage.says('here is the label', { name: 'label ä.png', bytes: png });
      await stage.settled();
      const line = (await stage.core.store.readLog(stage.talk.id, 0, 500)).findLast(({ from }) => from === 'agent');
      expect(line).toMatchObject({ text: 'here is the label', files: [{ name: 'label ä.png', type: 'image/png', size: png.length }] });
      const stored = await stage.core.files.get(line?.files?.[0]?.fileId ?? '');
      expect(Buffer.from(stored?.bytes ?? []).equals(png)).toBe(true);
      expect(stored?.file.conversationId).toBe(stage.talk.id);
    });

    test('gives the conversation back to the bot when it is resolved, says so once, and can be handed over anew', async () => {
      await handOver();
      await stage.says('Done.');
      await stage.settled();
      await stage.resolves();
      await stage.settled();
      await stage.settled();
      expect((await said()).slice(-2).map(({ from }) => from)).toEqual(['agent', 'bot']);
      await stage.talk.says(question);
      expect((await said()).at(-1)?.from).toBe('bot');
      await stage.talk.says(person);
      await stage.settled();
      await stage.talk.says('a second time');
      await stage.settled();
      expect((await seen('customer')).at(-1)).toBe('a second time');
      await stage.says('Here I am again.');
      await stage.settled();
      expect((await said()).at(-1)).toMatchObject({ from: 'agent', text: 'Here I am again.' });
    });
  });
}
