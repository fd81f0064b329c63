import { describe, expect, test } from '@jest/globals';
import { alteredCopies } from '../../../src/classifiers/linear/altered-copies.js';
import { calibrate, crossValidate } from '../../../src/classifiers/linear/calibration.js';
import { createLinearClassifier } from '../../../src/classifiers/linear/classifier.js';
import { packFile, packLinear, unpackFile, unpackLinear } from '../../../src/classifiers/linear/model-file.js';
import { THOROUGH_TRAINING, trainLinear } from '../../../src/classifiers/linear/training.js';
import { Fault } from '../../../src/domain/fault.js';
import { smallSet } from '../sentences.js';

const model = trainLinear(smallSet());
const bytes = packFile(packLinear(model));
const classifier = createLinearClassifier(model);

const faultOf = (attempt: () => unknown): unknown => {
  try {
    attempt();
  } catch (error) {
    return error instanceof Fault ? error.code : error;
  }
  return undefined;
};

describe('what a customer means', () => {
  test.each([
    ['en', 'could you please cancel the order for me', 'cancel'],
    ['en', 'wheres my pakage', 'track'],
    ['en', 'still no refund on my account', 'refund'],
    ['es', 'quisiera cancelar mi compra', 'cancel'],
    ['es', '¿por dónde anda el paquete?', 'track'],
    ['zh', '能不能帮我取消订单', 'cancel'],
    ['zh', '快递现在到哪里了', 'track'],
  ])('a customer who writes (%s) "%s" is understood though nobody wrote that before', (locale, text, label) => {
    expect(classifier.predict(text, locale).label).toBe(label);
  });

  test('a customer who talks of something else is told apart from those who want something', () => {
    const wish = classifier.predict('cancel my order please', 'en');
    const chat = classifier.predict('do penguins dream at night', 'en');
    expect(wish.verdict).toBe('sure');
    expect(chat.verdict).toBe('out_of_scope');
    expect(chat.confidence).toBeLessThan(wish.confidence);
  });

  test('a customer who sends nothing that can be read is out of scope', () => {
    for (const text of ['', '   ', '!!!', '\ud800', '\u0000\u0001']) expect(classifier.predict(text, 'en').verdict).toBe('out_of_scope');
  });

  test('a customer who writes a language without sentences of its own is still understood by what languages share', () => {
    expect(classifier.predict('cancel order', 'it').label).toBe('cancel');
  });

  test('the three likeliest wishes come best first, the first being the answer', () => {
    const { label, top } = classifier.predict('where is my refund', 'en');
    expect(top).toHaveLength(3);
    expect(top[0]?.label).toBe(label);
    expect(top.map(({ score }) => score)).toEqual(top.map(({ score }) => score).toSorted((a, b) => b - a));
  });

  test('an engineer who asks why gets the words that spoke for it', () => {
    const { label, parts } = classifier.explain('please cancel my order', 'en', undefined, 200);
    expect(label).toBe('cancel');
    expect(parts.find(({ feature }) => feature === 'word "cancel"')?.weight).toBeGreaterThan(0);
    expect(parts.map(({ weight }) => Math.abs(weight))).toEqual(parts.map(({ weight }) => Math.abs(weight)).sort((a, b) => b - a));
  });
});

describe('a model is the same wherever it is', () => {
  test('the same sentences give the same bytes, so every node answers a customer alike', () => {
    expect(Buffer.compare(packFile(packLinear(trainLinear(smallSet()))), bytes)).toBe(0);
  });

  test('another seed may give other bytes', () => {
    expect(Buffer.compare(packFile(packLinear(trainLinear(smallSet(), { seed: 2, passes: 2 }))), bytes)).not.toBe(0);
  });

  test('a saved and loaded model answers every customer as the trained one does', () => {
    const loaded = createLinearClassifier(unpackLinear(unpackFile(bytes)));
    for (const { text, locale } of smallSet().examples) {
      expect(loaded.predict(text, locale)).toEqual(classifier.predict(text, locale));
    }
  });

  test('a model read from the middle of a larger buffer is read all the same', () => {
    const padded = Buffer.concat([Buffer.from('x'), bytes]);
    expect(unpackLinear(unpackFile(padded.subarray(1)))).toEqual(unpackLinear(unpackFile(bytes)));
  });
});

