import { describe, expect, test } from '@jest/globals';
import { useIn } from '../../src/flows/grounding/purposes.js';

const thing = (name: string) => ({ name, aliases: [], category: 'other' });
const meant = (text: string, names: readonly string[]): string[] | undefined => {
  const use = useIn(text, []);
  return use && names.filter((name) => use.serves(thing(name)) !== use.isApart);
};

describe('things told by what they are for', () => {
  test.each([
    ['everything for the kitchen can go back', ['Electric kettle', 'Rain coat'], ['Electric kettle']],
    ['send back all the camping gear', ['Two-person tent', 'Toaster'], ['Two-person tent']],
    ['anything that has nothing to do with cycling', ['Bicycle', 'Toaster'], ['Toaster']],
    ['the kitchen things stay, all else goes', ['Blender', 'Suitcase'], ['Suitcase']],
    ['I gave up photography, return everything related to it', ['Tripod', 'Blender'], ['Tripod']],
    ['todo lo de cocina', ['Tetera', 'Maleta'], ['Tetera']],
    ['tudo para a cozinha', ['Chaleira', 'Mala'], ['Chaleira']],
    ['tout ce qui est pour la cuisine', ['Bouilloire', 'Valise'], ['Bouilloire']],
    ['alles für die Küche', ['Wasserkocher', 'Koffer'], ['Wasserkocher']],
    ['всё для кухни', ['Чайник', 'Чемодан'], ['Чайник']],
    ['كل أدوات المطبخ', ['غلاية', 'حقيبة سفر'], ['غلاية']],
    ['所有厨房用品', ['咖啡机', '行李箱'], ['咖啡机']],
  ])('%s', (text, names, expected) => expect(meant(text, names)).toEqual(expected));

  test.each(['I return everything as my holiday got cancelled', 'does that work for you?', 'the parcel is at the post office, return it all'])('no use is told in: %s', (text) => expect(useIn(text, [])).toBeUndefined());
  test('a use that is part of a name names the thing', () => expect(useIn('all the hiking boots', [{ start: 8, end: 20 }])).toBeUndefined());
});
