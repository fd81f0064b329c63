import { describe, expect, test } from '@jest/globals';
import { pointsAtThings, supposesMore } from '../../../src/domain/words/another-order.js';

describe('something more, told to be meant only where there is more', () => {
  test.each([
    'yes, and if there’s another one with any of those in it, that too', 'yes, if I have any other order like that, too', 'Sí, y si hay otro pedido con eso, también', 'sim, e se houver outra encomenda com isso, também',
    'oui, et s’il y en a une autre avec ça, aussi', 'ja, und falls es noch eine andere Bestellung damit gibt, die auch', 'да, и если есть ещё заказ с этим, его тоже', 'نعم، وإذا كان هناك طلب آخر فيه ذلك فهو أيضا', '好的，如果还有别的订单有这些，也一起',
  ])('is so in: %s', (text) => expect(supposesMore(text)).toBe(true));

  test.each([
    'yes, if the other order is given back to me too', 'yes, but only if it costs nothing more', 'ja, wenn das Geld morgen da ist', 'sí, si me devuelven todo también', 'oui, si c’est gratuit aussi', 'да, если это бесплатно', 'yes, and if there’s another fee, tell me too', 'yes, if there is more money back that way, too', 'ja, falls noch eine Gebühr kommt, auch', 'sí, si hay otro descuento también', 'oui, s’il y a une autre remise aussi', '好的，如果不收费的话',
  ])('is not so in: %s', (text) => expect(supposesMore(text)).toBe(false));

  test.each(['one with any of those in it', 'uno con esas cosas', 'um com essas coisas', 'une avec ces choses', 'eine mit diesen Sachen', 'заказ с этими вещами', 'طلب فيه هذه الأشياء', '有这些东西的订单'])('points at what was named: %s', (text) => expect(pointsAtThings(text)).toBe(true));
  test('or at nothing', () => expect(pointsAtThings('another pending order')).toBe(false));
});
