import type { Line } from '../../../src/domain/message.js';
import { describeChannelContract, type ChannelHarness, type Shown } from '../contract.js';
import type { BotMessage, SentByCustomer } from '../../support/fake-bot-api.js';
import { line, setStage, ways } from './support.js';

const createHarness = (way: (typeof ways)[number]) => async (): Promise<ChannelHarness> => {
  const stage = await setStage(way);
  const customer = stage.api.chat();
  const sent = new Map<string, SentByCustomer>();
  /** A label comes as a message of its own behind the words of its line. */
  const shown = (): Shown[] => {
    const lines: Shown[] = [];
    for (const message of customer.received()) {
      const last = lines.at(-1);
      if (message.document !== undefined && last !== undefined) lines[lines.length - 1] = { ...last, fileNames: [...last.fileNames, message.document.name] };
      else lines.push({ text: message.text, choices: message.rows.flat().map(({ label, data }) => ({ label, press: data })), fileNames: fileNamesOf(message) });
    }
    return lines;
  };
  const fileNamesOf = (message: BotMessage): string[] => (message.document === undefined ? [] : [message.document.name]);

  return {
    channel: stage.channel,
    start: (door) => stage.channel.start(door),
    customerSends: async ({ id, text, file }, deliveries = 1) => {
      const known = sent.get(id);
      if (known === undefined) sent.set(id, file === undefined ? customer.says(text ?? '') : customer.sendsDocument(file, text));
      else stage.api.repeat(known.updateId);
      await stage.api.idle();
      for (let again = 1; again < deliveries; again += 1) {
        stage.api.repeat(sent.get(id)?.updateId ?? 0);
        await stage.api.idle();
      }
    },
    customerPresses: async (press) => {
      customer.pressesData(String(press));
      await stage.api.idle();
    },
    botSays: (said) => stage.channel.send(line(said.text, said as Partial<Line>), { chatId: customer.id }),
    customerSees: (count) => stage.api.when(() => (shown().length >= count ? shown() : undefined)),
    customerOpens: async (fileName) => customer.received().find(({ document }) => document?.name === fileName)?.document?.bytes ?? Buffer.alloc(0),
    storeFile: async ({ name, type, bytes }) => stage.files.put(bytes, { name, type, conversationId: `telegram:${customer.id}`, at: stage.clock.now() }),
    leftOpen: async () => {
      while ((await stage.api.connections()) > 0) await new Promise((resolve) => setImmediate(resolve));
      return [];
    },
    close: () => stage.stop(),
  };
};

for (const way of ways) describeChannelContract(`Telegram by ${way}`, { choices: true, filesIn: true, filesOut: true }, createHarness(way));
