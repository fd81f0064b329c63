import { maskIbans } from './iban.js';
import type { Entity } from './understanding.js';

const isLuhn = (digits: string): boolean => {
  let total = 0;
  for (let i = 0; i < digits.length; i += 1) {
    let digit = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    total += digit;
  }
  return total % 10 === 0;
};

/**
 * Masks bank account numbers, and card numbers (13 to 19 digits with separators that pass the Luhn check) all but the last four, and a three or
 * four digit security code named beside one. Done before anything is stored or shown.
 */
export function maskCards(given: string): string {
  let hasCard = false;
  const text = maskIbans(given);
  const masked = text.replace(/(?<![\p{Script=Latin}0-9０-９])[0-9０-９](?:[\s.-]{0,2}[0-9０-９]){12,18}(?![0-9０-９\p{Script=Latin}])/gu, (found) => {
    const digits = found.normalize('NFKC').replace(/\D/gu, '');
    // Card networks begin with 2 to 6; other long numbers that happen to pass are parcels'.
    if (!/^[2-6]/u.test(digits) || !isLuhn(digits)) return found;
    hasCard = true;
    return `•••• ${digits.slice(-4)}`;
  });
  return hasCard || /\b(?:cvv|cvc|cvv2|cvc2)\b/iu.test(text) ? masked.replace(/((?:cvv2?|cvc2?|security code|安全码|código de seguridad)[^0-9０-９]{0,12})[0-9０-９]{3,4}(?![0-9０-９])/giu, '$1•••') : masked;
}

/** What stands in the place of a password. */
export const hiddenPassword = '•••••••';

/** Words for a password, and what stands between one and the password itself. */
const PASSWORD = /(?<![\p{Script=Latin}\p{Script=Cyrillic}])(pass(?:word|code|wort|phrase)s?|passwd|pwd|kennwort|contraseñas?|clave|senhas?|palavra[- ]passe|mots? de passe|mdp|парол[ьяею]м?|كلمة (?:السر|المرور)(?: الخاصة بي)?|الباسورد|باسورد|密码|密碼|口令)((?:\s+(?!(?:is|ist|es|é|est|это|هي|هو)\b)\p{L}{1,12}){0,2}\s*(?:is now|is|was|ist jetzt|ist|lautet|war|es|era|é|est|était|это|был|هي|هو|كانت|是|为|為)?\s*[:：=]?\s*)(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{N}])(["'“”„«»‘’]?)([^\s"“”„«»，。,;；]{4,64})/giu;
/** Words that follow "my password is" without being one: what is wrong with it. */
const NO_PASSWORD = /^(?:not|no|wrong|incorrect|invalid|expired|lost|gone|forgotten|rejected|refused|always|still|never|being|correct|right|too|compromised|stolen|leaked|hacked|unknown|required|field|reset|falsch|nicht|ungültig|abgelaufen|vergessen|richtig|weg|immer|zurücksetzen|incorrecta|inválida|caducada|olvidada|correcta|incorreta|expirada|esquecida|incorrect|invalide|expiré|oublié|refusé|correct|toujours|неверн\p{L}*|неправильн\p{L}*|не|забыт\p{L}*|правильн\p{L}*|истёк|истек|خاطئة|خطأ|غير|صحيحة|منتهية|错的|错误|不对|不正确|忘了|忘记|什么|对的)[.!?]*$/iu;

/**
 * Hides a password that was typed out ("my password is X", "密码：X"), so that it is neither stored nor shown. What is only
 * said about a password stays: without a colon or quotes, only what looks like one is taken for one.
 */
export function maskPasswords(text: string): string {
  return text.replace(PASSWORD, (found: string, word: string, between: string, quote: string, value: string, at: number) => {
    const isMarked = /[:：=]/u.test(between) || quote !== '';
    const isNamed = /(?:\b(?:is|was|ist|lautet|war|es|era|est|était)|é|это|был|هي|هو|كانت|是|为|為)\s*[:：=]?\s*$/u.test(between);
    const looksLikeOne = /\p{N}/u.test(value) || /[!$%&*+#@_~^]/u.test(value) || /\p{Ll}\p{Lu}/u.test(value);
    // A plain word that ends the clause may be one, too; one too many hidden does less harm than one too few.
    const isEnd = /^\s*(?:$|[.,;!?，。！？；"”»」])/u.test(text.slice(at + found.length));
    if (NO_PASSWORD.test(value) || !(isMarked || (isNamed && (looksLikeOne || isEnd)))) return found;
    return `${word}${between}${quote}${hiddenPassword}`;
  });
}

/** Everything that must not be stored, hidden: cards and passwords. */
export const maskSecrets = (text: string): string => maskPasswords(maskCards(text));

/** The same for every text inside a piece of JSON. */
export function maskSecretsIn<T>(value: T): T {
  if (typeof value === 'string') return maskSecrets(value) as T;
  if (Array.isArray(value)) return value.map(maskSecretsIn) as T;
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskSecretsIn(one)])) as T;
  return value;
}

/** What stands for a word that was taken out. */
const HIDDEN = '…';
const PERSONAL = new Set<Entity['kind']>(['order_number', 'tracking_number', 'return_number', 'email', 'phone', 'postcode', 'name', 'street', 'city', 'code', 'one_time_code']);

/**
 * A question without what tells of the person who asked: what was read as a name, an address, a number or a means of contact,
 * and besides every longer number, every address of the net and every capitalised word within a sentence.
 */
export function withoutPerson(text: string, entities: readonly Entity[]): string {
  let rest = '';
  let from = 0;
  for (const { kind, start, end } of entities.toSorted((a, b) => a.start - b.start)) {
    if (!PERSONAL.has(kind) || start < from) continue;
    rest += text.slice(from, start) + HIDDEN;
    from = end;
  }
  return (rest + text.slice(from)).slice(0, 300)
    .replace(/\S*@\S*|(?:https?:\/\/|www\.)\S+/gu, HIDDEN)
    .replace(/[\p{L}\p{N}#-]*\p{N}{3,}[\p{L}\p{N}-]*/gu, HIDDEN)
    .replace(/(?<=[\p{Ll}\p{N},…]\s)\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)*/gu, HIDDEN)
    .replace(/…(?:[\s,]*…)+/gu, HIDDEN).trim();
}
