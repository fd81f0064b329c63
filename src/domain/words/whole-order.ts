/** "The whole order": one order with all that is in it, not every order. */
export const WHOLE = new RegExp([
  String.raw`\b(?:whole|entire|complete|full)(?: \p{L}+)? (?:order|purchase|thing)\b|\ball of (?:the|that|this|my) (?:order|purchase)\b|\border (?:completely|entirely|altogether)\b`,
  String.raw`\btod[oa] (?:el|la|mi|o|a|meu|minha|ese|este|esse) (?:pedido|compra|encomenda)\b|\b(?:pedido|compra|encomenda) (?:enter[oa]|complet[oa]|inteir[oa]|tod[oa])(?!\p{L})`,
  String.raw`\btoute (?:la|ma|cette) commande\b|\bcommande (?:entière|complète|enti[eè]rement|complètement)`, String.raw`\b(?:ganze|gesamte|komplette|vollständige)n? (?:bestellung|auftrag)\b|\b(?:bestellung|auftrag) (?:komplett|ganz|vollständig)\b`,
  String.raw`(?<!\p{L})(?:весь|целый)(?: \p{L}+)? заказ(?!ы)|заказ (?:целиком|полностью)`, '(?:كامل|كل|جميع) (?:هذا )?الطلب(?![\\p{L}])|الطلب (?:كله|كاملا|كاملاً|بأكمله|بالكامل)', '(?:整个|整张|整笔|整份)(?:订单|单)|整单|(?:订单|单子)(?:整个|整单)',
].join('|'), 'iu');

/** Words that point back at what was talked about. */
export const POINTS_AT_IT = new RegExp([
  String.raw`\b(?:it|that|this|them|those|these|then)\b|\bthe order\b`, String.raw`\b(?:cancel|anul)\p{L}*(?:l[oa]s?|n[oa]s?)(?!\p{L})|\b(?:eso|ese|esa|esos|esas|este|esta|isso|isto|esse|essa|esses|essas|então|entonces)\b|-[lno]*[oa]s?(?!\p{L})`,
  String.raw`(?<![\p{L}\p{N}])(?:cela|ça|celle-là|ceux-là|cette|ces|alors)(?!\p{L})|-(?:la|le|les)(?!\p{L})`, String.raw`\b(?:sie|es|das|die|diese[nrs]?|dann)\b`, String.raw`(?<!\p{L})(?:его|её|ее|их|этот|эту|это|эти|тогда)(?!\p{L})`, '(?:ألغ|إلغاء)(?:ه|ها|هم|هما)|هذا|هذه|ذلك|إذن', '它|这|那',
].join('|'), 'iu');