describe('a model learned thoroughly', () => {
  const thorough = trainLinear(smallSet(), THOROUGH_TRAINING);
  const read = createLinearClassifier(thorough);

  test('understands customers as the other does, and lays more on words nobody has seen', () => {
    for (const [locale, text, label] of [['en', 'could you please cancel the order for me', 'cancel'], ['zh', '快递现在到哪里了', 'track']] as const) expect(read.predict(text, locale).label).toBe(label);
    const [seen, half] = ['where is my order now', 'where is my zeppelin, quixotic jabberwock'];
    expect(read.predict(seen, 'en').unknown).toBe(0);
    expect(read.predict(half, 'en').unknown).toBeGreaterThan(classifier.predict(half, 'en').unknown);
    expect(read.predict('жщчъ', 'en').unknown).toBeCloseTo(1, 10);
    expect(read.predict('', 'en')).toMatchObject({ unknown: 1, verdict: 'out_of_scope' });
    const { confidence, top, unknown } = createLinearClassifier({ ...thorough, rejectWeight: 0 }).predict(half, 'en');
    expect(confidence).toBeCloseTo((top[0]?.score ?? 0) - 4 * unknown, 10);
  });

  test('answers alike once saved and loaded, and keeps how it was learned', () => {
    const loaded = unpackLinear(unpackFile(packFile(packLinear(thorough))));
    expect(loaded.unknown).toEqual(THOROUGH_TRAINING.unknown);
    for (const { text, locale } of smallSet().background) expect(createLinearClassifier(loaded).predict(text, locale)).toEqual(read.predict(text, locale));
  });
});

