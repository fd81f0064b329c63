import type { Entity } from '../understanding.js';

/** Right before a name: the thing only tells which order is meant ("the backpack that came with the lamp"). */
const CAME_WITH = new RegExp([
  String.raw`\b(?:together|along(?:side)?|came|comes?|coming|arrived|ordered|bought|got|shipped|delivered|order|one|package|parcel) (?:with\b|w\/?)[^.;,!?]{0,18}$`,
  String.raw`\b(?:junto|vino|viene|llegó|pedí|compré|pedido) con\b[^.;,!?]{0,14}$`, String.raw`\b(?:junto|veio|chegou|pedi|comprei|pedido) com\b[^.;,!?]{0,14}$`, String.raw`\b(?:ensemble|venu|arrivé|livré|commandé|acheté|commande)e?s? avec\b[^.;,!?]{0,14}$`,
  String.raw`\b(?:zusammen|gemeinsam|bestellung|paket) mit\b[^.;,!?]{0,14}$`, String.raw`(?:вместе|пришл\p{L}+|заказал\p{L}*|купил\p{L}*|заказ) с(?:о)?\s[^.;,!?]{0,14}$`, '(?:مع|جاءت? مع|وصلت? مع)\\s*$',
].join('|'), 'iu');

/** Right behind a value: it would do, too, and is not asked for ("a cotton one is fine as well"). */
const WOULD_DO = new RegExp([
  String.raw`^[^.;,!?]{0,22}?\b(?:is|are|['’]s|would be|will be)\s+(?:also\s+|totally\s+|perfectly\s+)?(?:fine|ok|okay|alright|all right|acceptable|possible)\b`, String.raw`^[^.;,!?]{0,18}?\b(?:está bien|vale|me vale|me sirve|también sirve)\b`, String.raw`^[^.;,!?]{0,18}?\b(?:serve|tudo bem|pode ser|está bom)\b`,
  String.raw`^[^.;,!?]{0,18}?(?<![\p{L}\p{N}])(?:me va|convient|c['’]est bon|ça va|irait)\b`, String.raw`^[^.;,!?]{0,18}?\b(?:ist (?:auch )?(?:ok|okay|in ordnung|gut)|geht auch|passt auch|wäre auch)\b`, String.raw`^[^.;,!?]{0,18}?(?:тоже (?:подойд|можно|сойд)|подойд[её]т|сойд[её]т)`, '^[^.؛،!؟]{0,18}?(?:لا بأس|مقبول|يناسبني|مناسب)', '^(?:\\p{Script=Han}){0,5}(?:也行|也可以|都行|也好)',
].join('|'), 'iu');
/** Right before a value: it need not be that. */
const NEED_NOT = /(?:\b(?:does(?:n['’]t| not) (?:have|need) to be|need(?:n['’]t| not) be|no (?:tiene|hace falta) que s(?:er|ea)|não precisa ser|n['’]a pas besoin d['’]être|pas forcément|muss (?:nicht|kein\p{L}*)|nicht unbedingt)|не обязательно|ليس بالضرورة|不一定(?:要|是))\s*(?:\p{L}{1,4}\s+){0,2}$/iu;

/** Right behind a name: the thing is not meant ("the lamp stays"). */
const STAYS = /^\s*(?:(?:can|should|may|will|puede|pueden|pode|podem|peut|doit|kann|soll|может|пусть)\s+)?(?:stays?|remains?|is staying|se queda[n]?|quedarse|fica[m]?|ficar|reste[nt]*|rester|bleib(?:t|en)|оста[её]тся|остаются|остаться|يبقى|تبقى|保留|留着|不动|留下)(?![\p{L}])/iu;

