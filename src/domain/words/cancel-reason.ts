import type { CancelReason } from '../order.js';
import type { SaidReason } from '../understanding.js';

/** What a reason for sending back means for an order that has not come yet. */
const ofReturns: Partial<Readonly<Record<SaidReason, CancelReason>>> = { changed_mind: 'no_longer_needed', ordered_by_mistake: 'ordered_by_mistake', arrived_late: 'too_slow' };

/** Words for reasons, in the languages of the bot; the more telling ones first. */
const words: readonly (readonly [CancelReason, RegExp])[] = [
  ['found_cheaper', /\bcheaper\b|\b(?:better|lower) price\b|\bless (?:money|expensive) (?:else|some)where\b|más barat|mejor precio|mais barat|preço melhor|melhor preço|moins cher|meilleur prix|günstiger|billiger|besseren preis|дешевле|лучше цен|أرخص|سعر أفضل|سعرا? أقل|更便宜|便宜(?:的|些|点|了)|价格更低|更低的价/iu],
  ['payment_problem', /\b(?:payment|card|paypal)\b[^.]{0,30}\b(?:problem|issue|fail|declin|reject|trouble|wrong)|\b(?:wrong|problem with (?:the|my)|trouble with (?:the|my)) (?:card|payment)|problema[^.]{0,12}(?:pago|tarjeta|pagamento|cartão)|(?:pago|tarjeta|cartão|pagamento)[^.]{0,20}(?:falló|fall[oó]u|rechaz|recus|problema)|problème[^.]{0,8}paiement|(?:paiement|carte)[^.]{0,20}(?:échou|refus|problème)|zahlungsproblem|problem[^.]{0,12}(?:zahlung|karte)|(?:zahlung|karte)[^.]{0,20}(?:fehl|abgelehnt|problem)|(?:проблем|ошибк)\p{L}*[^.]{0,12}(?:оплат|карт)|(?:оплат|карт)\p{L}*[^.]{0,20}(?:не прош|отклон|проблем)|مشكلة[^.]{0,12}(?:الدفع|البطاقة)|付款(?:有|出|遇到)?[^。]{0,4}(?:问题|失败)|支付(?:有|出|遇到)?[^。]{0,4}(?:问题|失败)/iu],
  ['wrong_details', /\bwrong (?:address|size|colou?r|details?|name|phone|number|item|product|variant)\b|\b(?:typo|misspel)|(?:direcci[oó]n|talla|color|datos?) (?:equivocad|incorrect|errone)|dados? (?:errad|incorret)|(?:endereço|tamanho|cor) errad|(?:mauvaise?|erreur d['’ ]?) ?(?:adresse|taille|couleur|données)|falsche[nrs]? (?:adresse|größe|farbe|angaben|daten)|(?:неверн|неправильн|не те|не тот|не та)\p{L}* (?:адрес|размер|цвет|данн)|(?:العنوان|المقاس|اللون|البيانات) (?:خاطئ|غير صحيح|خطأ)|(?:地址|尺码|颜色|信息|资料)(?:填|写|选|弄)?错/iu],
  ['too_slow', /\btoo (?:slow|long)\b|\btak(?:es|ing) (?:forever|ages|so long)|\b(?:can['’]?t|cannot|won['’]?t) wait\b|demasiado (?:lento|tiempo)|tarda (?:mucho|demasiado)|muito (?:lento|tempo)|demora(?:ndo)? (?:muito|demais)|trop (?:lent|long)|trop de temps|zu (?:lange|langsam)|dauert (?:mir )?(?:zu|so|viel)|слишком (?:долго|медленно)|(?:очень|так) долго|долго жда|بطيء|(?:تأخر|يستغرق|طويل)|太慢|太久|等不及|等太/iu],
  ['ordered_by_mistake', /\b(?:by|a) (?:mistake|accident)\b|\baccidental(?:ly)?\b|\b(?:ordered|bought) (?:it |them |this )?twice\b|\bduplicate\b|por (?:error|equivocaci|engano|erro)|sin querer|sem querer|dos veces|duas vezes|par (?:erreur|mégarde)|deux fois|aus versehen|versehentlich|irrtümlich|doppelt bestellt|по ошибке|случайно|дважды|بالخطأ|عن طريق الخطأ|مرتين|拍错|下错|买错|误(?:拍|下|买)|不小心|重复(?:下单|购买)/iu],
  ['no_longer_needed', /\b(?:no longer|don['’]?t|do not|not)\b[^.]{0,20}\b(?:need|want|require)|\bno longer needed\b|\bchanged my mind\b|ya no (?:lo|la|los|las)? ?(?:necesit|quier)|cambi(?:é|ado) de (?:idea|opinión)|não (?:o |a |os |as )?(?:preciso|quero) mais|mudei de ideia|plus (?:besoin|envie)|changé d['’]avis|(?:brauche|will|möchte|benötige)\b[^.]{0,20}\bnicht mehr|anders überlegt|(?:больше|уже) не (?:нуж|хоч)|передумал|لم أعد (?:أحتاج|أريد|بحاجة)|غيرت رأيي|لا أحتاج|不(?:再)?(?:需要|想要|要了)|用不(?:着|上)|改变主意/iu],
  ['other', /\btoo (?:expensive|dear|pricey|much money)\b|\bcan['’]?t afford|demasiado caro|muy car[oa]|muito car[oa]|caro demais|trop cher|(?:zu|so) teuer|слишком дорого|(?:очень|дорого)\s?дорого|غالي|太贵|有点贵/iu],
];

/** Why an order should be cancelled, as far as a text or the reasons read from it tell; undefined when they do not. */
export function cancelReasonSaid(text: string, said: readonly SaidReason[]): CancelReason | undefined {
  const telling = words.find(([reason, pattern]) => reason !== 'no_longer_needed' && pattern.test(text))?.[0];
  return telling ?? said.map((reason) => ofReturns[reason]).find((reason) => reason !== undefined) ?? words.find(([, pattern]) => pattern.test(text))?.[0];
}

/** "No longer needed", wherever it stands in a message, in further words of the bot's languages. */
export const NOT_NEEDED = new RegExp([
  String.raw`\b(?:don['’]?t|do not|doesn['’]?t|didn['’]?t|won['’]?t|no longer|not|never|no one) (?:\p{L}+ ){0,4}need(?:ed)?\b(?! (?:to|you|your|help)\b)|\bneedn['’]?t (?!(?:to|worry|bother)\b)|\b(?:no|little|any) (?:further |more |longer )?(?:need|use) for\b|\b(?:no|any) use\b(?! (?:asking|waiting|calling))|\bunneeded\b|\bnot needed\b|\bno longer (?:\p{L}+ ){0,2}(?:interest|want|require|necessary)|\bchang(?:ed|ing) (?:my|our) minds?\b|\bhad a change of heart\b`,
  String.raw`\bno (?:me |nos )?(?:l[oa]s? )?(?:voy a )?(?:necesit|hace[n]? falta|sirve)|\bya no (?:me |nos )?(?:l[oa]s? )?(?:interes|quier|hace)|\bno (?:le[s]? )?(?:veo|encuentro|tengo) (?:ning[uú]n )?uso|\bno l[oa]s? us|\bme arrepent|cambi(?:é|amos|ado) de (?:idea|opini[oó]n|parecer)`,
  String.raw`(?<!\p{L})não (?:vou |vamos )?(?:[oa]s? |me |nos )?(?:mais )?(?:precis|serve|necessit)|(?<!\p{L})já não (?:[oa]s? )?(?:precis|quer)|(?<!\p{L})sem (?:uso|utilidade|necessidade)|não (?:tenho|temos|vejo) (?:mais )?(?:uso|necessidade)|\barrependi|mud(?:ei|amos) de (?:ideia|opinião)|\bdesisti`,
  String.raw`\b(?:plus|pas|aucun) (?:du tout |vraiment )?(?:besoin|utilité|usage|l['’]utilité|l['’]usage)|\b(?:plus|pas) (?:nécessaire|utile)s?|\bne (?:me|nous) (?:sert|servent|servira) (?:plus|pas|à rien)|chang(?:é|er) d['’]avis|\bm['’]en passer`,
  String.raw`\b(?:brauch|benötig)\p{L}*\b[^.;!?]{0,50}\b(?:nicht|keine?n?)\b|\bnicht (?:mehr |länger )?(?:benötigt|gebraucht|nötig|brauch)|\bkeinen? (?:verwendung|bedarf|gebrauch|nutzen)|anders überlegt|\bumentschieden|meinung geändert|(?<![\p{L}\p{N}])überflüssig`,
  String.raw`(?<!\p{L})не (?:\p{L}+ )?(?:нуж|понадоб|пригод|требу)|(?<!\p{L})ни к чему|без надобности|передума|отпала (?:необходимость|надобность|нужда)|(?<!\p{L})незачем`,
  '(?:لا|لم|لن|ما)\\s?(?:أعد |اعد |نعد |يعد |عدت |عاد )?(?:[أانت]?حتاج|بحاجة|[أا]ريد|[أا]بغ|[أا]بي|يلزم)|لست (?:بحاجة|في حاجة)|(?:ليس|ليست|لم يعد|لم تعد) (?:ضروري|لازم)|غي[ّ]?ر(?:ت|نا) رأي|لا حاجة|عدلت عن', '(?:不|没|没有)(?:再|太|怎么|什么)?(?:需要|必要|用处|用得)|用不(?:着|上|到)|没用了|不要了|不想(?:要|买)|改(?:变)?了?主意|后悔',
].join('|'), 'iu');
