/** A plain yes at the head of a message, which thanks or a farewell behind it do not take back. */
export const PLAIN_YES = /^[^\p{L}]*(?:(?:yes|yep|yeah|yup|sí|sim|oui|ja|jawohl|да|نعم)(?![\p{L}])|是的|对的|好的)/iu;

/** A no at the head of a message, whatever follows; "not …" is none. */
export const PLAIN_NO = /^[^\p{L}]*(?:(?:no|nope|nah|não|non|nein|нет|لا)(?![\p{L}])|不(?:是|对|用)|不，)/iu;

/** "Not looking to cancel anything": what such a sentence resembles is what is not wanted. */
export const beginsWithNo = (text: string): boolean => /^[^\p{L}]*(?:not|no|don['’]?t|do not|please don['’]?t|i['’]?m not|nicht|keine?n?|no quiero|não|pas|ne|не|нет|لا|لم|لست|不|别|没)(?![\p{L}])/iu.test(text) || /^[^\p{L}]*(?:不想|不要|不是|别|没想)/u.test(text);

/** "If that can't be done, then yes": a yes behind its condition. */
export const THEN_YES = /\b(?:then|entonces|então|entao|alors|dann)\s*,?\s+(?:yes|yeah|sí|si|sim|oui|ja)(?!\p{L})|тогда\s*,?\s+да(?!\p{L})|(?:فنعم|إذن نعم|عندها نعم)|(?:那就|那么)(?:是的|好的|可以|行)/iu;

/** Words that agree, and name nothing. */
export const AGREES = /^(?:y[eu]s|ye[ap]h?|yup|ok(?:ay)?|sure|right|good|great|fine|please|thanks?|correct|perfect|exactly|go|ahead|it|that|them|all|do|s[ií]|vale|claro|bueno|gracias|eso|sim|certo|isso|obrigad[oa]|oui|bien|accord|parfait|merci|ja|genau|gut|richtig|bitte|danke|das|да|хорошо|верно|ладно|спасибо|это|نعم|حسنا|تمام|شكرا|.*(?:是的?|好的?|对的?|行))$/iu;
