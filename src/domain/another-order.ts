/** "Another order of mine", "the other one", in the bot's languages. */
const ANOTHER = new RegExp([
  String.raw`\b(?:another|other|different|separate)\s+(?:\p{L}+\s+)?(?:orders?|one|purchase|parcel)\b`, String.raw`\b(?:otr[oa]s?|outr[oa]s?)\s+(?:pedidos?|compras?|[oó]rden(?:es)?|encomendas?)(?!\p{L})`, String.raw`\bautres?\s+commandes?(?!\p{L})`,
  String.raw`\bander\p{L}*\s+(?:bestellung|auftrag)`, String.raw`(?:друг\p{L}*|втор\p{L}*)\s+(?:\p{L}+\s+)?заказ`, String.raw`طلب\p{L}*\s+(?:آخر|اخر|أخرى|ثان|الآخر|الاخر|الثاني)`, '(?:另(?:一|外一|外)?|别的|其他的?)(?:个|张|笔)?(?:订单|单)',
].join('|'), 'iu');

/** Whether words speak of another order than the one that is talked about. */
export const namesAnotherOrder = (text: string): boolean => ANOTHER.test(text);
