import { expect, test } from '@jest/globals';
import { warmUp } from '../../src/runtime/warm-up.js';
import { aCore } from '../support/a-core.js';

test('warming up goes through sentences of every language, keeps nothing of them, and ends when it is told', async () => {
  const core = await aCore();
  const heard: string[] = [];
  const classifier: typeof core.classifier = {
    understand(text, context) {
      heard.push(text);
      return core.classifier.understand(text, context);
    },
  };
  const sentences = [{ locale: 'en', text: 'where is my order AC-100001?' }, { locale: 'zh', text: '我想退货' }, { locale: 'ar', text: 'أين طلبي؟' }, { locale: 'de', text: 'Storno' }];
  await warmUp(sentences, { ...core, classifier }, () => heard.length === 3);
  expect(heard).toEqual(sentences.slice(0, 3).map(({ text }) => text));
  expect([await core.store.list(10), await core.store.pending()]).toEqual([[], { inbox: 0, outbox: 0 }]);
}, 60_000);
