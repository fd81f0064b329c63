import { describe, expect, test } from '@jest/globals';
import { createSimilarity } from '../../src/classifiers/similarity.js';
import { clusterVectors, likeness } from '../../src/domain/clusters.js';

const similarity = createSimilarity();
const groupsOf = (texts: readonly string[], locale: string): string[][] =>
  clusterVectors(similarity.vectors(texts, locale), similarity.least).map((group) => group.map((place) => texts[place] ?? ''));

const warranty = ['is there a warranty on the drill', 'how long is the warranty', 'does the lamp have a warranty?', 'warranty on this blender'];
const gift = ['can you gift wrap it', 'gift wrap please', 'do you offer gift wrap for the mug'];
test('two sentences of which there are no others are not alike for that', () => expect(groupsOf(['gift wrap', 'purple elephants sing'], 'en')).toHaveLength(2));

const alone = ['my neighbour plays the trumpet'];

describe('sentences that are alike', () => {
  test('come together, what stands alone stays alone, the largest group first', () => {
    const mixed = [warranty[0], gift[0], alone[0], warranty[1], gift[1], warranty[2], warranty[3], gift[2]].map((one) => one ?? '');
    const groups = groupsOf(mixed, 'en');
    expect(groups.map((group) => group.toSorted())).toEqual([warranty.toSorted(), gift.toSorted(), alone]);
  });

  test.each([
    ['zh', ['可以开礼品包装吗', '礼品包装怎么弄', '要礼品包装'], ['你们有实体店吗', '实体店在哪里']],
    ['ar', ['هل يوجد تغليف هدايا', 'أريد تغليف هدايا', 'تغليف هدايا من فضلكم'], ['أين يقع متجركم', 'متجركم أين يقع؟']],
    ['de', ['Gibt es eine Geschenkverpackung?', 'bitte als Geschenkverpackung', 'Geschenkverpackung möglich?'], ['habt ihr ein Ladengeschäft', 'wo ist euer Ladengeschäft']],
    ['ru', ['есть подарочная упаковка?', 'нужна подарочная упаковка', 'подарочная упаковка сколько стоит'], ['где ваш магазин', 'ваш магазин где находится']],
  ])('in %s, too', (locale, many, few) => {
    expect(groupsOf([...many, ...few], locale).map((group) => group.toSorted())).toEqual([many.toSorted(), few.toSorted()]);
  });

  test('the same sentences give the same groups; nothing gives none; every sentence is in one', () => {
    const texts = [...warranty, ...gift, ...alone];
    expect(groupsOf(texts, 'en')).toEqual(groupsOf(texts, 'en'));
    expect(groupsOf([], 'en')).toEqual([]);
    expect(groupsOf(texts, 'en').flat().toSorted()).toEqual(texts.toSorted());
    expect(groupsOf(['', '!!!', '🙂'], 'en').flat()).toHaveLength(3);
  });

  test('vectors have length 1', () => {
    for (const vector of similarity.vectors([...warranty, ...gift], 'en')) expect(likeness(vector, vector)).toBeCloseTo(1);
  });

  test('a thousand are put into groups, each in one', () => {
    const texts = Array.from({ length: 1000 }, (_, i) => `question ${i % 97} about thing ${i % 31} and ${(i * 7919) % 1000}`);
    expect(groupsOf(texts, 'en').flat()).toHaveLength(1000);
  });
});
