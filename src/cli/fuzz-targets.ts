import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { learn, root } from '../app.js';
import { incomingOf } from '../channels/bot-framework.js';
import { complete, readUpdate } from '../channels/telegram/incoming.js';
import { parseUpdate, updateIdOf } from '../channels/telegram/updates.js';
import { fileTypeOf, safeFileName } from '../domain/file-types.js';
import { verifyIdentity, signIdentity } from '../channels/web/identity.js';
import { messageIdOf, parseActivity, toIncoming } from '../channels/web/incoming.js';
import { readJwt, signJwt } from '../channels/web/jwt.js';
import { boundaryOf, parseDisposition, parseMultipart } from '../channels/web/multipart.js';
import { parseOrigin } from '../channels/web/origins.js';
import { createTokens } from '../channels/web/tokens.js';
import { readDefinition } from '../classifiers/intents-folder.js';
import { parseLabelledText } from '../classifiers/labelled-text.js';
import { createLocalClassifier } from '../classifiers/local-classifier.js';
import { readConfig, type Config } from '../config.js';
import { inputs, parseInput } from '../desk/input.js';
import { Fault } from '../domain/fault.js';
import { newConversation, parseConversation } from '../dialogue/conversation.js';
import { maskSecrets } from '../domain/mask.js';
import { readArticle } from '../knowledge/read-articles.js';
import { isHarmfulPicture } from '../domain/picture.js';
import { readAddress } from '../domain/words/address-text.js';
import { withoutMetadata } from '../files/metadata.js';
import { chatwootSignature, createChatwootWebhook } from '../helpdesks/chatwoot-webhook.js';
import { createHttpServer } from '../http/server.js';
import { createShopEvents, signatureOf } from '../http/shop-events.js';
import { defaultPolicyFile, parsePolicy } from '../policy/read-policy.js';
import { typedChoice } from '../runtime/typed-choice.js';
import { createMemoryShop } from '../shops/memory.js';
import { parseShop, printShop } from '../shops/parse-shop.js';
import { createSampleShop } from '../shops/sample/sample-shop.js';
import { parseTauRetail } from '../shops/tau-retail.js';
import { createTexts, parseLocale } from '../text/texts.js';
import { mutateBytes, mutateJson, mutateText, type Random } from './fuzz-mutations.js';

/** A reader at the edge: makes an input like those it is used to, and reads it. What it throws on purpose has a code of ours. */
export interface Target {
  readonly name: string;
  /** How many inputs it gets beside the others: the slow ones get few. */
  readonly share: number;
  make(random: Random): unknown;
  read(input: unknown): unknown;
}

const at = '2026-06-17T09:00:00.000Z';
const clock = { now: () => at };
const secret = 'a secret for inputs alone';

/** The shop with a handful of orders: a whole one would take longer to spell out than to read. */
function smallShop(): ReturnType<typeof createSampleShop> {
  const shop = createSampleShop(at);
  return JSON.parse(JSON.stringify(shop, (_key, value: unknown) => (Array.isArray(value) ? value.slice(0, 4) : value))) as typeof shop;
}

const sentences = [
  'Where is my order AC-100001? anna@example.com', 'I want to send back the two black phone cases from AC-100003, they are too small and it hurts, refund to my card', 'no, change it to 212 Maple Street, Apt 4B, Brooklyn, NY 11201, USA please',
  '我想退掉第二个耳环，AC-100011，拍错了', '¿Cómo va mi pedido AC-100022? Soy maria@example.com, Calle Mayor 3, 28013 Madrid', 'Bitte ändern Sie die Adresse auf Torstraße 1, 10119 Berlin, am 3. Juli zwischen 14 und 16 Uhr', 'Où est mon colis LP000100012CN ? Je l’attends depuis trois semaines !!!',
  'Хочу вернуть половину заказа, 12,50 € или −10 %, не позже 31.12.2026', 'أين طلبي رقم AC-103871 من فضلك؟ ٣ قطع بحجم XL', 'Quero trocar o tênis 38 pelo 39,5, mais barato, e cancelar o resto; se não der, só o azul-claro', 'ok', 'yes, but only the lamp', '123456', 'my card is 4111 1111 1111 1111 cvv 123, iban DE89 3704 0044 0532 0130 00',
  // A word without end: what looks through it again from each of its letters takes seconds.
  'ab-'.repeat(6_000),
];

