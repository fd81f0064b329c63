/** One order, pointed at. */
export const ONE_ORDER = /\b(?:that|this|the same|whole|entire) order\b(?!s)|\b(?:es[et]e|este|mismo) pedido\b|\besta? (?:mesm[oa] )?encomenda\b|\bcette (?:même )?commande\b|\bdies(?:e|er) bestellung\b|(?<!\p{L})(?:этот|тот|этого|того|этом|том) заказ|هذا الطلب|نفس الطلب|(?:这|那)(?:个|张|笔)?(?:订单|单)/iu;

/** "Else", "the rest": behind "everything". */
export const ELSE = /^\s*(?:else|other|the rest|of the rest|más|demás|mais|resto|d['’]autre|le reste|andere|übrige|остальн|其他|其它|其余|آخر|الباقي)/iu;

/** A sentence that says of what it names that it does not go, or stays. */
export const DENIES = /\b(?:not|no|never|keep\p{L}*|stay\p{L}*|leave)\b|n['’]t\b|\b(?:qued|conserv|mant|dej|nunca|deix|fic)\p{L}*|(?<!\p{L})não(?!\p{L})|\b(?:pas|gard\p{L}*|rest\p{L}*|laiss\p{L}*|nicht|kein\p{L}*|behalt\p{L}*|bleib\p{L}*)\b|(?<!\p{L})(?:не|остав\p{L}*|остаё?т\p{L}*)(?!\p{L})|(?<!\p{L})(?:لا|لن|ليس|أحتفظ|يبقى|تبقى)(?!\p{L})|[不别留]/iu;

/** "Except": what stands behind is not meant. */
export const EXCEPT = /(?<!\p{L})(?:except|but not|other than|excepto|exceto|menos|salvo|sauf|hormis|excepté|außer|bis auf|кроме|за исключением|باستثناء|ما عدا|عدا)(?!\p{L})|除了|除/iu;
