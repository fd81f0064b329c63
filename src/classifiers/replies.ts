import { flatten } from './entities/source.js';

/** A plain answer to a yes/no question. */
export type PlainAnswer = 'yes' | 'no' | 'unsure';

/** Longer messages are no plain answers, whatever they begin with. */
const LONGEST = 80;

const YES = [
  'yes', 'yes+', 'yeah+', 'yea', 'yep', 'yup', 'ya', 'y', 'aye', 'sure(?: thing)?', 'of course', 'ok(?:ay|ey|ie|i)?(?: dokey)?', 'k', 'kk', 'correct', 'right', "that(?:'?s| is) (?:right|correct|it|fine|ok(?:ay)?|the one)",
  'exactly', 'absolutely', 'definitely', 'certainly', 'indeed', 'agreed', 'i agree', 'confirm(?:ed)?', 'i confirm', '(?:please )?do(?: it| so| that)?', 'do please', 'please do', 'go(?: right)? ahead', 'go for it', 'proceed', 'sounds (?:good|great|fine)',
  'fine(?: by me| with me)?', "i'?m (?:fine|ok(?:ay)?|happy) with (?:that|it)", 'that works', 'works for me', 'perfect', 'great', 'alright', 'all right', 'very well', 'uh ?huh', 'mhm', 'yes i do', 'yes it is', 'i do', 'true', 'yes please', "let'?s do (?:it|that)",
  'sí+', 'si+', 'claro(?: que s[ií])?', 'por supuesto', 'dale', 'vale', 'de acuerdo', 'correcto', 'exacto', 'eso es', 'eso', 'as[ií] es', 'perfecto', 'adelante', 'hazlo', 'h[aá]galo', 'confirmo', 'confirmado', 'est[aá] bien', 'me parece bien', 'desde luego', 'okis', 'venga', 'listo', 'bueno', 'efectivamente', 'por favor hazlo', 'cierto', 'acepto',
  '是', '是的', '对', '对的', '好', '好的', '好啊', '好呀', '好吧', '好滴', '行', '行的', '可以', '可以的', '嗯+', '嗯嗯', '没错', '确认', '确定', '同意', '要', '要的', '当然', '当然可以', '没问题', '就这样', '就这样吧', '办吧', '改吧', '换吧', '退吧', '请办理', '就改吧', '就退吧', '确认修改', '确认退货', '请继续', '继续', '可以啊', '正确', '必须的', '沒問題', '對', '是啊', '中', '成', '来吧', '好的好的',
  'sim', 'oui', "d'accord", 'ja', 'jawohl', 'genau', 'да', 'конечно', 'хорошо', 'نعم', 'أجل', 'ايوه', 'موافق', '👍', '👌', '✅', '🆗', '✔', '💯',
];
const NO = [
  'no+', 'nope', 'nah', 'n', 'not? really', 'no way', 'never', 'not (?:now|today|yet|this time|that|interested|at all)', "don'?t(?: do (?:it|that))?", 'do not(?: do (?:it|that))?', "please don'?t", "i don'?t want (?:to|that|it|this)", "i(?:'d| would) rather not", 'rather not', 'negative', 'wrong', 'incorrect', "that(?:'?s| is) (?:not (?:right|correct|it)|wrong|incorrect)", "i disagree", "no i don'?t", 'absolutely not', 'definitely not', 'of course not', 'certainly not', 'no need', 'leave it',
  'no gracias', 'para nada', 'no quiero', 'mejor no', 'claro que no', 'nunca', 'jam[aá]s', 'de ninguna manera', 'ahora no', 'todav[ií]a no', 'no es correcto', 'incorrecto', 'no hace falta', 'tampoco', 'nada', 'que no', 'ni hablar', 'no lo hagas', 'as[ií] no',
  '不', '不是', '不是的', '不要', '不用', '不用了', '不用谢谢', '不了', '不行', '不对', '不可以', '不同意', '没有', '没', '算了吧', '先不要', '先不用', '暂时不用', '暂时不要', '不需要', '不需要了', '别', '否', '不必了', '不好', '错', '错了', '不正确', '不想', '不確定不要', '不對',
  'não', 'nao', 'non', 'nein', 'нет', 'لا', 'لا شكرا', '👎', '❌', '🚫', '🙅',
];
const UNSURE = [
  'maybe', 'perhaps', "i(?:'?m| am)? not (?:really |quite |so |too )?sure(?: yet)?", 'not (?:really |quite |so |too )?sure(?: yet)?', "i? ?(?:don'?t|do not) know(?: yet)?", 'dunno', 'idk', 'no idea', 'hmm+', 'unsure', 'possibly', 'it depends', 'let me think(?: about it)?', "i(?:'ll| will) think about it", 'i have to think', "can'?t decide", 'i need to think(?: about it)?',
  'no (?:lo )?s[eé]', 'no estoy segur[oa]', 'no (?:lo )?tengo claro', 'quiz[aá]s?', 'tal vez', 'puede(?: ser| que s[ií])?', 'depende', 'a lo mejor', 'ni idea', 'd[eé]jame pensarlo', 'lo pienso', 'lo tengo que pensar',
  '不知道', '不确定', '不太确定', '也许', '可能', '可能吧', '或许', '再想想', '我再想想', '让我想想', '我想想', '不清楚', '说不好', '看情况', '不好说', '考虑一下', '我考虑一下', '🤔', '🤷',
];
const FILLER = ['please', 'pls', 'plz', 'thanks', 'thank you(?: very much| so much)?', 'thx', 'ty', 'por favor', 'gracias', 'muchas gracias', '谢谢', '谢谢你', '多谢', '请', '麻烦了', '麻烦你了', 'then', 'oh', 'well', 'um+', 'uh', 'ah', 'pues', 'bueno', 'entonces', 'eh', '那', '那就', '了', '吧', '啊', '呀', '哦', '噢', '的', 'it', 'that', 'lol', 'sir', '亲', 'thanks a lot', 'merci', 'danke', 'obrigad[oa]', 'спасибо', 'شكرا', '🙏', '😊', '🙂', '😀', '❤'];

