/** Up to a mark: the words that name a thing or an order. */
const NAMED = String.raw`[^.,;:!?\n]{2,60}`;
const SHORT = String.raw`[^.,;:!?\n]{2,50}?`;

const all = (...patterns: readonly string[]): RegExp[] => patterns.map((pattern) => new RegExp(pattern, 'iu'));

/** How an order is described where the new address stands, in the languages other than English; `order` is what names it. */
export const SOURCES: {
  /** "To the address of my other order", "the same address as the order with the lamp". */
  readonly ofOrder: readonly RegExp[];
  /** "Where the lamp was sent", "the address my lamp went to". */
  readonly whereItWent: readonly RegExp[];
  /** "The lamp went to the new place already". */
  readonly wentThere: readonly RegExp[];
} = {
  ofOrder: all(
    String.raw`(?:\b(?:a|por|con) la|\b(?:la )?misma)\s+(?:dirección\s+)?(?:(?:que|de envío)\s+)?(?:(?:la\s+)?de\s*l?\s+)?(?<order>(?:mi\s+|el\s+|la\s+)?(?:otr[oa]\s+)?pedido(?!\p{L})[^.,;:!?\n]{0,60})`,
    String.raw`(?:\bmesmo endereço|\b(?:para|no|pelo|com)\s+(?:o\s+)?endereço)\s+(?:que\s+)?(?:o\s+)?d?[oa]?\s*(?<order>(?:meu\s+|minha\s+)?(?:outr[oa]\s+)?(?:pedido|encomenda)(?!\p{L})[^.,;:!?\n]{0,60})`,
    String.raw`(?:\bmême adresse|à l['’]adresse)\s+(?:que\s+)?(?:celle\s+)?(?:de\s+|pour\s+)?(?<order>(?:ma\s+|mon\s+|la\s+|l['’])?(?:autre\s+)?commande(?!\p{L})[^.,;:!?\n]{0,60})`,
    String.raw`(?:\b(?:gleiche|dieselbe|selbe)n?\s+(?:\p{L}*adresse|anschrift)\s+wie|\b(?:an|auf)\s+die\s+(?:\p{L}*adresse|anschrift)(?:\s+von)?)\s+(?:bei\s+|für\s+)?(?<order>(?:mein\p{L}*\s+|die\s+|der\s+)?(?:ander\p{L}*\s+)?bestellung(?!\p{L})[^.,;:!?\n]{0,60})`,
    String.raw`(?:на\s+адрес|(?:тот|такой|том) же адрес\p{L}*,?\s+(?:что|как)(?:\s+и)?(?:\s+[ув])?)\s+(?<order>(?:мо\p{L}+\s+)?(?:друг\p{L}+|втор\p{L}+)\s+заказ\p{L}*[^.,;:!?\n]{0,60})`,
    String.raw`(?:إلى|نفس)\s+عنوان\s+(?<order>طلب(?:ي|ية|يتي)?\s*(?:الآخر|الثاني|الأخرى)[^.،؛:!؟\n]{0,40})`,
    '(?:和|跟|与|同|用|到|成)我?的?(?<order>(?:另(?:一|外一|外)?(?:个|张|笔)?|别的|其他的?)(?:订单|单)(?!号))(?:的|是|用)?(?:同一个|一样的?|相同的?)?(?:收货)?地址',
  ),
  whereItWent: all(
    String.raw`\b(?:adonde|donde|a la que|a la cual|en (?:la|el) que)\s+(?:ya\s+)?(?:se\s+)?(?:me\s+)?(?:fue(?:ron)?|envi(?:ó|aron|asteis)|mand(?:ó|aron|asteis)|lleg(?:ó|aron)|entreg(?:ó|aron)|van?)(?!\p{L})(?:\s+(?:enviad|entregad|mandad)[oa]s?)?\s+(?<order>(?:el|la|los|las|mis?)\s+${NAMED})`,
    String.raw`\b(?:para onde|aonde|onde|para (?:o|a) qual|em que)\s+(?:já\s+)?(?:foi|foram|vai|vão|mandaram|enviaram|entregaram|chegou|chegaram)(?!\p{L})(?:\s+(?:enviad|entregu|mandad)\p{L}+)?\s+(?<order>(?:[oa]s?|meus?|minhas?)\s+${NAMED})`,
    String.raw`(?:\boù|à laquelle)\s+(?:(?:vous avez|on a)\s+(?:envoy|livr|expédi)\p{L}*|(?:est|sont)\s+(?:all|part|arriv)\p{L}*|va|vont)\s+(?<order>(?:les?|la|mon|ma|mes|l['’])\s*${NAMED})`,
    String.raw`(?:\boù|à laquelle)\s+(?<order>(?:(?:les?|la|mon|ma|mes)\s+|l['’])${SHORT})\s+(?:a|ont|est|sont)\s+(?:déjà\s+)?(?:été\s+)?(?:envoy|livr|expédi|all|part|arriv)\p{L}*`,
    String.raw`\b(?:wo(?:hin)?|an die|zu der)\s+(?:auch\s+)?(?<order>(?:der|die|das|mein\p{L}*)\s+${SHORT})\s+(?:ging\p{L}*|geschickt|geliefert|gesendet|gegangen|gekommen|hingegangen|hingeschickt)(?!\p{L})`,
    String.raw`куда\s+(?:уже\s+)?(?:отправ\p{L}+|уш(?:ёл|ел|ла|ло|ли)|достав\p{L}+|приш(?:ёл|ел|ла|ло|ли)|послал\p{L}*)\s+(?<order>[^.,;:!?\n]{2,60})`, String.raw`куда\s+(?<order>[^.,;:!?\n]{2,50}?)\s+(?:уже\s+)?(?:отправ\p{L}+|уш(?:ёл|ел|ла|ло|ли)|достав\p{L}+|приш(?:ёл|ел|ла|ло|ли))(?!\p{L})`,
    String.raw`(?:العنوان|المكان|حيث)\s+(?:(?:الذي|التي)\s+)?(?:أُ?رسل\p{L}*|وصل\p{L}*|ذهب\p{L}*|شُ?حن\p{L}*|سُ?لم\p{L}*|تم (?:إرسال|شحن|توصيل|تسليم))\s+(?:إليه\s+|إليها\s+|فيه\s+)?(?<order>[^.،؛:!؟\n]{2,50})`,
    '(?<order>[^，。！？；：,\\n]{1,20}?)(?:寄|送|发|配送)(?:到|去|往)(?:了)?的(?:那个|同一个)?(?:地址|地方|住址)', '(?:和|跟|与|同)(?<order>[^，。！？；：,\\n]{1,15}?)(?:一样|相同|同一个)(?:的)?(?:收货)?(?:地址|地方)',
  ),
  wentThere: all(
    String.raw`(?<order>\b(?:el|la|los|las|mis?)\s+${SHORT})(?:\s+que\s+(?:compré|pedí|encargué))?\s+(?:ya\s+)?(?:se\s+)?(?:fue(?:ron)?|envi(?:ó|aron)|mand(?:ó|aron)|lleg(?:ó|aron)|van?)(?!\p{L})(?:\s+enviad[oa]s?)?\s+(?:ya\s+)?(?:allí|ahí|(?:a|en)\s+(?:la|mi|el)\s+(?:\p{L}+\s+)?(?:nuev[oa]|correct[oa]|actual)(?!\p{L}))`,
    String.raw`(?<order>(?<!\p{L})(?:[oa]s?|meus?|minhas?)\s+${SHORT})(?:\s+que\s+(?:comprei|pedi))?\s+(?:já\s+)?(?:foi|foram|vai|vão|chegou|mandaram|enviaram)(?!\p{L})(?:\s+(?:enviad|entregu|mandad)\p{L}+)?\s+(?:já\s+)?(?:lá|ali|para\s+(?:lá|(?:a|o|minha|meu)\s+(?:\p{L}+\s+)?(?:nov[oa]|cert[oa]|atual)))(?!\p{L})`,
    String.raw`(?<order>(?:\b(?:les?|la|mon|ma|mes)\s+|l['’])${SHORT})(?:\s+que\s+j['’]ai\s+(?:acheté|commandé)\p{L}*)?\s+(?:a|ont|est|sont|va|vont)\s+(?:déjà\s+)?(?:été\s+)?(?:déjà\s+)?(?:(?:envoy|livr|part|expédi|all|arriv)\p{L}*\s+)?(?:là-bas|à\s+(?:la|ma|mon|l['’])\s*(?:nouvelle|bonne|nouveau|bon)(?!\p{L})|au nouveau)`,
    String.raw`(?<order>\b(?:der|die|das|mein\p{L}*)\s+${SHORT})\s+(?:gingen|ging|wurden?|ist|sind|geht|gehen)\s+(?:ja\s+)?(?:schon\s+|bereits\s+)?(?:dorthin|dahin|an\s+die\s+(?:neue|richtige|aktuelle)(?!\p{L})|ins?\s+(?:die|das)?\s*neue(?!\p{L}))`,
    String.raw`(?<order>[^.,;:!?\n]{2,50}?)\s+(?:уже\s+)?(?:был\p{L}*\s+)?(?:отправ\p{L}+|уш(?:ёл|ел|ла|ло|ли)|достав\p{L}+|едет|приш(?:ёл|ел|ла|ло|ли))\s+(?:уже\s+)?(?:туда|на\s+(?:новый|правильный)\s+адрес|в\s+нов(?:ый|ую)\s+\p{L}+)`,
    String.raw`(?<order>ال\p{L}+[^.،؛:!؟\n]{0,40}?)\s+(?:قد\s+)?(?:أُ?رسل\p{L}*|وصل\p{L}*|ذهب\p{L}*|شُ?حن\p{L}*)\s+(?:بالفعل\s+)?(?:إلى\s+)?(?:هناك|(?:العنوان|البيت|المنزل)\s+(?:الجديد|الصحيح)|(?:عنواني|بيتي|منزلي)\s+(?:الجديد|الصحيح))`,
    '(?<order>[^，。！？；：,\\n]{1,20}?)(?:已经|已)?(?:寄|送|发)(?:到|去|往)了?我?的?(?:那里|那边|新(?:家|地址|房子|住处|住址)|正确的?地址)',
  ),
};

