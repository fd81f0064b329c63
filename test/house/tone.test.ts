import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { root } from './sources.js';

const read = (tag: string): Readonly<Record<string, string>> => JSON.parse(readFileSync(`${root}locales/${tag}.json`, 'utf8')) as Record<string, string>;
const tags = readdirSync(`${root}locales`).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
/** A greeting may be friendly. */
const isGreeting = (key: string): boolean => key.startsWith('hello.');
/** What the bot says to customers; pages for agents and labels of things are not its voice. */
const isSpoken = (key: string): boolean => !/^(?:desk|widget|shop-page|label|invoice|intent|command)\./u.test(key);

/** Every article's words, by file. */
const articles = (tag: string): [string, string][] => readdirSync(`${root}locales/knowledge/${tag}`).map((name) => [name, readFileSync(`${root}locales/knowledge/${tag}/${name}`, 'utf8').split(/\n---\n/u)[1] ?? '']);

/** What would be a promise, a reproach or flattery, in each language. */
const wrong: Readonly<Record<string, RegExp>> = {
  en: /\bwe guarantee\b|\bguaranteed\b|\bI promise\b|we promise|\bunfortunately,? you\b|\byou (?:failed|forgot|should have|must have)\b|(?<!(?:not|n[’']t) )your (?:own )?fault|as I (?:already )?said|calm down|valued customer|100 ?%/iu,
  de: /\bgarantier|versprech(?:e|en) (?:Ihnen|dir)|leider haben Sie|Sie haben (?:vergessen|versäumt)|Sie hätten|Ihre (?:eigene )?Schuld|wie (?:ich )?(?:bereits|schon) gesagt|beruhigen Sie sich|geschätzter? Kunde/iu,
  es: /garantiz|le prometo|se lo prometo|desafortunadamente,? usted|lamentablemente,? usted|usted (?:olvidó|debería haber)|culpa suya|su culpa|como ya (?:le )?dije|cálmese|estimado cliente/iu,
  pt: /garantimos|eu prometo|prometemos|infelizmente,? você|você (?:esqueceu|deveria ter)|sua culpa|como (?:eu )?já disse|acalme-se|prezado cliente/iu,
  fr: /nous garantissons|je vous promets|malheureusement,? vous|vous (?:avez oublié|auriez dû)|votre faute|comme je l[’']ai (?:déjà )?dit|calmez-vous|cher client/iu,
  ru: /гарантируем|обещаю|обещаем|к сожалению,? вы|вы (?:забыли|должны были)|(?<!не )ваша вина|по вашей вине|как я уже (?:говорил|сказал)|успокойтесь|уважаемый клиент/iu,
  zh: /我(?:们)?保证(?!不了)|承诺您|很遗憾您|您(?:忘了|应该早)|您的错|我(?:已经)?说过|冷静(?:点|一下)|尊敬的客户|亲爱的客户/u,
  ar: /نضمن لك|أعدك|نعدك|للأسف أنت|نسيت أن|خطؤك|كما قلت لك|اهدأ|عزيزي العميل/u,
};

describe('how the bot speaks', () => {
  test.each(tags)('[SH-52] %s: promises nothing, blames nobody, flatters nobody', (tag) => {
    const pattern = wrong[tag] ?? /$^/u;
    expect(Object.entries(read(tag)).filter(([key, text]) => isSpoken(key) && pattern.test(text)).map(([key, text]) => `${key}: ${pattern.exec(text)?.[0]}`)).toEqual([]);
    expect(articles(tag).filter(([, text]) => pattern.test(text)).map(([name, text]) => `${name}: ${pattern.exec(text)?.[0]}`)).toEqual([]);
  });
  test.each(tags)('%s: shouts nowhere: no exclamation mark in what it says, above all in a refusal', (tag) => {
    expect(Object.entries(read(tag)).filter(([key, text]) => isSpoken(key) && !isGreeting(key) && /[!！¡]/u.test(text)).map(([key]) => key)).toEqual([]);
    expect(articles(tag).filter(([, text]) => /[!！¡]/u.test(text)).map(([name]) => name)).toEqual([]);
  });
  test.each(tags)('%s: no refusal is longer than a few sentences, nor ends without a full stop', (tag) => {
    const refusals = Object.entries(read(tag)).filter(([key]) => key.includes('.refused.') && isSpoken(key));
    expect(refusals.length).toBeGreaterThan(40);
    expect(refusals.filter(([, text]) => text.length > 700).map(([key]) => key)).toEqual([]);
    expect(refusals.filter(([, text]) => !/[.。؟?？:}”"»)]\s*$/u.test(text)).map(([key, text]) => `${key}: …${text.slice(-20)}`)).toEqual([]);
  });
  test('the check finds what it is there for', () => {
    expect(wrong['en']?.test('Unfortunately, you missed the day.')).toBe(true);
    expect(wrong['de']?.test('Leider haben Sie das verpasst.')).toBe(true);
    expect(wrong['zh']?.test('我们保证明天送到')).toBe(true);
  });
});