const whole = (lists: readonly (readonly string[])[]): RegExp => {
  const phrases = lists.flat().sort((a, b) => b.length - a.length);
  const latin = phrases.filter((phrase) => /[a-zà-ÿ]/.test(phrase) || /[\u0400-\u06ff]/.test(phrase));
  const signs = phrases.filter((phrase) => !latin.includes(phrase));
  return new RegExp(`^(?:(?:${latin.join('|')})(?![\\p{L}\\p{N}'])\\s*|(?:${signs.join('|')})\\s*)+$`, 'u');
};
const ONLY_YES = whole([YES, FILLER]);
const ONLY_NO = whole([NO, FILLER]);
const ONLY_UNSURE = whole([UNSURE, FILLER, ['no', '嗯']]);
const ONLY_FILLER = whole([FILLER.filter((word) => word !== 'bueno')]);

/** Lower case, marks and doubled blanks gone; empty where the message is too long to be one short phrase. */
function bare(text: string): string {
  if (text.length > LONGEST * 2) return '';
  const clean = flatten(text).normalize('NFC').toLowerCase().replace(/[’‘`´]/g, "'").replace(/[\u{1f3fb}-\u{1f3ff}\u200d\u2640\u2642\ufe0f]/gu, '');
  return clean.replace(/[.,!;:…~。，！；：、"“”()?？¿¡-]+/g, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST);
}

/** Whether a message is a plain yes, no or "I don't know" and nothing else. A question is none of them. */
export function readAnswer(text: string): PlainAnswer | undefined {
  const message = bare(text);
  if (message === '' || ONLY_FILLER.test(message)) return undefined;
  const isQuestion = /[?？]\s*$/.test(text.slice(-20));
  if (!isQuestion && ONLY_NO.test(message)) return 'no';
  if (!isQuestion && ONLY_YES.test(message)) return 'yes';
  return ONLY_UNSURE.test(message) ? 'unsure' : undefined;
}

const WHY = /^(?:but |and |so |ok |no |hey |pero |y |但是?|那|可是)?(?:why(?: (?:not|is that|so|that|though|exactly|not though|can'?t (?:i|you)|isn'?t (?:it|that) possible|do you (?:say|need|ask)(?: that| this| it)?))?|how come|what for|for what reason|what'?s the reason|(?:y )?por ?qu[eé](?: no| es eso| eso| motivo| raz[oó]n)?|c[oó]mo (?:as[ií]|es eso)|a qu[eé] se debe|why (?:can'?t|cannot|can not|won'?t|isn'?t|not) (?:it|that|this|i (?:return|change|cancel|send|do|have) (?:it|that|this|them))(?: back)?|por ?qu[eé] no (?:se )?(?:puede|puedo|lo puedo|me dejan?)(?: \S+){0,2}|(?:为什么|为啥|凭什么)(?:不能|不可以|不让|不给|不行)[退改换取消它这个这件了呢啊]{0,6}|为什么(?:呢|不行|不能|不可以|不|啊|这样)?|为啥(?:呢|不行|不能|不)?|凭什么|怎么会(?:这样|呢)?|什么原因|原因(?:是什么|呢))(?: please)?$/u;
const REPEAT = /^(?:sorry |pardon |what |huh |please |perd[oó]n |por favor |不好意思|请|麻烦)*(?:come again|(?:can|could) you (?:please )?(?:repeat|say)(?: that| it)?(?: again)?(?: please)?|(?:please )?(?:repeat|say)(?: that| it)?(?: again)?(?: please)?|repeat|say (?:that|it) again(?: please)?|what did you say|what was that(?: again)?|i didn'?t (?:get|catch|understand) (?:that|it)|pardon(?: me)?|again please|once more(?: please)?|one more time(?: please)?|huh|me lo repites?|(?:me lo )?(?:puedes|puede|podr[ií]as?) repetir(?:lo|melo)?(?: eso)?(?: por favor)?|rep[ií]te(?:lo|melo)?(?: por favor)?|rep[ií]ta(?:lo|melo)?(?: por favor)?|repetir(?: por favor)?|c[oó]mo dices?|c[oó]mo dice|qu[eé] (?:has dicho|dijiste|dijo)|otra vez(?: por favor)?|no (?:te |le )?(?:he entendido|entend[ií])|再说一[遍次下](?:吧|好吗|可以吗)?|重复一[遍下次]|你(?:刚才?)?说什么|没听懂|没看懂|没明白|能再说一[遍次]吗|什么意思|再来一[遍次])$/u;

const ALSO = /^(?:(?:and|what about|how about|and what about|and how about) (?!if |why|when |how )(?:\S+ ){0,5}\S+|y (?:el|la|los|las|lo|mi|mis|ese|esa|del?|para|qu[eé] (?:hay|pasa) (?:con|del?)) (?:\S+ ){0,5}\S+|(?:y )?qu[eé] (?:hay|pasa) (?:con|del?) (?:\S+ ){0,5}\S+|(?:那么?|还有)?.{1,14}呢)$/u;

/** Whether a message asks why, asks to hear it again, or asks the last question of something else, and nothing else. */
export function readMeta(text: string): 'why' | 'repeat' | 'also' | undefined {
  const message = bare(text);
  if (message === '') return undefined;
  if (WHY.test(message)) return 'why';
  if (REPEAT.test(message)) return 'repeat';
  return ALSO.test(message) && !/为什么|怎么|什么时候/u.test(message) ? 'also' : undefined;
}
