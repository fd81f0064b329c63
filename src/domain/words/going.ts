/** Words by which something named stays where it is. */
export const STAYS = new RegExp([
  String.raw`(?<!n['’]t |\bnot )\b(?:keep(?:ing)?|leav(?:e|ing)(?! [^,.;!?]{0,40}\bout\b)|hold on to|still (?:want|need|like)|(?:only|just) (?:send|ship|deliver|want|need|keep)|send (?:me )?(?:only|just)|stays?|staying|remains?|(?:is|are) (?:fine|ok|okay))\b`,
  String.raw`\b(?:don['’]?t|do not|not to) (?:remove|cancel|touch|delete|take|drop)\b`,
  String.raw`\b(?:qued(?:a|an|e|en|arme|ármel[oa]s?|o)|conserv\p{L}+|mant(?:én|ener|enga[ns]?)|dej(?:a|e|en|ar)(?! [^,.;!?]{0,40}\bfuera\b)|solo (?:env|mand)\p{L}+)(?!\p{L})|\bno (?:quit|elimin|cancel|saqu|toqu)\p{L}+`,
  String.raw`\b(?:fic(?:a|am|ar|o|ue)|mant(?:er|enha|ém)|deix(?:a|e|em|ar)(?! [^,.;!?]{0,40}\bfora\b)|só (?:env|mand)\p{L}+)(?!\p{L})|(?<!\p{L})não (?:tir|remov|cancel|retir|mex)\p{L}+`,
  String.raw`\b(?:gard(?:e|ez|er|ons)|laiss(?:e|ez|er)|rest(?:e|ent)|n['’]envoyez que)(?!\p{L})|\bne (?:retir|supprim|annul|touch|enlev)\p{L}+ pas`,
  String.raw`\b(?:behalt|bleib)\p{L}*|\b(?:lass|lasse|lassen|lasst)\b(?![^,.;!?]{0,40}\b(?:weg|raus|aus)\b)|\bnicht (?:entfernen|stornieren|streichen|löschen|rausnehmen|herausnehmen)`,
  String.raw`остав|остан|оста[её]т|сохран|(?<!\p{L})не (?:убира|удал|отмен|трога|исключа)`, 'احتفظ|أحتفظ|اترك|(?<!\\p{L})(?:خلي|خلوا|سيب|سيبوا|دع|دعوا)(?!\\p{L})|أبق|يبقى|تبقى|لا (?:تحذف|تلغ|تزل)', '留着|留下|保留|不动|别(?:动|取消|删|去掉)|不要(?:取消|动|删|去掉)',
].join('|'), 'iu');

/** Words by which something goes. */
export const GOES = new RegExp([
  String.raw`\b(?:remov|tak(?:e|ing)|drop|ditch|delet|cancel|forget|skip|strike|scrap|exclud|los(?:e|ing)|get rid|kick|pull|without|minus|no need|(?:don['’]?t|do not|no longer) (?:want|need|send|include|ship|pack))`, String.raw`\bleav\p{L}+ [^,.;!?]{0,40}\bout\b`,
  String.raw`(?<![\p{L}\p{N}])(?:quit|elimin|saca|saqu|cancel|borr|sin |retir|tir[ae]|remov|exclu|sem |enlev|supprim|annul|ôt|sans |entfern|nehm|nimm|streich|stornier|lösch|ohne |fuera\b|fora\b|weg\b|raus)`,
  'убер|убра|удал|исключ|вычерк|отмен|(?<!\\p{L})без |не (?:нуж|отправ|присыл)|احذف|أزل|إزالة|حذف|ألغ|إلغاء|بدون|去掉|删|取消|拿掉|移除|不要|别发|不发|剔除|去除',
].join('|'), 'iu');

const ALL_BUT = new RegExp([
  String.raw`\b(?:send|ship|deliver|keep|want|need|leave|pack)\b[^.;!?]{0,30}\b(?:everything|all|the rest)\b[^.;!?]{0,24}\b(?:except|but|other than|apart from|minus|without)\b`,
  String.raw`(?<!\p{L})(?:env|mand|entreg|quer|quier|qued|dej|necesit)\p{L}*[^.;!?]{0,30}\btod[oa]s?\b[^.;!?]{0,24}\b(?:menos|excepto|salvo|sin)\b`, String.raw`(?<!\p{L})(?:envi|mand|entreg|quer|fic|deix|precis)\p{L}*[^.;!?]{0,30}\b(?:tudo|tod[oa]s?)\b[^.;!?]{0,24}\b(?:menos|exceto|salvo|sem)\b`,
  String.raw`(?<!\p{L})(?:envoy|expédi|livr|gard|veux|voudrais|laiss)\p{L}*[^.;!?]{0,30}\btou(?:te?s?|s)\b[^.;!?]{0,24}(?<!\p{L})(?:sauf|excepté|hormis|à part|sans)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:schick|send|liefer|behalt|will|möchte|brauch|lass)\p{L}*[^.;!?]{0,30}\b(?:alles|alle|der rest|den rest)\b[^.;!?]{0,24}(?<!\p{L})(?:außer|bis auf|ohne)(?!\p{L})|\balles (?:außer|bis auf)(?!\p{L})[^.;!?]{0,40}(?<!\p{L})(?:schick|send|liefer|behalt)\p{L}*`,
  String.raw`(?<!\p{L})(?:отправ|пришл|достав|остав|хочу|нужн)\p{L}*[^.;!?]{0,30}(?<!\p{L})вс[её](?!\p{L})[^.;!?]{0,24}(?<!\p{L})(?:кроме|без|за исключением)(?!\p{L})`,
  '(?:[أا]رسل|[أا]شحن|[أا]بق|احتفظ|[أا]ريد)\\p{L}*[^.؛!؟]{0,30}(?:كل|جميع)[^.؛!؟]{0,24}(?<!\\p{L})(?:إلا|الا|ما عدا|عدا|باستثناء|بدون)(?!\\p{L})',
  '除了?[^。；！？]{1,20}(?:其他|其它|其余|别的|都)[^。；！？]{0,6}(?:发|寄|送|留)|(?:发|寄|送|留)[^。；！？]{0,8}(?:全部|所有)[^。；！？]{0,24}除了?',
].join('|'), 'iu');

/** "Send everything except the mat": the mat goes, the rest stays. "I want to cancel everything except the mat" says the contrary. */
export function isAllBut(text: string): boolean {
  const found = ALL_BUT.exec(text)?.[0];
  return found !== undefined && !GOES.test(found.replace(/\S+$/u, ''));
}

/** Where one part of a sentence ends and the next begins. */
export const BREAKS = /[,.;:!?\n，。；：！？、،؛]+|\s(?:and|but|y|pero|e|mas|et|mais|und|aber|и|а|но|و|ولكن)(?=\s)|\sو(?=\p{L})/giu;

/** "Only send the lamp, not the jacket": the second goes. */
export const DENIES = /^\s*(?:not|no|nicht|kein\p{L}*|não|pas|не|без|ليس|لا|不)(?!\p{L})|^\s*不/iu;

/** What joins one thing that stays to the next. */
export const GOES_ON = /^(?:,|，|、|\s(?:and|y|e|et|und|и|و))/iu;
