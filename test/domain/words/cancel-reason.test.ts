import { describe, expect, test } from '@jest/globals';
import { cancelReasonSaid } from '../../../src/domain/words/cancel-reason.js';

describe('why somebody cancels, in their words', () => {
  test.each([
    ['I found it cheaper elsewhere', 'found_cheaper'], ['it takes too long', 'too_slow'], ['ordered by mistake', 'ordered_by_mistake'], ['no longer needed', 'no_longer_needed'], ['my card was declined', 'payment_problem'],
    ['I chose the wrong size', 'wrong_details'], ['别家更便宜', 'found_cheaper'], ['等太久了', 'too_slow'], ['不小心下错单了', 'ordered_by_mistake'], ['不需要了', 'no_longer_needed'], ['lo encontré más barato', 'found_cheaper'],
    ['tarda demasiado', 'too_slow'], ['fue por error', 'ordered_by_mistake'], ['ya no lo necesito', 'no_longer_needed'], ['achei mais barato', 'found_cheaper'], ['está demorando muito', 'too_slow'], ['comprei sem querer', 'ordered_by_mistake'],
    ['não preciso mais', 'no_longer_needed'], ['trouvé moins cher', 'found_cheaper'], ['c’est trop long', 'too_slow'], ['commandé par erreur', 'ordered_by_mistake'], ['je n’en ai plus besoin', 'no_longer_needed'],
    ['woanders günstiger', 'found_cheaper'], ['das dauert zu lange', 'too_slow'], ['aus Versehen bestellt', 'ordered_by_mistake'], ['brauche ich nicht mehr', 'no_longer_needed'], ['нашёл дешевле', 'found_cheaper'],
    ['слишком долго ждать', 'too_slow'], ['заказал по ошибке', 'ordered_by_mistake'], ['больше не нужно', 'no_longer_needed'], ['وجدته أرخص', 'found_cheaper'], ['يستغرق وقتا طويلا', 'too_slow'], ['طلبته بالخطأ', 'ordered_by_mistake'],
    ['لم أعد أحتاجه', 'no_longer_needed'],
  ])('%s: %s', (text, reason) => expect(cancelReasonSaid(text, [])).toBe(reason));

  test('a telling word counts before the reason read for returns', () => {
    expect(cancelReasonSaid('found it cheaper', ['changed_mind'])).toBe('found_cheaper');
    expect(cancelReasonSaid('meh', ['changed_mind'])).toBe('no_longer_needed');
    expect(cancelReasonSaid('it came too late', ['arrived_late'])).toBe('too_slow');
  });

  test.each(['is it too late to cancel?', 'because I like blue', 'cancel AC-100002', ''])('"%s" tells none', (text) => expect(cancelReasonSaid(text, [])).toBeUndefined());
});
