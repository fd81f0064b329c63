import { CHINESE_NUMBER, numberOf } from './number-words.js';
import { entityAt, spans, type EntityRule, type Source } from './source.js';

const PLACES: Readonly<Record<string, number>> = {
  first: 1, second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10,
  primer: 1, primero: 1, primera: 1, segundo: 2, segunda: 2, tercer: 3, tercero: 3, tercera: 3, cuarto: 4, cuarta: 4, quinto: 5, quinta: 5, sexto: 6, sexta: 6,
};
const EDGE = String.raw`(?<![\p{L}\p{N}])`;
const CLOSE = String.raw`(?![\p{L}\p{N}])`;
const latin = (body: string): RegExp => new RegExp(`${EDGE}(?:${body})${CLOSE}`, 'giu');

const BUT_LAST = latin('(?:the )?(?:last but one|second[ -]to[ -]last|second last|penultimate|next to last)|(?:el|la) pen[úu]ltim[oa]|pen[úu]ltim[oa]');
const BUT_LAST_ZH = /倒数第二[个件条单份]?/g;
const LAST = latin('(?:the )?last(?: one)?(?! (?:week|month|year|night|time|name|but|mon|tue|wed|thu|fri|sat|sun|few|couple|\\d))|(?:el|la|lo) [úu]ltim[oa]|[úu]ltim[oa](?! (?:vez|semana|hora))');
const LAST_ZH = /最后(?:那|一)*[个件条单份]/g;
const NTH = latin(`(?:the )?(?<value>${Object.keys(PLACES).slice(0, 10).join('|')})(?: one)?(?! (?:of all|time|name|class|hand|aid|place))`);
const NTH_ES = latin(`(?:(?:el|la|lo) )?(?<value>${Object.keys(PLACES).slice(10).join('|')})(?! (?:mano|vez))`);
const NTH_DIGIT = /(?<![\p{L}\p{N}#])(?:the )?(?<value>[1-9]\d?)(?:st|nd|rd|th|\.?º|\.?ª)(?: one)?(?![\p{L}\p{N}])/giu;
const NTH_ZH = new RegExp(`第(?<value>\\d{1,2}|${CHINESE_NUMBER})[个件条单份款]?(?!次|天|时间)`, 'g');

function ordinals(source: Source): ReturnType<EntityRule> {
  const fixed = (pattern: RegExp, value: number): ReturnType<EntityRule> => Array.from(spans(source, pattern), ({ start, end }) => entityAt(source, start, end, { kind: 'ordinal', value }));
  const counted = (pattern: RegExp): ReturnType<EntityRule> => Array.from(spans(source, pattern), ({ match }) => {
    const word = (match.groups?.['value'] ?? '').toLowerCase();
    const value = PLACES[word] ?? numberOf(word);
    const start = match.index ?? 0;
    // "a second", "one second": a moment, not a place.
    if (value === undefined || /(?:^|\s)(?:at|a|an|one|per|un|just)\s$/i.test(source.flat.slice(Math.max(0, start - 6), start))) return [];
    return [entityAt(source, start, start + match[0].length, { kind: 'ordinal', value })];
  }).flat();
  return [...fixed(BUT_LAST, -2), ...fixed(BUT_LAST_ZH, -2), ...fixed(LAST, -1), ...fixed(LAST_ZH, -1), ...counted(NTH), ...counted(NTH_ES), ...counted(NTH_DIGIT), ...counted(NTH_ZH)];
}

const ALL = latin('all of (?:them|it|those|these)|all (?:items|the items|the things|products|orders|my orders|three|four|five)|everything|(?<!at |after |not |above |first of )all(?! right| day| the time| good| over| set| ok| i | is)|the (?:whole )?lot|tod[oa]s(?: (?:ellos|ellas))?|todo el (?:pedido|paquete|lote)|todo(?! (?:el|bien|lo|ok))|lo quiero todo');
const ALL_ZH = /全部|所有(?:的)?|全都|统统|都要|都退/g;
const BOTH = latin('both(?: of (?:them|those|these))?|amb[oa]s|(?:los|las) dos');
const BOTH_ZH = /两(?:个|件|条|双)都|俩都|两者|两样都/g;
const EXCEPT = latin('except(?: for)?|apart from|but not (?=the|this|that|those)|(?<=all |everything )but|other than|excepto|salvo|menos(?! de| mal)|excluyendo');
const EXCEPT_ZH = /除了|除去|不包括|不含/g;

/** Reads how the customer picks from a list: places in it, all, both, all except. */
export const readChoices: EntityRule = (source) => {
  const plain = (kind: 'all' | 'both' | 'except', ...patterns: readonly RegExp[]): ReturnType<EntityRule> => (
    patterns.flatMap((pattern) => Array.from(spans(source, pattern), ({ start, end }) => entityAt(source, start, end, { kind }))));
  return [...ordinals(source), ...plain('both', BOTH, BOTH_ZH), ...plain('except', EXCEPT, EXCEPT_ZH), ...plain('all', ALL, ALL_ZH)];
};
