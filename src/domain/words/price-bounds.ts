import type { Entity } from '../understanding.js';

/** A limit that words set to an amount of money: "less than 200", "200 or more". */
export interface PriceBound {
  /** In minor units. */
  readonly amount: number;
  readonly currency?: string;
  readonly is: 'under' | 'over';
  /** Whether the amount itself is within it. */
  readonly with: boolean;
  readonly start: number;
}

type Said = { readonly text: string; readonly entities: readonly Entity[] };

/** What stands right before an amount, by what it says; "no more than" is looked at before "more than". */
const BEFORE: readonly (readonly [RegExp, PriceBound['is'], boolean])[] = ([
  ['at most|no(?:t)? more than|no higher than|up to|(?:a )?max(?:imum)?(?: of)?|within|como (?:mucho|máximo)|máximo(?: de)?|no más de|hasta|no máximo|até|não mais (?:de|do que|que)|au (?:maximum|plus)|maximum|pas plus de|jusqu[’\']à|höchstens|maximal|nicht mehr als|bis(?: zu)?|не (?:больше|более|дороже)(?: чем)?|максимум|до|على الأكثر|بحد أقصى|لا [يت](?:تجاوز|زيد عن)|حتى|最多|不超过|不高于|至多', 'under', true],
  ['at least|no(?:t)? less than|from|a minimum of|al menos|como mínimo|no menos de|pelo menos|no mínimo|au moins|minimum|mindestens|nicht weniger als|ab|не (?:меньше|менее)(?: чем)?|минимум|على الأقل|لا [يت]قل عن|至少|不低于|不少于', 'over', true],
  ['less than|lower than|under|below|cheaper than|menos (?:de|que)|por debajo de|(?:más )?barat[oa]s? (?:que|de)|abaixo de|menos (?:de|do que|que)|mais barat[oa]s? (?:que|do que)|moins (?:cher )?(?:de|que)|en dessous de|sous(?: les)?|unter|weniger als|billiger als|günstiger als|(?:меньше|менее|дешевле|ниже)(?: чем)?|أقل من|أرخص من|تحت|دون|低于|少于|不到|小于', 'under', false],
  ['more than|higher than|over|above|dearer than|más de|más (?:caro )?que|por encima de|mais (?:de|do que|que)|acima de|plus (?:cher )?(?:de|que)|au-dessus de|über|mehr als|teurer als|(?:больше|более|дороже|свыше|выше)(?: чем)?|أكثر من|أغلى من|فوق|[يت]تجاوز|超过|高于|多于|大于', 'over', false],
] as const).map(([words, is, within]) => [new RegExp(String.raw`(?<![\p{L}])(?:${words})[\s:]*(?:[\p{L}’']{1,5}\s+)?$`, 'iu'), is, within]);

/** What stands right behind it. */
const BEHIND: readonly (readonly [RegExp, PriceBound['is'], boolean])[] = ([
  ['(?:or|and) (?:less|under|below|lower|cheaper)|at (?:the )?most|max(?:imum)?|tops|o menos|como (?:mucho|máximo)|ou menos|no máximo|ou moins|maximum|au (?:plus|maximum)|oder (?:weniger|darunter|günstiger)|höchstens|maximal|или (?:меньше|дешевле|ниже)|максимум|أو أقل|كحد أقصى|以下|以内|或更少', 'under', true],
  ['(?:or|and) (?:more|over|above|higher|up)|at least|o más|en adelante|ou mais|ou plus|et plus|oder (?:mehr|darüber|teurer)|или (?:больше|дороже|выше)|أو أكثر|فأكثر|以上|或更多', 'over', true],
] as const).map(([words, is, within]) => [new RegExp(String.raw`^\s*(?:${words})(?!\p{L})|^\s*(?:${words})(?=\p{Script=Han})`, 'iu'), is, within]);

