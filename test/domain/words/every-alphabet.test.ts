import { describe, expect, test } from '@jest/globals';
import { TO } from '../../../src/domain/words/account.js';
import { LIKE, LIKE_THE_ONE } from '../../../src/domain/words/address-source.js';
import { speaksOfOrders } from '../../../src/domain/words/address.js';
import { alarmIn } from '../../../src/domain/words/alarm.js';
import { NOT_NEEDED } from '../../../src/domain/words/cancel-reason.js';
import { isSequence } from '../../../src/domain/words/joiners.js';
import { ON } from '../../../src/domain/words/notices.js';
import { statesSaid } from '../../../src/domain/words/order-states.js';
import { EVERY, LATEST } from '../../../src/domain/words/orders.js';
import { CARD_BRAND } from '../../../src/domain/words/payment.js';
import { isOfOneOrder, isOneOfThem, wouldDo } from '../../../src/domain/words/places.js';
import { hangsOnPromise } from '../../../src/domain/words/promise-condition.js';
import { EXCEPT } from '../../../src/domain/words/things.js';
import { POINTS_AT_IT } from '../../../src/domain/words/whole-order.js';

describe('words that begin or end with a letter beyond a to z', () => {
  test.each([
    ['à mon adresse habituelle', TO], ['à l’adresse de', LIKE], ['à celle de ', LIKE_THE_ONE], ['das ist überflüssig', NOT_NEEDED], ['écrivez-moi de nouveau', ON],
    ['mis últimas compras', LATEST], ['todas las órdenes', EVERY], ['моя карта мир', CARD_BRAND], ['我的银联卡', CARD_BRAND], ['annulez ça', POINTS_AT_IT],
  ])('%s', (text, pattern) => expect(pattern.test(text)).toBe(true));

  test('places, sums and conditions, too', () => {
    expect(isOneOfThem({ text: 'únicamente una' })).toBe(true);
    expect(isOfOneOrder('todo en un único pedido')).toBe(true);
    expect(wouldDo('rouge, ça va', 'rouge,'.length, 'rouge,'.length, true)).toBe(true);
    expect(hangsOnPromise('si vous n’êtes pas en mesure de me garantir la date, annulez')).toBe(true);
    expect(alarmIn('électrocuté par la lampe')).toBe('safety');
    expect(statesSaid('ma commande impayé', [])).toEqual(['unpaid']);
    expect(speaksOfOrders('bitte überall ändern')).toBe(true);
    expect(isSequence('итак, вторая, пожалуйста, верните лампу', { start: 6, end: 12 })).toBe(true);
  });

  test.each(['мировая карта', 'visage', 'premiers'])('%s holds none', (text) => expect([CARD_BRAND, LATEST].some((pattern) => pattern.test(text))).toBe(false));

  test.each(['alles außer der Lampe', 'tout sauf la lampe', 'tudo exceto a lâmpada', 'всё, кроме лампы', 'كل شيء ما عدا المصباح', '除了灯', 'todo menos la lámpara', 'everything but not the lamp'])('what is left out: %s', (text) => expect(EXCEPT.test(text)).toBe(true));
});