/** The doors that other systems knock at with signed bodies: whatever stands in one, the answer is ours. */
async function openHooks(): Promise<{ readonly seeds: readonly string[]; read(body: string): Promise<void> }> {
  const server = createHttpServer({ trustProxy: false, maxBody: 1_048_576 });
  await server.register(createShopEvents({ secret, clock, limit: { reserve: () => 0 }, take: async () => 'accepted' }));
  await server.register(createChatwootWebhook({ secret, accountId: 1, clock, hint: () => undefined }));
  await server.ready();
  const time = String(Date.parse(at) / 1000);
  const doors = [
    (body: string) => ({ url: '/api/shop/events', headers: { 'x-aftercare-timestamp': time, 'x-aftercare-signature': signatureOf(secret, time, Buffer.from(body)) } }),
    (body: string) => ({ url: '/api/helpdesk/chatwoot', headers: { 'x-chatwoot-timestamp': time, 'x-chatwoot-signature': chatwootSignature(secret, time, Buffer.from(body)) } }),
  ];
  return {
    seeds: [
      { id: 'e-1', type: 'dispatched', order: 'AC-100001', parcel: 'LP000100012CN', at }, { id: 'e-2', type: 'refund_sent', order: 'AC-100003', at, refund: 'r-1' }, { id: 'e-3', type: 'sold_out', order: 'AC-100002', at, lines: ['l-1'], backOn: '2026-07-01' },
      { event: 'message_created', id: 5, account: { id: 1 }, conversation: { id: 7 }, content: 'hello', private: false }, { event: 'conversation_status_changed', id: 7, account: { id: 1 }, status: 'resolved' },
    ].map((one) => JSON.stringify(one)),
    async read(body) {
      const answers = await Promise.all(doors.map((door) => server.inject({ method: 'POST', payload: body, ...door(body), headers: { 'content-type': 'application/json', ...door(body).headers } })));
      const broken = answers.find(({ statusCode }) => statusCode >= 500);
      if (broken) throw new Error(`answered ${broken.statusCode}: ${broken.body}`);
      // Refused is what neither of the two takes.
      if (answers.every(({ statusCode }) => statusCode >= 400)) throw new Fault('input.invalid', answers[0]?.body ?? '');
    },
  };
}

const text = (name: string, share: number, seeds: readonly string[], read: (input: string) => unknown): Target => ({ name, share, make: (random) => mutateText(seeds, random), read: (input) => read(String(input)) });
const json = (name: string, share: number, seeds: readonly unknown[], read: (input: unknown) => unknown): Target => ({ name, share, make: (random) => mutateJson(seeds[random(seeds.length)], random), read });

