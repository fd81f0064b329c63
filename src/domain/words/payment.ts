/** "My other card": right before the method. */
export const OTHER = /(?:\b(?:other|another|second|different|otr[oa]s?|outr[oa]s?|autres?|deuxième|andere[rnsm]?|zweite[rn]?)|друг\p{L}+|втор\p{L}+|آخر|أخرى|الأخرى|另外?(?:一|那)?|其他的?)[^\p{L}]*(?:\p{L}+[^\p{L}]+)?$/iu;

/** "Not the one I paid with", "instead of the gift card": right before a method, it is none that is wanted. */
export const DENIED = /(?:\b(?:not|instead of|rather than|no|en vez de|en lugar de|não|em vez d[eoa]|pas|au lieu d[eu]|nicht|statt|anstatt)\s+(?:(?:to|on|with|the|my|that|one|a|la|el|mi|o|meu|minha|le|ma|mon|auf|die|der|das|meine[rn]?)\s+){0,3}|(?<!\p{L})(?:не|вместо)\s+(?:\p{L}+\s+)?|(?:ليس|بدلا? من)\s+|(?:不是|不要|不用|而不是))$/iu;

/** The brands of cards, as people write them. */
export const CARD_BRAND = /(?<![\p{L}\p{N}])(?:visa|master ?card|amex|american express|maestro|discover|unionpay|mir|мир)(?![\p{L}\p{N}])|银联/iu;
