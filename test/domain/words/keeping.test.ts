import { describe, expect, test } from '@jest/globals';
import { keepsIfNone } from '../../../src/domain/words/keeping.js';
import { aCore } from '../../support/a-core.js';
import { aTalk } from '../../flows/talking.js';

describe('“None? Then keep it”', () => {
  test.each([
    'only if it is cheaper. None cheaper? Then keep it', 'nothing like that? then I keep the lamp', '¿No hay ninguno más barato? Entonces me quedo con este', 'Não há mais barato? Então fico com este',
    'Aucune moins chère ? Alors je garde celle-ci', 'Keine günstiger? Dann behalte ich sie', 'Нет дешевле? Тогда оставляю эту', 'لا يوجد أرخص؟ إذن أبقيه', '没有更便宜的？那就留着',
  ])('says that it stays where none is there: %s', (text) => expect(keepsIfNone(text)).toBe(true));
  test.each(['Do you have none? Send me the list', 'I have nothing. Keep me posted', 'Is there no cheaper one?', 'keep it'])('is not said by: %s', (text) => expect(keepsIfNone(text)).toBe(false));

  test('a piece stays as it is, and nothing is asked, where what is wanted in its place is not there', async () => {
    const talk = await aTalk(await aCore());
    await talk.says('I’d like to exchange the Ruta backpack for a cheaper one of the same size. None cheaper? Then I keep it.', { identity: 'cus-0201' });
    expect(talk.keys()).toContain('swap-items.refused.nothing-left');
    expect(talk.keys().join()).not.toContain('none-such');
  });
});