const boundAt = (text: string, start: number, end: number): Pick<PriceBound, 'is' | 'with'> | undefined => {
  const found = BEHIND.find(([words]) => words.test(text.slice(end, end + 24))) ?? BEFORE.find(([words]) => words.test(text.slice(Math.max(0, start - 32), start)));
  return found && { is: found[1], with: found[2] };
};

/** Every limit to an amount of money in some words. */
export const priceBoundsIn = ({ text, entities }: Said): PriceBound[] => entities.flatMap((entity) => {
  const bound = entity.kind === 'money' ? boundAt(text, entity.start, entity.end) : undefined;
  return entity.kind === 'money' && bound ? [{ amount: entity.amount, ...(entity.currency === undefined ? {} : { currency: entity.currency }), ...bound, start: entity.start }] : [];
});

const ENDS = /[.;!?。；！？؟\n]/u;
const SENTENCE = 90;

/** Limits that are conditions: "only if it is less than 200". */
export const conditionsOnPrice = (said: Said): PriceBound[] => priceBoundsIn(said).filter(({ start }) => said.entities.some((entity) => entity.kind === 'marker' && entity.value === 'if' && entity.end <= start && start - entity.end <= SENTENCE && !ENDS.test(said.text.slice(entity.end, start))));

/** "If it is more", "if it costs less", without an amount. */
const MORE = /\b(?:more|over|above|higher|dearer|pricier|más|mayor|mais|maior|acima|plus|dessus|mehr|teurer|höher|darüber)(?!\p{L})|больше|дороже|выше|أكثر|أغلى|أعلى|超过|更贵|更高|贵/iu;
const LESS = /\b(?:less|under|below|lower|cheaper|menos|menor|barat[oa]s?|abaixo|moins|dessous|weniger|günstiger|billiger|darunter)(?!\p{L})|меньше|дешевле|ниже|أقل|أرخص|更便宜|更低|低于/iu;

/** How far into some words their condition may stand for all of them to hang on it. */
const nearBeginning = 24;

/** "If it's 200 or more", "if it is dearer", behind "if it is less than 200": what comes where the first condition does not hold. */
export function isContrary(first: Said, second: Said): boolean {
  const condition = conditionsOnPrice(first).at(-1);
  const mark = second.entities.find((entity) => entity.kind === 'marker' && entity.value === 'if' && entity.start <= nearBeginning);
  if (!condition || !mark) return false;
  const clause = second.text.slice(mark.end).split(ENDS)[0] ?? '';
  const numbers = [...clause.matchAll(/\d+(?:[.,]\d{1,2})?(?!\d)/gu)];
  const isOf = ([number]: RegExpMatchArray): boolean => [1, 100].includes(condition.amount / Number((number ?? '').replace(',', '.')));
  if (numbers.length > 0) return numbers.some((number) => isOf(number) && isOpposite(boundAt(clause, number.index ?? 0, (number.index ?? 0) + (number[0] ?? '').length + (/^\s?\p{Sc}/u.exec(clause.slice((number.index ?? 0) + (number[0] ?? '').length))?.[0].length ?? 0))?.is, condition.is));
  return isOpposite(MORE.test(clause) ? 'over' : LESS.test(clause) ? 'under' : undefined, condition.is);
}

const isOpposite = (one: PriceBound['is'] | undefined, other: PriceBound['is']): boolean => one !== undefined && one !== other;

/** "Swap it if it is less than 200. If it is more": some words that end in the contrary of their own condition. */
export function endsInContrary({ text, entities }: Said): boolean {
  const at = Math.max(0, ...[...text.matchAll(/[.;!?。；！？؟\n]\s*(?=\S)/gu)].map((match) => match.index + match[0].length));
  const tail = { text: text.slice(at), entities: entities.filter(({ start }) => start >= at).map((entity) => ({ ...entity, start: entity.start - at, end: entity.end - at })) };
  return at > 0 && isContrary({ text: text.slice(0, at), entities: entities.filter(({ end }) => end <= at) }, tail);
}