describe('nets beside the planes', () => {
  const options = { ...THOROUGH_TRAINING, net: { ...THOROUGH_TRAINING.net!, nets: 2, hidden: 16 } }; // the preset has nets
  const thorough = trainLinear(smallSet(), options);
  const parts = packLinear(thorough);
  const own = Object.keys(parts.sections).filter((name) => name.includes('.net.'));

  test('stand in a thorough model of each language, and nowhere in one learned as the intents are', () => {
    expect([...new Set(own.map((name) => name.slice(0, name.indexOf('.net.'))))].sort()).toEqual(['linear.own.en', 'linear.own.es', 'linear.own.zh']);
    expect(Object.keys(packLinear(model).sections).filter((name) => name.includes('.net.'))).toEqual([]);
  });

  test('are the same bytes for the same sentences, and others for another seed', () => {
    expect(Buffer.compare(packFile(packLinear(trainLinear(smallSet(), options))), packFile(parts))).toBe(0);
    const other = packLinear(trainLinear(smallSet(), { ...options, seed: 2 })).sections['linear.own.en.net.outputs'];
    expect(other).not.toEqual(parts.sections['linear.own.en.net.outputs']);
  });

  test('tell an engineer what they make of each word: with the biases, the parts are the very score', () => {
    const { tables } = thorough.machines['en']!; // a language of the set
    const net = tables.net!; // learned thoroughly
    const nothing = (numbers: Float64Array): Float64Array => numbers.map(() => 0);
    const bare = {
      ...tables, scales: nothing(tables.scales), biases: nothing(tables.biases),
      net: { ...net, hiddenBiases: nothing(net.hiddenBiases), outputBiases: nothing(net.outputBiases) },
    };
    const { shared: _, ...unshared } = thorough;
    const lone = createLinearClassifier({ ...unshared, machines: { en: { weight: 1, sharedWeight: 0, tables: bare } } });
    const { top } = lone.predict('please cancel my order', 'en');
    const { label, parts: told } = lone.explain('please cancel my order', 'en', undefined, 1000);
    expect(label).toBe('cancel');
    expect(told.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(top[0]?.score ?? 0, 9);
    expect(told.find(({ feature }) => feature === 'word "cancel"')?.weight).toBeGreaterThan(0);
  });

  test.each(own.filter((name) => name.startsWith('linear.own.en')))('are refused where %s is too short', (name) => {
    const short = { ...parts.sections, [name]: parts.sections[name]?.slice(1) ?? new Uint8Array() };
    expect(faultOf(() => unpackLinear(unpackFile(packFile({ meta: parts.meta, sections: short }))))).toBe('model.unreadable');
  });
});

describe('copies that a learner looks at beside the sentences', () => {
  const alterations = { copies: 50, leftOut: 0.3, swapped: 0.5 };
  const sentences = [{ text: 'where is my blue parcel now', locale: 'en' }, { text: 'refund', locale: 'en' }, { text: '我的包裹到哪里了', locale: 'zh' }];
  const copies = alteredCopies(sentences, alterations, 1);

  test('have words of the sentence only, never none, and some are shorter or in another order', () => {
    expect(copies).toHaveLength(150);
    const english = copies.slice(0, 50).map(({ text }) => text.split(' '));
    for (const words of english) expect(words.filter((word) => !(sentences[0]?.text ?? '').split(' ').includes(word))).toEqual([]);
    expect(Math.min(...english.map((words) => words.length))).toBeGreaterThan(0);
    expect(new Set(english.map((words) => words.length)).size).toBeGreaterThan(2);
    expect(english.some((words) => words.indexOf('my') >= 0 && words.indexOf('my') < words.indexOf('is'))).toBe(true);
    expect(copies.slice(50, 100).every(({ text }) => text === 'refund')).toBe(true);
  });

  test('of a script without blanks get none', () => {
    expect(copies.slice(100).filter(({ text }) => /\s/u.test(text))).toEqual([]);
    expect(new Set(copies.slice(100).map(({ text }) => text)).size).toBeGreaterThan(1);
  });

  test('are the same again for the same seed', () => {
    expect(alteredCopies(sentences, alterations, 1)).toEqual(copies);
    expect(alteredCopies(sentences, alterations, 2)).not.toEqual(copies);
  });
});

describe('a damaged model never answers a customer', () => {
  test.each([
    ['is cut short', bytes.slice(0, bytes.length - 9)],
    ['is empty', new Uint8Array()],
    ['is another kind of file', new TextEncoder().encode('a'.repeat(500))],
    ['has something appended', Uint8Array.from([...bytes, 0])],
    ['is of another version', Uint8Array.from(bytes, (byte, i) => (i === 4 ? byte + 1 : byte))],
  ])('a file that %s is refused', (_, damaged) => {
    expect(faultOf(() => unpackLinear(unpackFile(damaged)))).toBe('model.unreadable');
  });

  test('a single flipped bit anywhere is noticed', () => {
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 150)) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      expect(faultOf(() => unpackFile(damaged))).toBe('model.unreadable');
    }
  });

  test('arrays that do not hang together are refused though their checksum is right', () => {
    const parts = packLinear(model);
    const short = { ...parts.sections, 'linear.own.en.idf': new Uint8Array(3) };
    expect(faultOf(() => unpackLinear(unpackFile(packFile({ meta: parts.meta, sections: short }))))).toBe('model.unreadable');
  });
});

describe('how far an answer is trusted', () => {
  test('thresholds come from sentences the model had not seen, one set a language', () => {
    const found = calibrate(crossValidate(smallSet()));
    expect(Object.keys(found)).toEqual(['en', 'es', 'zh']);
    for (const { thresholds, examples, accuracy, top3 } of Object.values(found)) {
      expect(examples).toBe(32);
      expect(thresholds.sure).toBeGreaterThanOrEqual(thresholds.reject);
      expect(thresholds.slope).toBeGreaterThan(0);
      expect(accuracy).toBeGreaterThan(0.5);
      expect(top3).toBeGreaterThanOrEqual(accuracy);
    }
  });

  test('without background, as many right answers are given up as the training says', () => {
    const held = Array.from({ length: 1000 }, (_, n) => ({ locale: 'en', text: `t${n}`, label: 'a', prediction: { label: 'a', confidence: n / 1000, top: [] } }));
    const reject = (givenUp?: number): number | undefined => calibrate(held, givenUp === undefined ? {} : { givenUp })['en']?.thresholds.reject;
    expect([reject(0.0125), reject(), reject(0.1)]).toEqual([0.012, 0.025, 0.1]);
  });

  test('a calibration run twice finds the same thresholds', () => {
    expect(calibrate(crossValidate(smallSet()))).toEqual(calibrate(crossValidate(smallSet())));
  });
});
