/** "Another order of mine", "the other one", in the bot's languages. */
const ANOTHER = new RegExp([
  String.raw`\b(?:another|other|different|separate)\s+(?:\p{L}+\s+)?(?:orders?|one|purchase|parcel)\b`, String.raw`\b(?:otr[oa]s?|outr[oa]s?)\s+(?:pedidos?|compras?|[oó]rden(?:es)?|encomendas?)(?!\p{L})`, String.raw`\bautres?\s+commandes?(?!\p{L})`,
  String.raw`\bander\p{L}*\s+(?:bestellung|auftrag)`, String.raw`(?:друг\p{L}*|втор\p{L}*)\s+(?:\p{L}+\s+)?заказ`, String.raw`طلب\p{L}*\s+(?:آخر|اخر|أخرى|ثان|الآخر|الاخر|الثاني)`, '(?:另(?:一|外一|外)?|别的|其他的?)(?:个|张|笔)?(?:订单|单)',
].join('|'), 'iu');

/** Whether words speak of another order than the one that is talked about. */
export const namesAnotherOrder = (text: string): boolean => ANOTHER.test(text);

/** "If there's another one with any of those in it": more is meant only where there is more. */
const SUPPOSES = new RegExp([
  String.raw`\bif (?:there(?:['’]?s| is| are| were)|i(?:['’]ve| have)(?: got)?|you (?:find|see|have)|any)\b[^,.;!?]{0,12}?\b(?:(?:another|other|more)(?: \p{L}+)? (?:orders?|ones?|purchases?)|(?:one|any|some|others?) (?:left|else|like)|others?(?=[,.;!?]|$))`,
  String.raw`\bsi (?:hay|hubiera|existe|tengo|me queda|queda|quedan|ven|encuentran)\b[^,.;!?]{0,12}?\b(?:otr[oa]s?|más|algún|algun[oa]s?)(?: \p{L}+)? (?:pedidos?|compras?|órdenes|orden)(?!\p{L})`,
  String.raw`\bse (?:houver|há|existir|tiver|tenho|sobrar|restar|encontrarem?)(?!\p{L})[^,.;!?]{0,12}?(?<!\p{L})(?:outr[oa]s?|mais|algum|alguma)(?: \p{L}+)? (?:pedidos?|compras?|encomendas?)(?!\p{L})`,
  String.raw`\bs['’]il (?:y en a|en reste)\b[^,.;!?]{0,12}?\b(?:autres?|encore|une)\b|\b(?:s['’]il (?:y a|reste|existe)|si (?:j['’]ai|vous (?:trouvez|voyez)))\b[^,.;!?]{0,12}?\bautres? commandes?\b`,
  String.raw`\b(?:wenn|falls|sollte|sofern)\b[^,.;!?]{0,20}?\b(?:weitere|andere|noch eine)\p{L}*(?: andere)? (?:bestellung|auftr)\p{L}*`,
  String.raw`(?<!\p{L})если (?:у меня )?(?:ещё |еще )?(?:есть|найд\p{L}*|остал\p{L}*|имеется)[^,.;!?]{0,12}?(?:(?:ещё|еще|друг\p{L}*)(?: \p{L}+)? )?заказ\p{L}*`,
  '(?:إذا|اذا|إن|لو) (?:كان|كانت|وجد|وُجد|بقي)[^،,.؛!؟]{0,12}?طلب\\p{L}* (?:آخر|اخر|أخرى)', '(?:如果|要是|若是?)(?:还|另外|另)?(?:有|剩)[^，,。！？]{0,4}?(?:别的|其他|其它|另外的?)?(?:订单|单)',
].join('|'), 'iu');

/** Whether what words add is told to be meant only where there is any more of it. */
export const supposesMore = (text: string): boolean => SUPPOSES.test(text);

/** Where words say so, as far as they name what more is meant. */
export function supposingIn(text: string): { readonly start: number; readonly end: number } | undefined {
  const found = SUPPOSES.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

/** "Of those things", "one of them": what was named before is pointed at. */
const POINTS_BACK = /\b(?:those|these|them|such)\b|\b(?:es[oa]s|est[oa]s|ell[oa]s|ess[ea]s|dess[ea]s|del[ea]s)\b|\b(?:ces|ceux|celles|d['’]eux)\b|\b(?:diese[nr]?|davon|denen|solche\p{L}*)\b|(?<!\p{L})(?:эти\p{L}*|тех|них|таки\p{L}*)(?!\p{L})|(?:هذه|تلك|هؤلاء|منها)|(?:这些|那些|其中)/iu;

/** Whether words point at things that were named before. */
export const pointsAtThings = (text: string): boolean => POINTS_BACK.test(text);