/** Right behind a value: what lies beyond it on its scale is wanted as well. */
const OR_MORE = new RegExp([
  String.raw`^\s*(?:\p{L}+\s)?(?:or|and) (?:better|above|higher|up(?:wards)?|more|newer|bigger|larger|faster|stronger)\b|^\s*\+(?!\p{L})|^\s*(?:\p{L}+\s)?at (?:least|minimum)\b`, String.raw`^\s*o (?:mejor|más|superior|mayor)(?!\p{L})`, String.raw`^\s*ou (?:melhor|mais|superior|maior|mieux|plus|supérieur|davantage)(?!\p{L})`,
  String.raw`^\s*oder (?:besser|höher|mehr|größer|darüber)`, '^\\s*(?:или|и) (?:лучше|выше|больше|мощнее)', '^\\s*(?:أو|فما) (?:أفضل|أعلى|أكثر|أكبر|فوق)', '^(?:或(?:者)?(?:更[好高大]|以上)|以上)',
].join('|'), 'iu');
const OR_LESS = new RegExp([
  String.raw`^\s*(?:\p{L}+\s)?(?:or|and) (?:below|lower|less|under|smaller|fewer|down)\b`, String.raw`^\s*o (?:menos|inferior|menor)(?!\p{L})`, String.raw`^\s*ou (?:menos|inferior|menor|moins|inférieur)(?!\p{L})`, String.raw`^\s*oder (?:weniger|kleiner|niedriger|darunter)`, '^\\s*или (?:меньше|ниже)', '^\\s*أو (?:أقل|أدنى|أصغر)', '^(?:或(?:者)?(?:更[低小少]|以下)|以下)',
].join('|'), 'iu');

/** Which way what lies beyond a value is wanted as well: up, down, or not at all. */
export const beyond = (text: string, end: number): 1 | -1 | undefined => (OR_MORE.test(text.slice(end, end + 30)) ? 1 : OR_LESS.test(text.slice(end, end + 30)) ? -1 : undefined);

/** Whether a value need not be, or, beside a comparison that says what is wanted, would only do as well. */
export const wouldDo = (text: string, start: number, end: number, isBeside: boolean): boolean => (isBeside && WOULD_DO.test(text.slice(end, end + 50))) || NEED_NOT.test(text.slice(Math.max(0, start - 40), start));

/** Only one of several things that are named together is meant. */
const ONE_OF_THEM = new RegExp([
  String.raw`\b(?:just|only) (?:really )?(?:need|want|use|keep(?:ing)?|return(?:ing)?|send(?:ing)?)?\s*(?:the )?one\b|\b(?:need|want|use|keep|return|send|give) (?:back )?(?:just |only )?one\b|\bone (?:of (?:them|these|those|the two)|(?:has|needs|ought|is) to|must|should|can|goes|could)\b|\bonly one\b`,
  String.raw`(?<![\p{L}\p{N}])(?:solo|sólo|únicamente) (?:\p{L}+ )?un[oa]\b|\bun[oa] de (?:ell[oa]s|l[oa]s dos)\b`, String.raw`\b(?:só|apenas|somente) (?:\p{L}+ )?um[a]?\b|\bum[a]? (?:deles|delas|dos dois|das duas)\b`, String.raw`\bun seul\b|\bune seule\b|\b(?:l['’])?une? (?:d['’]entre|des deux|de ces)\b`,
  String.raw`\bnur (?:ein(?:e[nrs]?)?)\b|\bein(?:e[rsn]?|s) (?:davon|von (?:ihnen|beiden|den))\b`, String.raw`только оди?н\p{L}*|один из (?:них|двух)|одн[уа] из (?:них|двух)|лишь оди?н`, 'واحدة? (?:فقط|منهما|منها)|فقط واحدة?', '(?:只|就)(?:\\p{Script=Han}{0,3})一(?:个|件|台|双|条|块)|其中一',
].join('|'), 'iu');

/** Whether a name, by the words right before it, only tells which order is meant. */
export const tellsOrder = (text: string, start: number): boolean => CAME_WITH.test(text.slice(Math.max(0, start - 40), start));

/** Whether it is said behind a name that the thing stays as it is. */
export const isStaying = (text: string, end: number): boolean => STAYS.test(text.slice(end, end + 40));