/** Words that make of an order simply another one. */
export const OTHER_ORDER = /\b(?:other|another|different)\b|\b(?:otr[oa]s?|outr[oa]s?)(?!\p{L})|\bautres?\b|\bander\p{L}*|друг|втор|الآخر|الأخرى|الثاني|另|别的|其他/iu;

/** Where an address stands that is no order's. */
export const NO_ORDER = /\b(?:addresses|account|profile|default)\b|\b(?:cuenta|perfil|predeterminad\p{L}*|conta|padrão|compte|profil\p{L}*|défaut|konto\p{L}*|standard\p{L}*)(?!\p{L})|аккаунт|профил|умолчан|حساب|الافتراضي|账户|账号|默认|资料/iu;

/** Between two order numbers: the second is where the address stands, not another order to change. */
export const LIKE = /\b(?:to|same|as|like|with)\b|\bmism[ao]|\bigual|\ba la\b|\bpara [oa]\b|\bmesm[oa]|\bmême|\bcelle\b|\bvers\b|(?<![\p{L}\p{N}])à l|\bgleiche|\bdieselbe|\bwie\b|\b(?:auf|an|zu) (?:die|der)\b|то(?:т|й|м) же|как (?:в|у)|на адрес|что и|إلى|نفس|مثل|改成|改为|改到|换成|寄到|一样|相同|[和跟与同](?=.{0,14}(?:一样|相同))/iu;

