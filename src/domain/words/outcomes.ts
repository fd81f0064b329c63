/** "It became …", "it went …", "it is …": told of how something came out. */
const CAME = [
  String.raw`\b(?:became|turned (?:in)?to|turned out(?: to be| as)?|ended up(?: as| being)?|came out(?: as)?|went(?: through)?|was|were|is|are|got|has been|have been)\b`,
  String.raw`(?<!\p{L})(?:ha sido|han sido|fue|fueron|quedó|acabó|terminó|salió|se convirtió|resultó|es|está|se ha|se)(?!\p{L})`, String.raw`(?<!\p{L})(?:foi|foram|ficou|virou|acabou|tornou-se|se tornou|saiu|deu|é|está)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:est devenue?|est|sont|a été|ont été|était|a fini|est partie?|s['’]est (?:faite?|terminée?))(?!\p{L})`, String.raw`(?<!\p{L})(?:wurden?|geworden|ist|sind|war(?:en)?|ging(?:en)?)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:стал[аио]?|вышл[аио]|вышел|получил(?:ся|ась|ось|ись)|был[аио]?|оформлен[аоы]?|прош[её]л|прошл[аио]|уже)(?!\p{L})`, '(?<!\\p{L})(?:أصبحت?|صارت?|تم(?:ت)?|كانت?|تحولت?|انتهت?)(?!\\p{L})', '变成|成了|已经?|改成|走了|算是|是',
].join('|');

/** What may still come, is only possible, or is not so: nothing has come out that way. */
const OPEN = new RegExp([
  String.raw`\b(?:can|could|will|would|may|might|should|must|to be|not|never|no)\b|n['’]t\b`, String.raw`(?<!\p{L})(?:no|nunca|puede\p{L}*|pued[eo]|podría\p{L}*|será\p{L}*|va a|vaya)(?!\p{L})`, String.raw`(?<!\p{L})(?:não|nunca|pode\p{L}*|poderia\p{L}*|será|vai|vão)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:pas|jamais|peut|peuvent|pourra\p{L}*|sera|seront|va)(?!\p{L})`, String.raw`(?<!\p{L})(?:nicht|nie|kann|können|könnte\p{L}*|wird|werden|soll\p{L}*)(?!\p{L})`, String.raw`(?<!\p{L})(?:не|нельзя|можно|может|будет|будут)(?!\p{L})`, '(?<!\\p{L})(?:لا|لم|لن|ليست?|يمكن|سوف)(?!\\p{L})', '没|不|能|可以|会|将',
].join('|'), 'iu');

/** Words that lean on others, whatever they speak of. */
const LEANING = String.raw`(?<!\p{L})(?:back|away|really|actually|already|indeed|then|that|this|with|from|como|para|entonces|ahora|realmente|então|agora|realmente|comme|alors|vraiment|déjà|eine[mnrs]?|dann|doch|schon|wirklich|jetzt|тогда|сейчас|действительно|как|بالفعل|الآن|ذلك|هذا)(?!\p{L})|作为|一个|一次|的|了|被|那个|这个`;

/** How the words of something done are called, by the language of the words: sent back, exchanged, cancelled. */
const RETURNED = String.raw`\b(?:return(?:ed)?|sent back|went back|gone back|refund(?:ed)?)\b|(?<!\p{L})(?:devoluci[oó]n|devuelt[oa]s?|devolv\p{L}+|reembols\p{L}+|devoluç\p{L}+|devolvid[oa]s?|retour\p{L}*|renvoy\p{L}+|rembours\p{L}+|rücksend\p{L}+|rückgab\p{L}+|zurück(?:ge\p{L}+|gingen|ging)?|retoure?|erstatt\p{L}+|возвра\p{L}+|вернул\p{L}*)(?!\p{L})|(?:ال|ب|ل)?(?:إرجاع\p{L}*|استرجاع\p{L}*|إعادة|مرتجع\p{L}*|أرجع\p{L}*)|退(?:货|款|掉|回)?`;
const EXCHANGED = String.raw`\b(?:exchanged?|swapp?(?:ed)?|replaced?|replacement)\b|(?<!\p{L})(?:cambi(?:o|ad[oa]s?|ó|aron)|canje\p{L}*|troc(?:a|ad[oa]s?|ou)|substitu\p{L}+|échang\p{L}+|remplac\p{L}+|(?:um)?tausch\p{L}*|(?:um|aus)getauscht|ersetzt|обмен\p{L}*|замен\p{L}*)(?!\p{L})|(?:ال|ب|ل)?(?:استبدال\p{L}*|تبديل\p{L}*|استبدل\p{L}*)|换(?:货|成|了)?`;
const CANCELLED = String.raw`\b(?:cancell?(?:ed|ation)?)\b|(?<!\p{L})(?:cancel\p{L}+|anul\p{L}+|annul\p{L}+|storn\p{L}+|отмен\p{L}*)(?!\p{L})|(?:ال|ب|ل)?(?:إلغاء\p{L}*|ألغي\p{L}*|ملغ\p{L}+)|取消`;

/** Done in words that say so by themselves: "if you returned the lamp". */
const PAST = /\b(?:returned|sent back|went back|exchanged|swapped|replaced|cancell?ed|refunded)\b|(?<!\p{L})(?:вернул\p{L}*|обменял\p{L}*|заменил\p{L}*|отменил\p{L}*|zurückging(?:en)?|devolviste|devolvieron|cambiaron|devolveram|trocaram)(?!\p{L})|(?:أرجع|استبدل|ألغي)ت?م?|(?:退|换|取消)(?:货|款|掉)?了/iu;

/** Reads whether words tell that something was done, and what else they name; nothing where they tell it of what may still come. */
const tellsDone = (what: string) => (text: string): string | undefined => {
  const done = new RegExp(what, 'giu');
  if (OPEN.test(text) || !done.test(text) || !(PAST.test(text) || new RegExp(CAME, 'iu').test(text))) return undefined;
  return text.replace(new RegExp(`${what}|${CAME}|${LEANING}`, 'giu'), ' ');
};

/** "If the lamp went back", "if it became a return": what else the words name, where they tell of a return as of something done. */
export const tellsReturned = tellsDone(RETURNED);
/** Likewise of an exchange. */
export const tellsExchanged = tellsDone(EXCHANGED);
/** Likewise of a cancellation. */
export const tellsCancelledNow = tellsDone(CANCELLED);
