/** Words that ask to see everything that can be had, before one is chosen. */
const LISTED = new RegExp([
  String.raw`\b(?:what|which)(?:['’]s| are| is)? (?:are |is )?(?:my|the|all|your|all the|other|available)? ?(?:options|choices|alternatives|variants|versions)\b|\b(?:tell|show|give|list|see|know|hear)\b[^.;!?]{0,24}\b(?:all|every|each|the|your|available|of)\b[^.;!?]{0,24}\b(?:options?|choices|alternatives|variants|versions)\b|\b(?:what|which ones?|which) (?:do|have) you (?:have|got|offer|carry)\b|\ball (?:the )?(?:available )?options\b|\b(?:several|multiple|more than one|many)\b[^.;!?]{0,16}\b(?:options?|choices)\b|\bwhat(?:['’]s| is) (?:available|there|in stock)\b|\b(?:what|which)(?: ones?)? (?:are|is) there\b|\b(?:what|how much) (?:do|would|does) (?:they|each|those)(?: all)? cost\b`,
  String.raw`\b(?:qué|cuáles)(?!\p{L})[^.;!?]{0,20}\b(?:opciones|alternativas|variantes|versiones|modelos)\b|\btodas las opciones\b|\bqué (?:tienen|tenéis|hay)\b`, String.raw`\b(?:quais|que)\b[^.;!?]{0,16}\b(?:opções|alternativas|variantes|versões|modelos)\b|\btodas as opções\b|\bo que (?:vocês têm|há|tem)(?!\p{L})`,
  String.raw`\bquell?e?s\b[^.;!?]{0,16}\b(?:options|possibilités|choix|variantes|versions|modèles)\b|\btoutes les options\b|\bqu['’](?:avez-vous|est-ce que vous avez)\b`, String.raw`\bwelche\b[^.;!?]{0,20}\b(?:optionen|möglichkeiten|varianten|ausführungen|auswahl|gibt es|haben sie)\b|\balle (?:optionen|varianten|möglichkeiten)\b|\bwas (?:gibt es|haben sie)\b`,
  String.raw`(?<!\p{L})(?:какие|все)[^.;!?]{0,20}(?:вариант|модел|опци)|что (?:есть|имеется) в наличии`, '(?:ما|كل|جميع|أي)[^.؛!؟]{0,16}(?:الخيارات|خيارات|البدائل|الأنواع)|ماذا (?:لديكم|يوجد)', '(?:有|都有)(?:哪些|什么)(?:选择|选项|款|型号|规格|可选)?|(?:所有|全部|列出)[^。；！？]{0,8}(?:选项|选择|款式|型号)',
].join('|'), 'iu');

/** Whether a message asks what there is to choose from. */
export const asksForOptions = (text: string): boolean => LISTED.test(text);
