import { describe, expect, test } from '@jest/globals';
import { aCore } from '../support/a-core.js';
import { aTalk } from './talking.js';

const chloe = 'cus-0007';

describe('a question that comes again and nothing besides', () => {
  test('says that what was told for later is noted, keeps it, and offers a person', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('the necklace arrived broken, the box is crushed', { identity: chloe });
    await talk.says('first the photos, then my money back please');
    expect(talk.keys()).toEqual(['echo.noted', 'parcel-damaged.ask.photos']);
    expect(talk.choices()).toContain('h');
    await talk.says('', { files: ['f1', 'f2'] });
    expect(talk.keys()).toEqual(['parcel-damaged.plan', 'confirm.ask']);
  });

  test('does not go round for ever: whatever it is taken for, the third message in a row that brings nothing brings a person', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('the necklace arrived broken, the box is crushed', { identity: chloe });
    const seen: string[][] = [];
    for (const words of ['the clasp has a crack', 'well well', 'the clasp has a crack', 'the clasp, as I said']) {
      await talk.says(words);
      seen.push([...talk.keys()]);
      if (talk.keys().some((key) => key.startsWith('handover.'))) break;
    }
    expect(seen.slice(0, -1).every((keys) => keys.includes('miss.question') && keys.includes('parcel-damaged.ask.photos'))).toBe(true);
    expect(seen.at(-1)).toContain('handover.announced.not-understood');
    expect(seen.length).toBeLessThanOrEqual(4);
  });
});