/** Every reader at the edge. Opening them loads the model. */
export async function openTargets(): Promise<Target[]> {
  const config = readConfig({}) as { readonly config: Config };
  const { opened } = await learn(config.config);
  const shop = smallShop();
  const classifier = createLocalClassifier({ model: opened.model, shop: await createMemoryShop(shop, clock).reader.profile() });
  const tokens = createTokens({ secret, clock, random: (bytes) => new Uint8Array(bytes).fill(7) });
  const holder = tokens.newConversation(['https://shop.example']);
  const identity = signIdentity('cus-0001', secret, clock);
  const policy = readFileSync(defaultPolicyFile, 'utf8');
  const intent = readFileSync(join(root, 'intents', 'order_status.yaml'), 'utf8');
  const english = JSON.parse(readFileSync(join(root, 'locales', 'en.json'), 'utf8')) as Record<string, string>;
  const messages = Object.entries(english).filter(([, message]) => message.includes('{'));
  const articleFolder = join(root, 'locales', 'knowledge', 'en');
  const articles = readdirSync(articleFolder).filter((name) => name.endsWith('.md')).slice(0, 8).map((name) => readFileSync(join(articleFolder, name), 'utf8'));
  const shopText = printShop(shop);
  const tau = JSON.stringify({
    products: { p1: { name: 'Lamp', product_id: 'p1', variants: { v1: { item_id: 'v1', options: { colour: 'black' }, available: true, price: 12.5 } } } },
    users: { u1: { user_id: 'u1', name: { first_name: 'A', last_name: 'B' }, address: { address1: 'x', address2: '', city: 'c', country: 'USA', state: 'NY', zip: '10001' }, email: 'a@b.co', payment_methods: { pm: { source: 'gift_card', id: 'pm', balance: 3 } }, orders: ['#W1'] } },
    orders: { '#W1': { order_id: '#W1', user_id: 'u1', address: { address1: 'x', address2: '', city: 'c', country: 'USA', state: 'NY', zip: '10001' }, items: [{ name: 'Lamp', product_id: 'p1', item_id: 'v1', price: 12.5, options: { colour: 'black' } }], fulfillments: [], status: 'pending', payment_history: [{ transaction_type: 'payment', amount: 12.5, payment_method_id: 'pm' }] } },
  });
  const from = { id: 5, first_name: 'Ana', language_code: 'pt-br' };
  const chat = { id: 5, type: 'private' };
  const updates = [
    { update_id: 1, message: { message_id: 2, chat, from, text: '/start abc', date: 1 } }, { update_id: 2, edited_message: { message_id: 2, chat, from, caption: 'see', photo: [{ file_id: 'a', width: 1, height: 1 }], media_group_id: 'g' } },
    { update_id: 3, callback_query: { id: 'q', from, message: { message_id: 2, chat }, data: 'y:1' } }, { update_id: 4, my_chat_member: { chat, new_chat_member: { status: 'kicked' } } }, { update_id: 5, message: { message_id: 9, chat, from, document: { file_id: 'd', file_name: 'a.pdf', file_size: 3 }, voice: {} } },
  ];
  const activity = { type: 'message', id: 'a-1', text: sentences[0], value: { choice: 'y:1' }, locale: 'de-DE', from: { id: 'me', name: 'Ana' }, channelData: { clientActivityID: 'c-1', aftercare: { payload: 'x' }, deep: [{ er: 1 }] }, attachments: [{ contentType: 'image/png', contentUrl: 'x' }] };
  const connector = { ...activity, channelId: 'msteams', serviceUrl: 'https://smba.example', conversation: { id: 'c' }, recipient: { id: 'b' } };
  const boundary = 'multipart/form-data; boundary=XX';
  const form = `--XX\r\nContent-Disposition: form-data; name="activity"; filename="blob"\r\nContent-Type: application/vnd.microsoft.activity\r\n\r\n${JSON.stringify(activity)}\r\n--XX\r\nContent-Disposition: form-data; name="file"; filename*=UTF-8''fot%C3%B6.png\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\r\n--XX--\r\n`;
  const pictures = [
    Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'), Buffer.from('ffd8ffe100224578696600004d4d002a000000080001011200030000000100060000000000 00ffc0000b080001000101011100ffda0008010100003f0001ff00ffd9'.replaceAll(' ', ''), 'hex'),
    Buffer.from('GIF89a\x01\0\x01\0\x80\0\0', 'latin1'), Buffer.from('RIFF\x22\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\0\0\0\0\0\0EXIF\x02\0\0\0ab', 'latin1'), Buffer.from('%PDF-1.7\n%%EOF'), Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'),
  ];
  const act = { act: 'say', id: 'act-of-mine-1', text: 'hello', files: ['f'], confirm: true, email: 'ada@example.com', password: 'correct horse', token: 't', name: 'Ada', role: 'agent', locale: 'en' };

  const hooks = await openHooks();

  return [
    text('webhooks of the shop and of a helpdesk', 3, hooks.seeds, hooks.read),
    json('Telegram updates', 10, updates, (input) => {
      updateIdOf(input);
      const update = parseUpdate(input);
      const reading = update && readUpdate(update);
      return reading && complete(reading, at, [], reading.unread, undefined);
    }),
    json('Direct Line activities', 10, [activity], (input) => {
      const parsed = parseActivity(input);
      return toIncoming(parsed, { holder, customer: undefined, messageId: messageIdOf(parsed, () => 'fresh'), at, files: [] });
    }),
    // The SDK has checked that it is an activity of a conversation before we see it.
    json('Bot Framework activities', 10, [connector], (input) => incomingOf({ ...connector, ...(typeof input === 'object' && input !== null ? input : {}), channelId: 'msteams', conversation: { id: 'c' } } as unknown as Parameters<typeof incomingOf>[0], { serviceUrl: connector.serviceUrl }, at)),
    text('identities and tokens', 10, [identity, tokens.issue(holder).token, tokens.issueTicket(holder), signJwt({ sub: 'a', aud: ['aftercare'], exp: 1e12 }, secret), 'a.b.c'], (input) => {
      readJwt(input, secret);
      tokens.read(input);
      tokens.readTicket(input);
      tokens.checkLink(input, { c: input, e: '12', s: input });
      parseOrigin(input);
      return verifyIdentity(input, secret, clock);
    }),
    { name: 'multipart uploads', share: 8, make: (random) => mutateBytes([Buffer.from(form, 'latin1')], random), read: (input) => parseMultipart(input as Buffer, 'XX', 11).map(({ name, fileName, bytes }) => [name, safeFileName(fileName ?? ''), fileTypeOf(bytes)]) },
    text('multipart headers', 8, [boundary, 'form-data; name="a\\"b"; filename="x%22y.png"; filename*=UTF-8\'\'%E4%B8%AD'], (input) => {
      parseDisposition(input);
      return boundaryOf(input);
    }),
    { name: 'pictures', share: 8, make: (random) => mutateBytes(pictures, random), read: (input) => {
      const bytes = input as Buffer;
      const type = fileTypeOf(bytes) ?? 'image/jpeg';
      return [isHarmfulPicture(bytes, type), withoutMetadata(bytes, type).length];
    } },
    json('desk inputs', 8, [act, { ...act, act: 'take' }, { id: 'web:x', before: '5' }], (input) => {
      let refusal: unknown;
      let isRead = false;
      for (const schema of Object.values(inputs)) {
        try {
          parseInput<unknown>(schema, input);
          isRead = true;
        } catch (error) {
          if (!isExpected(error)) throw error;
          refusal = error;
        }
      }
      // Refused is what no door of the desk takes.
      if (!isRead) throw refusal;
    }),
    json('stored conversations', 6, [newConversation('web:1', 'web', 'en', at)], (input) => parseConversation(input as Parameters<typeof parseConversation>[0])),
    text('messages', 3, sentences, (input) => classifier.understand(input, { at, locale: 'en' })),
    text('addresses', 8, sentences.concat(['欧阳娜娜\n淮海中路1045号18楼\n上海市 200031', 'c/ Mayor, 3, 2º B\n28013 Madrid', 'ул. Ленина, д. 5, кв. 7, Москва 119017']), (input) => readAddress(input, { strip: ['AC-100001'], wanted: 'line1' })),
    text('masks and typed buttons', 10, sentences, (input) => [maskSecrets(input), typedChoice(input, [{ id: 'a', label: 'Yes' }, { id: 'b', label: input.slice(0, 40) }])]),
    text('policies', 0.2, [policy], (input) => parsePolicy(input)),
    text('intents', 0.2, [intent], (input) => readDefinition('order_status.yaml', input, [])),
    text('articles', 1, articles, (input) => {
      const problems: string[] = [];
      const found = readArticle('an-article.md', 'en', input, problems);
      if (problems.length > 0) throw new Fault('knowledge.invalid', problems.join('\n'));
      return found;
    }),
    text('labelled texts', 6, ['text\tintent\ttags\nwhere is it\torder_status\tshort\nboth\ta+b\t\n'], (input) => parseLabelledText(input, 'a.tsv')),
    text('locales', 1, messages.slice(0, 60).map(([key, message]) => JSON.stringify({ [key]: message })), (input) => {
      const locale = parseLocale('en.json', input);
      const texts = createTexts({ en: locale });
      for (const [key, message] of Object.entries(locale)) texts.say({ key, values: Object.fromEntries([...message.matchAll(/\{\s*([^\s{},]+)/gu)].map(([, name = '']) => [name, 2])) }, 'en');
    }),
    text('shop imports', 0.05, [shopText], (input) => parseShop(input)),
    json('shop imports by value', 0.1, [JSON.parse(shopText)], (input) => parseShop(JSON.stringify(input))),
    json('shop imports of another format', 2, [JSON.parse(tau)], (input) => parseTauRetail(JSON.stringify(input))),
  ];
}

/** A refusal in our own words: a fault, or an answer of the 400s with a code. Everything else is a crash. */
export function isExpected(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return false;
  if ('mayHelpAgain' in error) return true;
  return 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500 && !/^(?:ERR_|FST_)/u.test(error.code);
}