/** Before the only order number of a message: it tells where the address stands. */
export const LIKE_THE_ONE = new RegExp([
  String.raw`\bsame\b[^.;]{0,40}$`, String.raw`\b(?:to|use|with) (?:the |my |that |this )?(?:same |delivery |shipping |other )?(?:address|one|that)\b[^.;,]{0,30}$`, String.raw`\b(?:like|as) (?:on|in|for)\b[^.;]{0,20}$`,
  String.raw`\bmisma (?:dirección)?[^.;]{0,25}$`, String.raw`\b(?:a|por) la (?:dirección )?del?\b[^.;]{0,15}$`, String.raw`\bmesmo (?:endereço)?[^.;]{0,25}$`, String.raw`\b(?:para|pelo) o? ?(?:endereço )?d[oa]\b[^.;]{0,15}$`,
  String.raw`\bmême (?:adresse)?[^.;]{0,25}$`, String.raw`(?<![\p{L}\p{N}])à (?:l['’]adresse|celle) de\b[^.;]{0,20}$`, String.raw`\b(?:gleiche[nr]?|dieselbe)\b[^.;]{0,30}$`, String.raw`\b(?:auf|an) die (?:adresse )?(?:von|der|aus)\b[^.;]{0,20}$`, String.raw`\bwie (?:bei|in)\b[^.;]{0,20}$`,
  String.raw`(?:тот же|такой же|том же)[^.;]{0,30}$`, String.raw`(?:на адрес|как (?:в|у))[^.;]{0,15}$`, String.raw`(?:نفس|مثل)[^.؛]{0,30}$`, String.raw`إلى عنوان[^.؛]{0,20}$`, '(?:改成|改为|改到|换成|寄到|用)[^。；]{0,4}[和跟与同]?(?:订单)?[^。；]{0,3}$',
].join('|'), 'iu');

/** Behind an order’s number in Chinese: "the same". */
export const THE_SAME_BEHIND = /^[^。，,.]{0,4}(?:一样|相同)/u;

/** Before an order’s number in Chinese: "like". */
export const AS_BEFORE = /[和跟与同][^。，]{0,6}$/u;

