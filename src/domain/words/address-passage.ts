/** A passage of a longer text that is an address: its words, and whether a postcode stands in it. */
export interface AddressPassage {
  readonly text: string;
  readonly isWhole: boolean;
}

/** Little words sentences are made of and addresses are not, in the languages written in Latin letters. */
const SENTENCE_WORDS = new Set((
  "i i'm i've i'd i'll my mine me you your we we're our us it it's its is isn't are was were be been being have has had do don't does did can can't could would should will won't please this that these those there they them he she his her "
  + 'need want like know think just not if when so because about what which how where and but also thanks thank hi hello hey dear sorry actually instead yes no for from with than then '
  + 'yo mi mis que quiero está es por favor gracias pero ich mein meine meinen bitte ist sind und nicht aber danke hallo je mon ma mes est sont merci mais bonjour eu meu minha não é obrigado obrigada olá'
).split(' '));

/** Little words that stand inside the names of streets and towns. */
const LINKS = new Set('of the de del la las los le les du des da do dos das di van von der den am an im in y e'.split(' '));

/** Short words that end in a full stop without ending a sentence. */
const ABBREVIATION = /(?:^|[^\p{L}])(?:st|ave?|blvd|rd|dr|ln|ct|pl|sq|hwy|pkwy|ter|cir|apt|ste|no|nr|bldg|fl|rm|mt|ft|[nsew]|[ns][ew]|ul|al|os|c|av|avda|str|ул|д|кв|г|пр|пл|p\.?o)$/iu;

/** Names of the parts, as in a form that was filled in. */
const LABEL = /(?<![\p{L}])(?:(?:street|postal|shipping|delivery|new|mailing)? ?address(?: line)? ?[12]?|(?:address )?line ?[12]|street(?: name| address)?|city|town|state|province|region|country|zip(?: ?code)?|post(?:al )?code|apartment|unit number)\s*[:=]\s*/giu;
const ZIP_WORD = /(?<!\p{L})(?:with |com |con )?(?:the |o |el |le )?(?:zip(?: ?code)?|post(?:al )?code|cep|c[oó]digo postal|code postal|plz|postleitzahl|(?:почтовый )?индекс|(?:ال)?رمز (?:ال)?بريدي)(?: is| of)?[\s:]+(?=[A-Z]{0,2}\d)/giu;

