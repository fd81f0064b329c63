/** "You can't guarantee", "you cannot promise me", in the bot's languages: a warranty is no such word. */
const NO_PROMISE = new RegExp([
  String.raw`\b(?:can(?:not|['’]?t| not)|could(?:n['’]?t| not)|won['’]?t|are(?:n['’]?t| not) able to|unable to)\s+(?:\p{L}+\s+)?(?:guarantee|promise|assure|be sure)\b`,
  String.raw`\bno (?:me |nos )?(?:pued\p{L}*|podéis|podrían?|son capaces de) (?:garantizar|asegurar|prometer)\p{L}*|\bno (?:me |nos )?(?:garantiz|asegur|promet)\p{L}+`,
  String.raw`(?<!\p{L})não (?:me |nos )?(?:pod\p{L}*|consegu\p{L}*) (?:me |nos )?(?:garantir|assegurar|prometer)|(?<!\p{L})não (?:me |nos )?(?:garant|assegur|promet)\p{L}+`,
  String.raw`(?<![\p{L}\p{N}])(?:ne |n['’])?(?:pouv\p{L}*|peu[tx]|pourr\p{L}*|êtes)(?:-vous)? pas (?:en mesure de |sûrs? de )?(?:me |nous |m['’]|nous )?(?:garantir|promettre|assurer)`,
  String.raw`\bnicht (?:\p{L}+ ){0,2}?(?:garantier|versprech|zusicher|zusag)\p{L}+`,
  String.raw`(?<!\p{L})не (?:\p{L}+ ){0,2}?(?:гарантир|обеща|пообеща)\p{L}*`,
  '(?:لا|لم|لن|ما) (?:\\p{L}+ ){0,2}?(?:تضمن|يضمن|ضمان|تعدن|تعد |وعد)', '(?:不能|无法|没法|没办法|不)(?:向我)?(?:保证|承诺|确保)',
].join('|'), 'iu');

/** The word a condition begins with. */
const IF = /(?<![\p{L}])(?:if|si|s['’]il|se|wenn|falls|sofern|если|إذا|اذا|إن|لو)(?![\p{L}])|如果|要是|若是|假如/giu;

/** What stands behind each such word, as far as its sentence goes. */
const conditionsIn = (text: string): string[] => [...text.matchAll(IF)].map(({ index }) => (text.slice(index).split(/[.!?;。！？؟]/u)[0] ?? '').slice(0, NEAR));

/** "If you can't guarantee that it leaves this week, cancel it": a condition that always holds here, since nothing is promised that no tool says. */
export const hangsOnPromise = (text: string): boolean => conditionsIn(text).some((clause) => NO_PROMISE.test(clause));

/** How far behind the word of the condition the promise may stand. */
const NEAR = 60;

/** "If there's no guarantee": said behind such a condition, that condition again. */
const NONE = /\bno\b[^,.;!?]{0,30}\b(?:guarantees?|promises?)\b|\b(?:no hay|sin|ningun[ao]?)\b[^,.;!?]{0,30}\b(?:garant[ií]as?|promesas?)\b|\b(?:não (?:há|existe|tem)|sem|nenhuma?)(?!\p{L})[^,.;!?]{0,30}\b(?:garantias?|promessas?)\b|\b(?:pas de|aucune?|sans)\b[^,.;!?]{0,30}\b(?:garanties?|promesses?)\b|\b(?:keine|ohne)\b[^,.;!?]{0,30}\b(?:garantien?|zusagen?|versprechen)\b|(?<!\p{L})(?:нет|без|никак\p{L}+)(?!\p{L})[^,.;!?]{0,30}(?:гарант|обещан)\p{L}*|(?:لا|بدون|ليس)[^،,.؛!؟]{0,30}(?:ضمان|وعد)|(?:没有|没|无)[^，,。！？]{0,8}(?:保证|承诺)/iu;

/** Whether a condition says again that something cannot be promised. */
export const hangsOnNoPromise = (text: string): boolean => hangsOnPromise(text) || conditionsIn(text).some((clause) => NONE.test(clause));
