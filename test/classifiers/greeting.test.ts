import { describe, expect, test } from '@jest/globals';
import { behindGreeting } from '../../src/classifiers/greeting.js';
import type { Locale } from '../../src/domain/understanding.js';

const rest = (text: string, locale: Locale): string | undefined => {
  const start = behindGreeting(text, locale);
  return start === undefined ? undefined : text.slice(start);
};

describe('a greeting without a mark behind it', () => {
  test.each<[Locale, string, string]>([
    ['en', 'hi where is my order', 'where is my order'], ['en', 'Good morning the lamp is broken', 'the lamp is broken'], ['es', 'hola buenas tardes donde esta mi pedido', 'donde esta mi pedido'], ['pt', 'oi cade meu pedido', 'cade meu pedido'],
    ['fr', 'bonjour la lampe ne marche pas', 'la lampe ne marche pas'], ['de', 'Grüß Gott wo ist mein Paket', 'wo ist mein Paket'], ['ru', 'привет курьер нахамил', 'курьер нахамил'], ['ar', 'السلام عليكم وين طلبي', 'وين طلبي'], ['zh', '你好怎么买东西', '怎么买东西'],
  ])('%s: “%s” goes on with “%s”', (locale, text, expected) => expect(rest(text, locale)).toBe(expected));

  test.each<[Locale, string]>([
    ['en', 'hi'], ['en', 'hello there'], ['en', 'hi Tom'], ['en', 'hiking boots in red'], ['en', 'where is my order, hello'], ['es', 'hola buenas tardes'], ['zh', '你好'], ['zh', '您好在吗'], ['ar', 'السلام عليكم ورحمة الله وبركاته'], ['ru', ''],
  ])('%s: “%s” opens with none, or says hardly more', (locale, text) => expect(rest(text, locale)).toBeUndefined());
});
