/** The orders placed last. */
export const LATEST = /(?<![\p{L}\p{N}])(?:last|latest|recent|newest|últim[oa]s|recientes|recentes|derni(?:er|ère)s|récentes?|letzten?|neuesten?)\b|последни|недавни|آخر|الأخيرة|最近|最新|上次|最后/iu;

/** Whoever says "the order with the lamp" names the order by it; "the lamp I ordered" names the lamp. */
export const speaksOfOrder = (text: string): boolean => /\b(?:orders?|purchases?|pedidos?|compras?|encomendas?|commandes?|achats?)(?!\p{L})|bestell(?:ung|nummer)|auftrag|(?<!\p{L})заказ(?!а[лнт])|покупк|طلب(?!ت)|订单|单子/iu.test(text);

/** What is in an order, not where it is. */
export const DETAILS = /\b(?:details?|contents?|what(?:['’]?s| is| was)? (?:in|inside)|which (?:items|products)|full (?:info|information)|detall\p{L}*|contenido|qué (?:hay|lleva|trae|contiene)|detalh\p{L}*|conteúdo|o que (?:tem|vem)|détails?|contenu|que contient|einzelheiten|inhalt|was ist in)\b|подробн|содержимо|что (?:входит|в заказе)|состав заказа|تفاصيل|محتويات|ماذا يحتوي|详情|明细|详细|里面有什么|包含什么/iu;

/** "All my open orders", whatever stands between the words. */
export const EVERY = new RegExp([
  String.raw`\b(?:all|every(?: one)?(?: of)?|each)\b[^.,;]{0,30}\borders?\b|\borders?\b[^.,;]{0,12}\ball\b`, String.raw`\btod[oa]s\b[^.,;]{0,30}(?<![\p{L}\p{N}])(?:pedidos|compras|órdenes|encomendas)\b`,
  String.raw`\btou(?:te)?s\b[^.,;]{0,30}\bcommandes\b`, String.raw`\b(?:alle[nr]?|sämtliche[nr]?)\b[^.,;]{0,30}\b(?:bestellungen|aufträge)\b`, String.raw`(?<!\p{L})(?:все|всех|каждый)(?!\p{L})[^.,;]{0,30}заказ`,
  '(?:كل|كافة|جميع)[^.,،]{0,30}طلب', '(?:所有|全部|每个|每一个)[^。，,]{0,12}(?:订单|单)|(?:订单|单子)[^。，,]{0,6}(?:全部|全都|都)',
].join('|'), 'iu');

/** "My two orders": as much as both. */
export const TWO = /\b(?:my|the|both) two orders\b|\b(?:los|mis) dos pedidos\b|\b(?:[od]s|dos|meus) dois pedidos\b|\b(?:les|des|mes|aux) deux commandes\b|\b(?:die|meine|der) (?:zwei|beiden) bestellungen\b|(?:два|двух) (?:мои\p{L}* )?заказ|(?:ال)?طلب(?:ين|ان|ي)َ? (?:كليهما|معا)|(?:两|二)(?:个|笔|张)?订单/iu;

/** Several of them, as a language tells it; Chinese does not. */
export const MORE_THAN_ONE = /\borders\b|\b(?:pedidos|compras|encomendas|commandes|bestellungen|aufträge)\b|заказ(?:ы|ов|ах)|طلبات|订单/iu;

/** An order, one or several. */
export const NAMES_AN_ORDER = /order|pedido|commande|bestellung|заказ|طلب|订单/iu;
