/** An order spoken of as one that is cancelled: its state, and nothing to be done. */
const STATE = new RegExp([
  String.raw`\b(?:an?|the|my|that|this|one|your|for|on|of|other|old|already)\s+(?:already\s+)?(?:cancell?ed|voided)\s+(?:order|one|purchase|parcel|package|item)s?\b|\b(?:(?:is|was|were|are|got|has been|have been)\s+(?:already\s+)?|already\s+)(?:cancell?ed|voided)\b`,
  String.raw`(?<![\p{L}\p{N}])(?:pedidos?|compras?|órden(?:es)?|orden|uno|el|la)\s+(?:que\s+)?(?:ya\s+)?(?:(?:está|fue|estaba|quedó|se)\s+)?(?:cancelad[oa]s?|anulad[oa]s?)(?!\p{L})|\b(?:pedido|compra|encomenda)s?\s+(?:que\s+)?(?:já\s+)?(?:(?:foi|está|estava)\s+)?(?:cancelad[oa]s?|anulad[oa]s?)(?!\p{L})`,
  String.raw`\b(?:commande|achat|colis)s?\s+(?:qui\s+)?(?:(?:est|a été|était)\s+)?(?:déjà\s+)?annulée?s?(?!\p{L})`, String.raw`\bstornierte[nrs]?\s+(?:bestellung|auftrag|sendung|paket)\p{L}*|\b(?:bestellung|auftrag)\s+(?:ist|war|wurde)\s+(?:schon\s+|bereits\s+)?storniert(?!\p{L})`,
  String.raw`(?<!\p{L})отмен[её]нн\p{L}*\s+(?:заказ|покупк|посылк)\p{L}*|(?<!\p{L})заказ\p{L}*\s+(?:(?:был|уже|который)\s+)*отмен[её]н\p{L}*`, '(?:طلب|الطلب|طلبي|طلبية|الطلبية)\\s+(?:ال)?(?:ملغى|ملغي|ملغاة|ملغية)|تم إلغاؤه', '(?:已经?|被)+取消(?:了)?的?(?:那个|那张)?(?:订单|单)?|取消(?:了|掉)的(?:那个|那张)?(?:订单|单)',
].join('|'), 'giu');

/** A wish with it after all: "I want my order cancelled". */
const WISHED = /(?<!\p{L})(?:want|need|like|please|quiero|quisiera|quero|queria|veux|voudrais|möchte|will|soll\p{L}*|хочу|нужно|أريد|اريد)(?!\p{L})[^.,;:!?]{0,24}$/iu;

/** Any word of cancelling. */
const CANCEL = /cancel|anul|annul|storn|отмен|ألغ|إلغ|الغ|取消|void/iu;

/** Whether words speak of what is cancelled only as of a state: "I have a cancelled order, where is it?" */
export function tellsCancelled(text: string): boolean {
  let isState = false;
  const rest = text.replace(STATE, (found: string, ...more: unknown[]) => {
    const at = more.find((one): one is number => typeof one === 'number') ?? 0;
    if (WISHED.test(text.slice(0, at))) return found;
    isState = true;
    return ' ';
  });
  return isState && !CANCEL.test(rest);
}