/** Behind an order’s number in Chinese: "the same", "its address". */
export const THE_SAME_ADDRESS_BEHIND = /^[^。，,.]{0,4}(?:一样|相同|的地址)/u;

/** "To the address of", "the same place as", "where … goes", and behind it the order, described: "my other order", "the order with the lamp". */
export const OF_ORDER = new RegExp(String.raw`(?:(?:\b(?:to|use|using|at|as|with)\s+(?:the\s+|that\s+|my\s+|our\s+|one\s+)?(?:same\s+|exact\s+|shipping\s+|delivery\s+)*|\bsame\s+(?:\w+\s+)?)(?:address|place|location|destination|spot|one)\b|\b(?:it|that)(?:['’]s|\s+is)\s+the\s+(?:same\s+)?(?:address|one)\b|\bwhere(?:ver)?\b)`
  + String.raw`(?:\s+(?:as|like|of|on|for|from|in|that|which|is|it|was|we|i|you|have|used?|using|with|at|where|goes?|went|going|set|listed|given|did))*\s+(?<order>(?:my|the|that|our)\s+(?:[\w'’-]+\s+){0,3}?order\b(?!s)`
  + String.raw`(?:\s+(?:with|of|for|containing|that (?:has|contains|included)|which (?:has|contains)|i (?:placed|made|bought))\b[^.,;!?\n]*)?)`, 'iu');

/** "The same address as my lamp": with "same … as", whatever follows is described. */
export const SAME_AS = /\bsame\s+(?:\w+\s+)?(?:address|place|location|destination|one)\s+(?:as|like)\s+(?:for\s+|of\s+|on\s+|in\s+)?(?<order>(?:my|the)\s+(?:[\w'’-]+\s*){1,5})/iu;

/** "The sofa I bought went to the new place already": what was bought tells the order, and its address is the new one. */
export const WENT_THERE = new RegExp(String.raw`(?<order>\b(?:the|my|that)\s+(?:[\w'’-]+\s+){1,4}?)(?:(?:that\s+)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+)?(?:bought|ordered|got|purchased)\s+)?(?:already\s+|just\s+)?(?:was|were|is|got|has been|went|goes|gets)\s+(?:already\s+|just\s+|being\s+)?(?:sent\s+|shipped\s+|delivered\s+|going\s+|headed\s+)?(?:already\s+)?(?:to\s+(?:the|my|our)\s+(?:new|right|correct|current)\b[^.,;!?\n]*|there\b)`, 'iu');

/** "The address my sofa was sent to", "where the sofa went". */
export const WHERE_IT_WENT = new RegExp(String.raw`\b(?:(?:the|that) (?:same )?(?:new )?(?:address|one|place|house|home|location)|where(?:ver)?)\s+(?:that\s+|which\s+)?(?<order>(?:my|the|that|our)\s+(?:[\w'’-]+\s+){1,4}?)(?:(?:that\s+)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+)?(?:bought|ordered|got|purchased)\s+)?(?:was|were|is|are|got|has been|had been|went|goes)\b(?:\s+(?:being\s+)?(?:sent|shipped|delivered|going|headed))?(?:\s+to)?`
  // "The address on the sofa order" is told as an order; "the address of my sofa" as a thing.
  + String.raw`|\b(?:the|that) (?:same )?(?:new )?(?:address|one)\s+(?:on|of|from|for|where)\s+(?<thing>(?:my|the|that)\s+(?:[\w'’-]+\s+){0,3}[\w'’-]+)(?=\s*(?:[.,;!?]|$))`, 'iu');

/** "The order I sent to", "the parcel going to": an order told by where it goes, as far as the place. */
export const PLACED = new RegExp(String.raw`\b(?:the|that|an|my|one)\s+(?:\w+\s+)?(?:order|one|package|parcel)s?,?\s+(?:(?:of mine\s+)?(?:that|which|i|we|he|she|they)\b|going|sent|shipped|headed|bound|addressed|currently|on its way)[^.;!?\n]{0,100}?(?=\s+(?:should|needs?|must|can|could|would|to (?:my|our|the|be)|and|so)\b|[.,;:!?\n]|$)`
  + String.raw`|\b(?:accidentally |mistakenly )?(?:sent|shipped|placed|put|had|made)\s+(?:\w+\s+){0,3}orders?\b[^.;!?\n]{0,100}?(?=\s+(?:should|needs?|must|and|but|so)\b|[.,;:!?\n]|$)`, 'giu');

/** "I want my", right before an order: where it is to go, not where it goes. */
export const WANTED = /\b(?:want|wants|wanted|need|needs|like|love|prefer|have|get|wish for)\s+(?:to\s+(?:have|get)\s+)?(?:\p{L}+\s+)?$/iu;
