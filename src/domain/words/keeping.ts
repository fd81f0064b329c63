/** "None cheaper? Then keep it": a condition asked and answered in one breath, in the bot's languages. */
const KEEP_IF_NONE = new RegExp([
  String.raw`\b(?:none|nothing|no (?:\p{L}+ ){0,2}\p{L}+|not (?:any|available|there))\b[^.;!?]{0,24}\?\s*(?:\p{L}+,? ){0,2}(?:keep|leave|stays?)\b`,
  String.raw`(?:ningun[oa]s?|nada|no (?:hay|tienen?|queda))\b[^.;!?]{0,24}\?\s*(?:\p{L}+,? ){0,3}(?:qued|dej|conserv)\p{L}*`, String.raw`(?:nenhum[a]?|nada|não (?:há|tem|têm))(?!\p{L})[^.;!?]{0,24}\?\s*(?:\p{L}+,? ){0,3}(?:fic|deix|mant)\p{L}*`,
  String.raw`\b(?:aucune?|rien|pas (?:de|d['’])|il n['’]y en a pas)[^.;!?]{0,24}\?\s*(?:\p{L}+,? ){0,3}(?:gard|laiss)\p{L}*`, String.raw`\b(?:keine?[nrs]?|nichts)\b[^.;!?]{0,24}\?\s*(?:\p{L}+,? ){0,4}(?:behalt|lass|bleib)\p{L}*`,
  String.raw`(?<!\p{L})(?:нет|ничего|ни одн\p{L}+)(?!\p{L})[^.;!?]{0,24}\?\s*(?:\p{L}+,? ){0,3}оста\p{L}*`, '(?:لا (?:يوجد|توجد|شيء)|ليس هناك|ما في)[^.؛!؟?]{0,24}[؟?]\\s*(?:\\p{L}+،? ){0,2}(?:ف)?(?:أبق|ابق|اترك|احتفظ|يبقى|تبقى|سأبقي)', '(?:没有|没)[^。！？?]{0,10}[？?]\\s*[^。！？?]{0,6}(?:留|保留|不动|不换)',
].join('|'), 'iu');

/** Whether words say that a thing stays where nothing of what is wanted is there. */
export const keepsIfNone = (text: string): boolean => KEEP_IF_NONE.test(text);
