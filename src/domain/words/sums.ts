const SUM = new RegExp([
  String.raw`\b(?:how much|what)\b[^.;!?]{0,40}\b(?:pa(?:y|id)|spen[dt]|cost|owe|worth|total|come to|came to)\b|\b(?:total|sum)\b`, String.raw`\bcu[aá]nto\b[^.;!?¿]{0,40}\b(?:pagu|pagad|gast|cost|cuest|total)|\btotal\b`, String.raw`\bquanto\b[^.;!?]{0,40}\b(?:pagu|gast|cust|total)`,
  String.raw`\bcombien\b[^.;!?]{0,40}\b(?:pay|dépens|coût|total)`, String.raw`\b(?:wie ?viel|was)\b[^.;!?]{0,50}\b(?:bezahlt|gezahlt|ausgegeben|gekostet|kosten|insgesamt|zusammen)\b|\bgesamt(?:summe|betrag)?\b`, String.raw`(?:сколько)[^.;!?]{0,40}(?:запла|потра|сто[ия]|отда|всего|итого)|общая сумма`,
  String.raw`كم[^.؛!؟]{0,30}(?:دفع|صرف|أنفق|كلف|مجموع|إجمالي)|المجموع|الإجمالي`, '(?:多少钱|多少|总共|一共|合计)',
].join('|'), 'iu');
const REST = new RegExp([
  String.raw`\b(?:items?|things?|stuff|pieces?|ones?|rest|remainder|what(?:['’]s| is)?)\b[^.;!?]{0,30}\b(?:left|remain\p{L}*|stay\p{L}*|keep\p{L}*|kept)\b|\b(?:the rest|the other (?:items|things|stuff|ones)|everything else|remaining)\b`,
  String.raw`\b(?:lo que (?:queda|me quedo|sobra)|el resto|lo demás|los? (?:otros|demás) (?:artículos|productos)|restantes?)\b`, String.raw`\b(?:o que (?:fica|sobra|resta)|pelo que (?:fica|sobra|resta)|o resto|os (?:outros|demais) (?:itens|artigos|produtos)|restantes?)(?!\p{L})`, String.raw`\b(?:ce qui reste|le reste|les autres (?:articles|produits)|ce que je garde|restante?s?)\b`,
  String.raw`\b(?:was (?:übrig|noch) |der rest|den rest|die (?:übrigen|restlichen|anderen)|was ich behalte|verbleibende\p{L}*)`, String.raw`(?:остал(?:ось|ьн\p{L}+)|остаток|остаётся|остаются|остающ\p{L}+)`, 'الباقي|المتبقي|بقية', '(?:剩下|其余|其他(?:的)?(?:商品|东西)?|留下)',
].join('|'), 'iu');

/** Whether a question asks what things came to. */
export const asksForSum = (text: string): boolean => SUM.test(text);

/** Whether it asks of what is left of an order, once some of it goes back. */
export const asksForRest = (text: string): boolean => REST.test(text);
