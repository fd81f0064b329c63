import { createSimilarity } from '../../src/classifiers/similarity.js';
import type { ModelCard } from '../../src/domain/model-card.js';
import { judgeRelease, type CheckFigures } from '../../src/domain/release-gate.js';
import { sentenceKey, type TaughtSentence } from '../../src/domain/training-sentence.js';
import type { Records } from '../../src/ports/records.js';
import type { Trainer, TrainingState } from '../../src/ports/training.js';

const figures: CheckFigures = { texts: 434, macroF1: 0.9, accuracy: 0.91, outOfScope: 80, outOfScopeRecall: 0.92 };

/** A trainer that learns when it is told to, and well or badly as it is told. */
export function createFakeTrainer() {
  const released: ModelCard[] = [];
  const cards: ModelCard[] = [];
  let busy: TrainingState['busy'] = null;
  let finish = (): Promise<void> => Promise.resolve();
  const control = { f1: 0.91, finish: () => finish() };
  const known = new Set(['how', 'can', 'i', 'get', 'a', 'gift', 'wrap', 'bitte', 'geschenkverpackung']);
  const trainer: Trainer = {
    intents: async () => [{ intent: 'product_question', group: 'promotions' }, { intent: 'order_status', group: 'orders' }, { intent: 'track_parcel', group: 'delivery' }, { intent: 'complaint', group: 'people' }],
    locales: async () => ['ar', 'de', 'en', 'zh'],
    isKnown: async () => (word) => known.has(word),
    holds: async (text, locale) => (sentenceKey(text, locale) === sentenceKey('where is my order', 'en') ? 'order_status' : null),
    state: async () => ({ busy, failed: null, current: released.at(-1)?.id ?? null, canRollBack: released.length > 0, cards: cards.toReversed(), folder: '/intents' }),
    learn(sentences: readonly TaughtSentence[], by, onDone) {
      if (busy) return false;
      busy = { what: 'learning', since: new Date().toISOString(), by: by.name };
      finish = async () => {
        const after = { en: { ...figures, macroF1: control.f1 }, de: figures };
        const gate = judgeRelease({ en: figures, de: figures }, after);
        const card: ModelCard = {
          id: `m${cards.length + 1}`, at: new Date().toISOString(), by, learnedFrom: 'b', before: 'a', outcome: gate.passes ? 'released' : 'refused', gate, added: sentences.map(({ text, locale, intent }) => ({ text, locale, intent })),
          sentences: { en: { inScope: 7883, outOfScope: 500 } }, checkedOn: [{ name: 'en.tsv', locale: 'en', texts: 434 }], figures: { before: { en: figures, de: figures }, after }, milliseconds: 28_000, bytes: 55_000_000,
        };
        cards.push(card);
        if (gate.passes) released.push(card);
        busy = null;
        await onDone(card);
      };
      return true;
    },
    reread: () => undefined,
    async rollBack() {
      const card = released.pop();
      if (!card) throw new Error('nothing');
      return card;
    },
    diff: async (sentences) => sentences.map(({ text }) => `+    - "${text}"\n`).join(''),
    card: async (id, as) => (cards.some((card) => card.id === id) ? (as === 'md' ? `# Model ${id}\n` : '{}') : null),
  };
  return { training: { trainer, similarity: createSimilarity() }, control };
}

let count = 0;
/** Writes down that a message was understood so, as a turn does. */
export async function hears(records: Records, text: string, { locale = 'en', intent = 'product_question', verdict = 'unsure', conversationId = 'web:anna', messageId = `m-${(count += 1)}`, at = '2026-11-22T09:00:00.000Z' } = {}): Promise<string> {
  const top = [...(verdict === 'out_of_scope' ? [{ intent: 'out_of_scope', score: 0.5 }] : []), { intent, score: 0.4 }, { intent: 'order_status', score: 0.2 }];
  await records.understandings.add({ conversationId, messageId, at, understanding: { text, locale, entities: [], intents: [{ intent: verdict === 'out_of_scope' ? 'out_of_scope' : intent, confidence: 0.4, verdict, top, text, entities: [] }] } });
  return messageId;
}
