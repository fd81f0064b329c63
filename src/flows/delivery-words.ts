import type { Heard, Mention } from '../dialogue/flow.js';

/** Ways to put a delivery right, as customers say them, in the languages of the bot. */
const WORDS = {
  refund: /\brefund|money back|reimburs|reembols|devuelv\w* (?:el |mi )?dinero|dinero de vuelta|estorn|dinheiro de volta|rembours|erstatt|geld (?:zurück|wieder)|возврат\S* (?:денег|средств|стоимост)|верн\S* (?:мне )?деньги|деньги (?:обратно|назад)|вернуть деньги|退款|退钱|退錢|استرداد|استرجاع|(?:أ|ا)رجع\S* (?:لي )?(?:المبلغ|فلوسي|نقودي)|رد المبلغ/iu,
  reship: /\b(?:send|sent|ship|post)\w*\b[^.!?]{0,25}\b(?:again|another|new|replacement|one more)\b|\bre-?(?:send|ship)\w*|\breplac\w+|\banother one sent|\bnew one\b|(?:env[ií]\w+|mand\w+)[^.!?]{0,25}(?:otra vez|de nuevo|otro|otra|novamente|outro|outra|nuevamente)|reenv[ií]\w+|reenvio|reempla\w+|repo(?:ner|sición)|substitu\w+|renvoy\w+|renvoi|nouvel envoi|remplac\w+|(?:noch ?mal|noch einmal|erneut|neu)\w* (?:zu)?(?:schick|send|versch)\w*|neu(?:e[nr]?)? (?:sendung|lieferung|versand)|ersatz(?!\w*teil)\w*|(?:отправ|прислать|пришл|выслать|вышл)\S*[^.!?]{0,25}(?:ещ[её] раз|заново|повторно|снова|друг|нов)|повторн\S* отправ\S*|замен\S*|重发|重寄|补发|再发|再寄|补寄|换新|换货|(?:إعادة|أعيدوا|اعيدوا|أعد) (?:ال)?(?:إرسال|ارسال|شحن|الشحن|الإرسال)|(?:إرسال|ارسال|أرسلوا|ارسلوا)[^.!؟]{0,25}(?:مرة أخرى|من جديد|بديل|جديد)|استبدال|بديل/iu,
  part: /\bpart(?:ial|ly)\b|\bpart of the (?:money|price)|\bdiscount|\bprice reduction|parcial|una parte|uma parte|descuento|desconto|partiel\w*|une partie|remise|teil(?:weise|erstattung|betrag)|preisnachlass|nachlass|частичн\S*|част[ьи] (?:денег|стоимости|суммы)|скидк\S*|部分退|退一部分|补偿一部分|部分金额|جزئي|جزء من (?:المبلغ|الثمن)|خصم/iu,
  return: /\breturn\b|\bsend (?:it|them|this) back\b|devolver|devoluci[óo]n|devolu[çc][ãa]o|retourn\w+|renvoyer (?:l|le|la|les|ça)|zurück ?(?:schick|send|geb)\w*|retoure|вернуть (?:товар|его|её|посылку|вещь)|возврат товара|отправить обратно|退货|寄回|إرجاع|ارجاع/iu,
} as const;

/** A way to put a delivery right. */
export type Remedy = keyof typeof WORDS;

/** Which of some ways a message names; undefined when none or several. A short word for it at the plan is tried as a correction. */
export function hearRemedy(heard: Heard, among: readonly Remedy[]): Mention | undefined {
  const found = among.filter((remedy) => WORDS[remedy].test(heard.text));
  // "Part of the money back" names the whole, too.
  const named = found.includes('part') ? found.filter((remedy) => remedy !== 'refund') : found;
  if (named.length === 1 && named[0] !== undefined) return { said: named[0], definite: heard.asked, tentative: !heard.asked };
  return heard.asked ? { said: '', definite: false } : undefined;
}

const LOOKED = new RegExp([
  String.raw`\b(?:asked|checked|looked|searched|spoke|spoken|talked)\b`, String.raw`\b(?:pregunt(?:é|ado|amos)|busqué|buscado|revis(?:é|ado)|mirado|miré|hablado)(?!\p{L})`,
  String.raw`\b(?:perguntei|procurei|verifiquei|olhei|falei|procuramos)(?!\p{L})`, String.raw`\b(?:demandé|cherché|vérifié|regardé|parlé)(?!\p{L})`,
  String.raw`\b(?:gefragt|gesucht|nachgesehen|nachgeschaut|geschaut|geprüft|abgesucht|gesprochen)\b`, String.raw`(?:спрашивал|спросил|искал|смотрел|посмотрел|проверил|обош|опросил)`,
  '(?:问过|找过|看过|查过|都问了|都找了|问了|找了|找遍)', '(?:سألت|سالت|بحثت|فتشت|تأكدت|دورت|تحققت)',
].join('|'), 'iu');

/** Whether the customer says to have looked for the parcel or asked around. */
export const hasLooked = (text: string): boolean => LOOKED.test(text);