/** Whether only one of several is meant. */
export const isOneOfThem = ({ text }: { readonly text: string }): boolean => ONE_OF_THEM.test(text);

/** "All of that", at the question whether it is right: what is on the table, and no more. */
export const meansTable = (text: string): boolean => /\ball (?:of )?(?:that|this|them|these|those)\b|\btodo (?:eso|esto)\b|\btod[oa]s (?:ell[oa]s|es[oa]s|est[oa]s)\b|\btudo (?:isso|isto)\b|\btout (?:ça|cela)\b|\ball das\b|\balles davon\b|(?:всё|все) это|كل (?:هذا|ذلك)|(?:这些|那些)(?:全|都)/iu.test(text);

/** Several orders are spoken of. */
export const speaksOfSeveral = (text: string): boolean => /\b(?:both|all|every|each)\b[^.,;]{0,20}\borders?\b|\b(?:ambos|todos)\b[^.,;]{0,20}\b(?:pedidos|encomendas)\b|\b(?:les deux|toutes)\b[^.,;]{0,20}\bcommandes\b|\b(?:beide|alle)[nr]?\b[^.,;]{0,20}\bbestellungen\b|(?:оба|обоих|все|всех)[^.,;]{0,20}заказ|(?:كلا|كل|جميع)[^.،]{0,16}طلب|(?:两|所有|全部)\p{Script=Han}{0,3}(?:订单|单)/iu.test(text);

/** Several things are told to lie in one order. */
const OF_ONE_ORDER = /\b(?:same|one|single) order\b(?!s)|(?<![\p{L}\p{N}])(?:mismo|un solo|único) pedido\b|(?<![\p{L}\p{N}])(?:mesmo|um só|único) pedido\b|\bmesma (?:compra|encomenda)\b|\b(?:même|une seule) commande\b|\b(?:(?:der|ein)selben|gleichen|einer(?: einzigen)?) bestellung\b|(?:одно(?:го|м)|того же|том же) заказ|(?:نفس الطلب|طلب واحد|الطلب نفسه)|(?:同一|一)(?:个|张|笔)?(?:订单|单)/iu;

/** Whether what is named is told to lie in one order; "from different orders" says the contrary. */
export const isOfOneOrder = (text: string): boolean => OF_ONE_ORDER.test(text) && !/\b(?:not (?:in|from|of) the|different from the) same order\b/iu.test(text);

/** Between a means of payment and a value: the value tells what the card is like, and of the thing it wants nothing. */
const IS_LIKE = new RegExp([
  String.raw`(?:is|was|isn['’]?t|wasn['’]?t|ain['’]?t)(?: not| even| really| actually)*(?: an?)?`, String.raw`(?:no )?(?:es|era|está)(?: una?)?`, String.raw`(?:não )?(?:é|era|está)(?: uma?)?`,
  String.raw`(?:n['’])?(?:est|était)(?: pas)?(?: une?)?`, String.raw`(?:ist|war)(?: (?:ja|doch|gar|aber|auch|übrigens))*(?: (?:nicht|kein\p{L}*|eine?))?`, '(?:ведь |же |вовсе )?не', '(?:可|并|也)?(?:不是|是)', '(?:هي |هو )?ليست?|هي|هو',
].map((words) => String.raw`^\s*(?:${words})\s*$`).join('|'), 'iu');
/** "Pay with the card, not the red one" is said of the thing: there the card stands in the case of what something is done with. */
const WITH_IT = /(?:ой|ей|ою)$/iu;

/** Whether what stands at a place only tells what a means of payment is like ("the gift card isn't red, by the way"). */
export const isOfPayment = (text: string, entities: readonly Entity[], start: number): boolean => entities.some((entity) => entity.kind === 'marker' && PAYMENTS.includes(entity.value)
  && entity.end <= start && start - entity.end <= 24 && !WITH_IT.test(entity.raw) && IS_LIKE.test(text.slice(entity.end, start)));
const PAYMENTS: readonly string[] = ['gift_card', 'paypal', 'card'];
