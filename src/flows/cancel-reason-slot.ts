import type { Found, Slot } from '../dialogue/flow.js';
import { cancelReasonSaid } from '../domain/cancel-reason.js';
import type { CancelReason } from '../domain/order.js';

/** What each reason is called. */
export const cancelReasonKeys: Readonly<Record<CancelReason, string>> = {
  no_longer_needed: 'cancel-reason.no_longer_needed', ordered_by_mistake: 'cancel-reason.ordered_by_mistake', found_cheaper: 'cancel-reason.found_cheaper', too_slow: 'cancel-reason.too_slow',
  payment_problem: 'cancel-reason.payment_problem', wrong_details: 'cancel-reason.wrong_details', other: 'cancel-reason.other',
};

/** "No longer needed", wherever it stands in a message, in further words of the bot's languages. */
const NOT_NEEDED = new RegExp([
  String.raw`\b(?:don['’]?t|do not|doesn['’]?t|didn['’]?t|won['’]?t|no longer|not|never|no one) (?:\p{L}+ ){0,4}need(?:ed)?\b(?! (?:to|you|your|help)\b)|\bneedn['’]?t (?!(?:to|worry|bother)\b)|\b(?:no|little|any) (?:further |more |longer )?(?:need|use) for\b|\b(?:no|any) use\b(?! (?:asking|waiting|calling))|\bunneeded\b|\bnot needed\b|\bno longer (?:\p{L}+ ){0,2}(?:interest|want|require|necessary)|\bchang(?:ed|ing) (?:my|our) minds?\b|\bhad a change of heart\b`,
  String.raw`\bno (?:me |nos )?(?:l[oa]s? )?(?:voy a )?(?:necesit|hace[n]? falta|sirve)|\bya no (?:me |nos )?(?:l[oa]s? )?(?:interes|quier|hace)|\bno (?:le[s]? )?(?:veo|encuentro|tengo) (?:ning[uú]n )?uso|\bno l[oa]s? us|\bme arrepent|cambi(?:é|amos|ado) de (?:idea|opini[oó]n|parecer)`,
  String.raw`(?<!\p{L})não (?:vou |vamos )?(?:[oa]s? |me |nos )?(?:mais )?(?:precis|serve|necessit)|(?<!\p{L})já não (?:[oa]s? )?(?:precis|quer)|(?<!\p{L})sem (?:uso|utilidade|necessidade)|não (?:tenho|temos|vejo) (?:mais )?(?:uso|necessidade)|\barrependi|mud(?:ei|amos) de (?:ideia|opinião)|\bdesisti`,
  String.raw`\b(?:plus|pas|aucun) (?:du tout |vraiment )?(?:besoin|utilité|usage|l['’]utilité|l['’]usage)|\b(?:plus|pas) (?:nécessaire|utile)s?|\bne (?:me|nous) (?:sert|servent|servira) (?:plus|pas|à rien)|chang(?:é|er) d['’]avis|\bm['’]en passer`,
  String.raw`\b(?:brauch|benötig)\p{L}*\b[^.;!?]{0,50}\b(?:nicht|keine?n?)\b|\bnicht (?:mehr |länger )?(?:benötigt|gebraucht|nötig|brauch)|\bkeinen? (?:verwendung|bedarf|gebrauch|nutzen)|anders überlegt|\bumentschieden|meinung geändert|\büberflüssig`,
  String.raw`(?<!\p{L})не (?:\p{L}+ )?(?:нуж|понадоб|пригод|требу)|(?<!\p{L})ни к чему|без надобности|передума|отпала (?:необходимость|надобность|нужда)|(?<!\p{L})незачем`,
  '(?:لا|لم|لن|ما)\\s?(?:أعد |اعد |نعد |يعد |عدت |عاد )?(?:[أانت]?حتاج|بحاجة|[أا]ريد|[أا]بغ|[أا]بي|يلزم)|لست (?:بحاجة|في حاجة)|(?:ليس|ليست|لم يعد|لم تعد) (?:ضروري|لازم)|غي[ّ]?ر(?:ت|نا) رأي|لا حاجة|عدلت عن', '(?:不|没|没有)(?:再|太|怎么|什么)?(?:需要|必要|用处|用得)|用不(?:着|上|到)|没用了|不要了|不想(?:要|买)|改(?:变)?了?主意|后悔',
].join('|'), 'iu');

/** What a yes without a reason stands for, where the shop accepts it. */
const USUAL: CancelReason = 'no_longer_needed';

/** Why an order is cancelled: one of the shop's reasons, and no other. A shop without a list does not ask. */
export const cancelReasonSlot: Slot<CancelReason> = {
  hear(heard) {
    const reason = cancelReasonSaid(heard.text, heard.entities.flatMap((entity) => (entity.kind === 'return_reason' ? [entity.value] : []))) ?? (NOT_NEEDED.test(heard.text) ? 'no_longer_needed' : undefined);
    if (reason !== undefined) return { said: reason, definite: true };
    // A yes to the question for a reason names none: the plan then shows the usual one, which still needs a yes.
    return heard.asked ? { said: heard.answer === 'yes' || heard.intent === 'affirm' ? USUAL : '', definite: false } : undefined;
  },
  async find({ said, policy }): Promise<Found<CancelReason>> {
    const accepted = policy.orders.cancelReasons;
    if (accepted.length === 0) return { value: 'other' };
    const reason = accepted.find((one) => one === said);
    if (reason !== undefined) return { value: reason };
    return { ask: { key: said === undefined ? 'cancel-order.ask.reason' : 'cancel-order.ask.reason-again' }, options: accepted.map((value) => ({ label: { text: { key: cancelReasonKeys[value] } }, value })) };
  },
};
