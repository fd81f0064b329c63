import type { Locale } from '../domain/understanding.js';
import { flatten } from './entities/source.js';

/** Names of languages, in English, Spanish, Chinese and the language itself. */
const NAMES: Readonly<Record<Locale, string>> = {
  en: 'english|ingl[eé]s|英语|英文|ingl[eê]s|anglais|englisch|английский|по-английски|английском|الإنجليزية|الانجليزية',
  zh: 'chinese|mandarin|chino|mandar[ií]n|中文|汉语|普通话|国语|chin[eê]s|chinois|chinesisch|китайский|по-китайски|الصينية',
  es: 'spanish|espa[ñn]ol|castellano|西班牙语|西语|espanhol|espagnol|spanisch|испанский|по-испански|الإسبانية',
  pt: 'portuguese|portugu[eéê]s|葡萄牙语|葡语|portugais|portugiesisch|португальский|البرتغالية',
  fr: 'french|franc[eé]s|法语|法文|fran[cç]ais|franz[oö]sisch|французский|по-французски|الفرنسية',
  de: 'german|alem[aá]n|德语|德文|alem[aã]o|allemand|deutsch|немецкий|по-немецки|الألمانية',
  ru: 'russian|ruso|俄语|俄文|russo|russe|russisch|русский|по-русски|русском|الروسية',
  ar: 'arabic|[aá]rabe|阿拉伯语|阿语|arabe|arabisch|арабский|العربية|عربي',
};
const LONGEST = 160;
const ANY = Object.values(NAMES).join('|');
const NAME = `(?<name>${ANY})`;
const EDGE = String.raw`(?<![\p{L}])`;
const PLEASE = String.raw`(?:please|pls|plz|por favor|s'il (?:te|vous) pla[iî]t|bitte|пожалуйста|请|谢谢|من فضلك)`;
const IN = String.raw`(?:in|en|em|auf|на|на\s|بال|ب)\s?`;

const WISHES: readonly RegExp[] = [
  // Nothing but the name, with a please or "in" at most.
  new RegExp(String.raw`^(?:${PLEASE}[\s,]*)?(?:${IN})?${NAME}(?:[\s,]*${PLEASE})?[\s.!]*$`, 'iu'),
  new RegExp(String.raw`${EDGE}(?:${IN})?${NAME}[\s,]+${PLEASE}`, 'iu'),
  new RegExp(String.raw`${PLEASE}[\s,]*(?:${IN})${NAME}`, 'iu'),
  new RegExp(String.raw`${EDGE}(?:speak|talk|write|reply|answer|respond|continue|chat|switch|change|go on|use)(?:\s(?:to me|with me|me|to us|the language|language|it|this|everything|back))*\s(?:in |to |into |over to )?${NAME}`, 'iu'),
  new RegExp(String.raw`${EDGE}(?:can|could|may) (?:we|you|i)\s(?:please )?(?:do|have|get|use|go)\s(?:this |it )?(?:in |to )?${NAME}`, 'iu'),
  new RegExp(String.raw`${EDGE}i (?:only )?(?:speak|understand|prefer|want|need)(?: only)? ${NAME}`, 'iu'),
  new RegExp(String.raw`${EDGE}(?:habla|hablas|hablar|hablamos|h[aá]bl[ae]me|h[aá]blame|responde|responder|resp[oó]ndeme|contesta|contestar|cont[eé]stame|escribe|escribir|escr[ií]beme|sigue|seguir|seguimos|cambia|cambiar|c[aá]mbialo|pasa|atender|atenci[oó]n|ayuda)(?:me|r)?\s(?:a(?:l)?\s|el idioma a(?:l)?\s|en\s|solo\s|el idioma\s)*${NAME}`, 'iu'),
  new RegExp(String.raw`${EDGE}(?:solo|s[oó]lo|yo)\s(?:hablo|entiendo)(?: solo)? ${NAME}`, 'iu'),
  new RegExp(String.raw`(?:请|能|可以|麻烦)?(?:说|讲|用|换成?|切换到?成?|改成|转成|使用|会说|换回)(?:一下)?${NAME}`, 'iu'),
  new RegExp(String.raw`${EDGE}(?:fale|falar|responda|parlez|parler|r[eé]pondez|sprechen|sprich|antworten|говорите|говори|ответьте|отвечайте)(?:\s(?:vous|sie|em|en|auf|по|на))*\s${NAME}`, 'iu'),
];
const REFUSAL = new RegExp(String.raw`(?:don'?t|do not|doesn'?t|cannot|can'?t|not|no|never|不|не|nicht|pas)\s*(?:really |very |much )?(?:speak|talk|understand|know|read|use|write|hablo|habla|hables|entiendo|s[eé]|会|懂|说|要|想|用|говорю|понимаю)?(?:\s?(?:说|讲|用|any|in|to me in|me en|en|nada de))*\s?${NAME}`, 'iu');

/** The language the customer asks to be answered in, if the message asks for one outright. */
export function readLanguageWish(text: string): Locale | undefined {
  if (text.length > LONGEST) return undefined;
  const flat = flatten(text).replace(/[’‘]/g, "'").trim();
  const refused = REFUSAL.exec(flat)?.[0];
  const rest = refused === undefined ? flat : flat.replace(refused, ' ');
  for (const wish of WISHES) {
    const name = wish.exec(rest)?.groups?.['name'];
    if (name !== undefined) return Object.keys(NAMES).find((locale) => new RegExp(`^(?:${NAMES[locale] ?? ''})$`, 'iu').test(name));
  }
  return undefined;
}
