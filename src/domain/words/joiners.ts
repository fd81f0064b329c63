/** Joined to a name by "and", right before it. */
export const JOINED = /([\p{L}]{2,})\s*(?:,\s*)?(?:\s(?:and|plus|y|e|et|und|sowie|и|&)\s|\sو|和|跟|与)\s*(?:\p{L}{1,3}\s+)?$/iu;

/** What parts things that are named one after the other. */
export const SOFT_BREAKS = /\s*(?:,|，|、|\(|\s(?:and|plus|then|y|e|et|und|sowie|и|а|و)(?=\s)|和|以及|还有|\sو)\s*/gu;

/** What joins things that are named side by side, in the languages of the bot. */
export const JOINERS = /[,;，、؛،&]|\s(?:and|plus|y|e|et|und|sowie|и|а также|و)\s|\sو(?=ال)|和|以及|还有|跟|与/giu;

/** "First, the lamp": at the head of a sentence, with a comma behind it, it counts what is told, and names no place in a list. */
export const isSequence = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean => /^\s*[,，،:：]/u.test(text.slice(end, end + 3)) && /(?:^|[.!?。！？\n]\s*|(?<![\p{L}\p{N}])(?:so|ok|okay|and|well|pues|bueno|bom|alors|also|итак|так)[,\s]*)$/iu.test(text.slice(0, start)) && text.length - end > 12;

/** Words that join others name nothing. */
export const JOINING_WORDS = new Set([
  'the', 'and', 'for', 'on', 'over', 'to', 'at', 'by', 'up', 'out', 'or', 'as', 'it', 'is', 'be', 'no', 'not', 'i', 'my', 'me', 'we', 'so', 'if', 'one', 'this', 'that', 'these', 'those', 'whose', 'them', 'with', 'from', 'of', 'in', 'a', 'an', 'de', 'del', 'la', 'el', 'los', 'las', 'una', 'uno', 'para', 'con', 'por', 'y', 'e', 'o', 'da', 'do', 'dos', 'com', 'um', 'uma', 'von', 'der', 'die',
  'das', 'des', 'den', 'dem', 'mit', 'und', 'ein', 'eine', 'les', 'le', 'aux', 'au', 'du', 'et', 'un', 'une', 'и', 'с', 'для', 'из', 'set', 'juego',
]);
