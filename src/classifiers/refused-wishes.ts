/** "I don't want to cancel it, …": a clause that says what is not wanted, up to the mark or the word that turns to what is. */
const REFUSED: readonly RegExp[] = [
  /(?<=(?:^|[.!?;,])\s{0,3})not (?:looking|trying|asking|wanting|planning|going) to \p{L}+[^.,;:!?]*?(?=[.,;:!?]|\s(?:but|just|only|i|instead)(?!\p{L})|$)/giu,
  /(?<!\p{L})(?:i|we)(?:['’]?m| am|['’]?re| are)? ?(?:don['’]?t|do not|didn['’]?t|did not|never|not|wasn['’]?t|wouldn['’]?t) (?:(?:want(?:ed)?|need(?:ed)?|ask(?:ed|ing)?|wish(?:ed)?|like|try(?:ing)?|look(?:ing)?|mean(?:t)?)(?: (?:you|for you))? to \p{L}+|want (?:a |an |any |the )?(?:refund|replacement|return|exchange|cancellation)(?!\p{L}))[^.,;:!?]*?(?=[.,;:!?]|\s(?:but|just|only|i|instead)(?!\p{L})|$)/giu,
  /(?<!\p{L})no (?:quiero|quería|pido|pedí|he pedido|pretendo|busco|necesito) (?:que )?(?:me )?\p{L}+(?:ar|er|ir)(?:l[oae]s?|me)?(?!\p{L})[^.,;:!?]*?(?=[.,;:!?]|\s(?:pero|sino|solo|sólo)(?!\p{L})|$)/giu,
  /(?<!\p{L})n[ãa]o (?:quero|queria|pedi|estou pedindo|estou a pedir|pretendo|preciso)(?: para)? \p{L}+(?:ar|er|ir)(?!\p{L})[^.,;:!?]*?(?=[.,;:!?]|\s(?:mas|só|apenas)(?!\p{L})|$)/giu,
  /(?<!\p{L})je (?:ne )?(?:veux|voulais|souhaite|demande|cherche) pas (?:à |d['’e] ?)?(?:(?:l[’'ea]s?|vous|me) ?)?\p{L}+(?:er|ir|re)(?!\p{L})[^.,;:!?]*?(?=[.,;:!?]|\s(?:mais|juste|seulement)(?!\p{L})|$)/giu,
  /(?<!\p{L})ich (?:will|wollte|möchte|wünsche) (?:\p{L}+ ){0,4}(?:nicht|nichts) (?:\p{L}+ ){0,2}\p{L}+en(?!\p{L})[^.,;:!?]*?(?=[.,;:!?]|\s(?:sondern|aber|nur)(?!\p{L})|$)/giu,
  /(?<!\p{L})(?:я )?не (?:хочу|хотел\p{L}*|прошу|просил\p{L}*|собира\p{L}*) \p{L}+(?:ть|ться|ти)(?!\p{L})[^.,;:!?]*?(?=[.,;:!?]|\s(?:а|но|только|просто)(?!\p{L})|$)/giu,
  /(?<!\p{L})(?:لا (?:أريد|اريد|أطلب|اطلب|أرغب|ارغب)|لم (?:أطلب|اطلب|أرد|ارد)) (?:أن |ان |في )?(?:ال)?(?:إلغا|الغا|إرجا|ارجا|استبدا|استرجا|تغيير|ألغ|الغ|أرجع|ارجع)\p{L}*[^.,،؛;:!?؟]*?(?=[.,،؛;:!?؟]|\s(?:بل|لكن|فقط)(?!\p{L})|$)/giu,
  /(?:我)?(?:不想|不要|没想|没说要?|没要|不是(?:想|要))(?:取消|退货|退款|换货|退掉|换掉|修改)[^。，,；;！？!?]*(?=[。，,；;！？!?]|$)/gu,
];

/** With fewer words left there is nothing else that could be wanted. */
const ENOUGH = 3;

/**
 * The words with every clause blanked out that only says what is not wanted, in place, so that what is wanted besides is not
 * hidden by it; unchanged where hardly anything else is said.
 */
export function withoutRefused(words: string): string {
  const rest = REFUSED.reduce((text, clause) => text.replace(clause, (found) => ' '.repeat(found.length)), words);
  if (rest === words) return words;
  const left = rest.replace(/^[^\p{L}]*(?:no|nope|nein|non|não|нет|لا|不)(?!\p{L})/iu, ' ');
  const count = (left.match(/\p{L}{2,}/gu) ?? []).length + Math.floor((left.match(/\p{Script=Han}/gu) ?? []).length / 2);
  return count >= ENOUGH ? rest : words;
}