const SECOND = /^(?:#\s*\w+|(?:apt|apartment|suite|ste|unit|floor|fl|room|rm|building|bldg|piso|puerta|planta|bloque|apto|étage|appt|wohnung|etage|кв|этаж)(?![\p{L}\p{N}])[.\s]*#?\s*[\p{L}\p{N}-]{1,6}|\d{1,2}(?:st|nd|rd|th) floor|n\/a|none)$/iu;
const POSTCODE = /(?<![\p{L}\p{N}-])(?:\d{5}-\d{3,4}|\d{2}-\d{3}|\d{3} ?\d{2}|\d{4,6}|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\p{L}\p{N}-])/u;
/** House first: a number, then a name with a capital, or "5th". */
const HOUSE_FIRST = /(?<![\p{L}\p{N}#.,/-])\d{1,5}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?\s+(?=\p{Lu}\p{L}|\d{1,3}(?:st|nd|rd|th)\s|[NSEW]{1,2}\.?\s+[\p{Lu}\d])/gu;
/** House last: a name and a number, with a postcode and a town behind the comma. */
const HOUSE_LAST = /(?<![\p{L}\p{N}.])(?:\p{Ll}{1,5}\.?\s+)?\p{Lu}[\p{L}\p{M}'’.-]*(?:\s+[\p{L}\p{M}'’.-]+){0,3}\s+\d{1,4}[A-Za-z]?(?:[/-]\d{1,4}[A-Za-z]?)?(?=\s*[,\n]\s*(?:\d{2}-\d{3}|\d{4,6})\s+\p{Lu}\p{L})/gu;
const RECIPIENT = /(?:^|[\n.:!?]\s*|\bto\s+)(\p{Lu}[\p{L}\p{M}'’.-]+(?:\s+\p{Lu}[\p{L}\p{M}'’.-]+){1,2})\s*[,\n]\s*$/u;
/** A town told before the street, as is usual in Russian and Arabic. */
const TOWN_FIRST = /(?:^|[\n.:!?,،]\s*)(?:г\.\s*|город\s+|г\s+)?(\p{Lu}\p{Script=Cyrillic}[\p{Script=Cyrillic}-]*(?:\s\p{Lu}[\p{Script=Cyrillic}-]+)?|[\p{Script=Arabic}]+(?:\s[\p{Script=Arabic}]+)?)\s*[,،]\s*$/u;
/** What stands before an address that is no more the right one. */
const OLD = /\b(?:from|instead of|rather than|not(?: \w+){0,3}|old(?: one| address)?|was|currently|wrong(?: one| address)?)(?:\s+(?:is|was|at|to|the))*[\s:,"“(]*$/iu;

const plain = (word: string): string => word.replace(/[’]/gu, "'").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

/** Whether a text talks: words that only sentences have, more than an answer of a few words would hold. */
export function isTalk(text: string): boolean {
  const words = text.split(/\s+/u).map((word) => plain(word).toLowerCase()).filter((word) => word !== '');
  return words.length > 5 && words.filter((word) => SENTENCE_WORDS.has(word)).length >= 2;
}

/** Whether words that only sentences have stand in what may be a street or a town. */
export const isSentence = (name: string): boolean => name.split(/\s+/u).map(plain).some((word) => SENTENCE_WORDS.has(word.toLowerCase()) && !LINKS.has(word.toLowerCase()) && !/^\p{Lu}{2}$/u.test(word));

/** Where the sentence that goes on at a place ends; the stop of "St." ends none. */
function sentenceEnd(text: string, from: number): number {
  for (const match of text.slice(from).matchAll(/[.!?…]+["”)]*(?=\s|$)|[()"“”]|\s[-–—]+\s/gu)) {
    const at = from + match.index;
    if (match[0] !== '.' || !ABBREVIATION.test(text.slice(Math.max(0, at - 6), at))) return at;
  }
  return text.length;
}

/** As much of a piece as can be a name, from its beginning; a sentence that goes on is left. */
function nameIn(piece: string, isLower: boolean): string {
  const words = piece.trim().split(/\s+/u);
  const end = words.findIndex((raw, index) => {
    const word = plain(raw);
    // "MA" and "ME" are states.
    if (SENTENCE_WORDS.has(word.toLowerCase()) && !/^\p{Lu}{2}$/u.test(word) && !(LINKS.has(word) && index > 0)) return true;
    return !(isLower || /^[\p{Lu}\d#]/u.test(word) || (word !== '' && index > 0 && LINKS.has(word)) || /^[\p{Lo}]/u.test(word));
  });
  const kept = words.slice(0, end === -1 ? words.length : end);
  while (kept.length > 0 && LINKS.has(kept.at(-1) ?? '')) kept.pop();
  return kept.join(' ').replace(/[.,;:]+$/u, '');
}

/** What stands between the parts of an address. */
const CUT = /[,،;\n]|\s+in\s+(?=\p{Lu})/u;

/** Reads on from where a street begins, piece by piece, as long as the pieces can be parts of an address. */
function readFrom(text: string, start: number, street: string): AddressPassage | undefined {
  const line = text.slice(start, sentenceEnd(text, start + street.length));
  // Without any capital nothing tells names from other words: then pieces must be short.
  const isLower = !/\p{Lu}\p{Ll}/u.test(line);
  const parts: string[] = [];
  let isWhole = false;
  // A street may run on behind a comma ("12 Elm St, apt 4"): only what stands behind it is cut in pieces.
  const [onItsLine = '', ...others] = line.slice(street.length).split(CUT);
  for (const [index, raw] of [`${street}${onItsLine}`, ...others].entries()) {
    const piece = raw.trim().replace(/^[-•*]\s*/u, '');
    if (piece === '') continue;
    const isSecond = SECOND.test(piece);
    const rest = index === 0 ? piece.slice(street.length) : piece;
    const read = isSecond ? piece : index === 0 ? `${street}${street === '' || rest.trim() === '' ? '' : ' '}${nameIn(rest, isLower && rest.trim() !== '' && street === '')}`.trim() : nameIn(piece, isLower);
    if (read === '' || (!isSecond && read.split(/\s+/u).length > (index === 0 ? 9 : isLower ? 4 : 5))) break;
    if (isWhole && !isSecond && (/\d/u.test(read) || read.split(' ').length > 4)) break;
    parts.push(read);
    const body = index === 0 ? read.slice(street.length === 0 ? read.split(' ', 1)[0]?.length ?? 0 : street.length) : read;
    isWhole ||= !isSecond && POSTCODE.test(body);
    if (read.length < piece.replace(/[.,;:\s]+$/u, '').length) break;
  }
  return parts.length === 0 ? undefined : { text: parts.join(', '), isWhole };
}

/** Whether a piece behind the street names a town. */
const hasTown = (passage: string): boolean => passage.split(CUT).slice(1).some((piece) => /^\s*(?:[\d-]{4,9}\s+)?\p{L}[\p{L}\s.'’-]+$/u.test(piece) && !SECOND.test(piece.trim()));

/**
 * Finds the address in a text of several sentences: it begins with a street, stands in one sentence and ends where words
 * stop being names. `streets` are the street lines that were read from the text; `postcode` is no house number.
 * A recipient right before the street belongs to it. Of two addresses the one that is not said to be the old one is taken.
 */
export function findAddress(given: string, streets: readonly string[], postcode?: string): AddressPassage | undefined {
  const text = given.slice(0, 2000).replace(/[^\S\n]+/gu, ' ').replace(LABEL, ', ').replace(ZIP_WORD, '');
  if (/\p{Script=Han}/u.test(text)) return undefined;
  const known = streets.flatMap((raw) => {
    const street = raw.replace(/\s+/gu, ' ').trim();
    const at = street === '' ? -1 : text.lastIndexOf(street);
    // "12 Baker Street": the number may stand before what was read as the street.
    return at === -1 || !/\d/u.test(street) ? [] : [{ start: at, street }];
  });
  const byShape = Array.from(text.matchAll(HOUSE_FIRST), (match) => ({ start: match.index, street: '' })).filter(({ start }) => !(postcode !== undefined && text.startsWith(postcode, start)));
  const houseLast = Array.from(text.matchAll(HOUSE_LAST), (match) => ({ start: match.index, street: match[0] })).filter(({ street }) => !isSentence(street));
  const read = [...known, ...byShape, ...houseLast].toSorted((a, b) => a.start - b.start || b.street.length - a.street.length).flatMap(({ start, street }) => {
    const passage = readFrom(text, start, street);
    if (!passage || (street === '' && !passage.isWhole)) return [];
    const recipient = RECIPIENT.exec(text.slice(0, start))?.[1];
    const town = TOWN_FIRST.exec(text.slice(0, start))?.[1];
    const isNamed = recipient !== undefined && recipient.split(/\s+/u).every((word) => !SENTENCE_WORDS.has(plain(word).toLowerCase()));
    const told = town === undefined || hasTown(passage.text) ? passage.text : `${passage.text}, ${town}`;
    return [{ ...passage, text: isNamed && told === passage.text ? `${recipient}, ${told}` : told, start, isOld: OLD.test(text.slice(0, start)) }];
  });
  const apart = read.filter((one, index) => !read.some((other, before) => before < index && other.text.includes(one.text)));
  const best = apart.filter(({ isWhole }) => isWhole);
  const among = best.length > 0 ? best : apart;
  const found = among.findLast(({ isOld }) => !isOld) ?? among.at(-1);
  return found && { text: found.text, isWhole: found.isWhole };
}
