/** "Stop writing to me", in the languages of the bot: only of messages, never of goods or help. */
export const OFF = new RegExp([
  String.raw`\b(?:stop|quit)\s+(?:writing|messaging|texting|contacting|notifying|sending)\s+(?:(?:to )?me\b|(?:me )?(?:any )?(?:more )?(?:messages|notifications|notices|reminders|updates))`,
  String.raw`\b(?:don['’]?t|do not|never)\s+(?:write|message|text|contact|notify)\s+(?:to )?me\s*(?:again|any ?more|$|[.!])`, String.raw`\b(?:don['’]?t|do not|never)\s+send\s+(?:me )?(?:any )?(?:more )?(?:messages|notifications|notices|reminders)`,
  String.raw`\bno more (?:messages|notifications|notices|reminders)\b`, String.raw`\bunsubscribe\b`,
  String.raw`\bno me escrib(?:as|an|a|áis)\b`, String.raw`\bdej\p{L}* de (?:escribirme|mandarme (?:mensajes|avisos)|enviarme (?:mensajes|avisos)|molestarme)`, String.raw`\b(?:no (?:quiero|me (?:mandes|manden|envíes|envíen)) |no )más (?:mensajes|avisos|notificaciones)`, String.raw`\bdarme de baja de (?:los |las )?(?:mensajes|avisos|notificaciones)`,
  String.raw`\bnão me (?:escreva|escrevam)\b`, String.raw`\bpar(?:e|em|a|ar) de me (?:escrever|mandar (?:mensagens|avisos)|enviar (?:mensagens|avisos)|incomodar)`, String.raw`\b(?:não quero|não me (?:mande|mandem|envie|enviem)|chega de) (?:mais )?(?:mensagens|avisos|notificações)`,
  String.raw`\b(?:arrêt\p{L}*|cess\p{L}*) de (?:m['’]écrire|me contacter|m['’]envoyer (?:des|vos|ces) (?:messages|notifications|rappels))`, String.raw`\bne m['’](?:écri\p{L}+|envoy\p{L}+|contact\p{L}+) plus`, String.raw`\bplus (?:de|aucun) (?:messages?|notifications?|rappels?)\b`, String.raw`\bme désabonner\b`,
  String.raw`\b(?:schreib\p{L}*|kontaktier\p{L}*)(?: sie)? (?:mir|mich)(?: bitte)? (?:nicht mehr|nie wieder)`, String.raw`\bhör\p{L}*(?: sie)? auf,? mir zu schreiben`, String.raw`\bkeine (?:weiteren )?(?:nachrichten|benachrichtigungen|mitteilungen|erinnerungen)(?: mehr)?(?: bitte)?\s*(?:$|[.!]|schick|send|mehr)`, String.raw`\b(?:nachrichten|benachrichtigungen|mitteilungen) abbestellen`,
  'не пишите мне', '(?:больше )?не (?:присылайте|шлите)(?: мне)?(?: больше)? (?:сообщени|уведомлени|напоминани)', '(?:хватит|перестаньте|прекратите)(?: мне)? (?:писать|слать|присылать)', 'отписаться|отпишите меня',
  '(?:别|不要|请勿|停止)再?(?:给我|向我)?(?:发送|推送|发)(?:任何|这些|这种)?(?:消息|信息|通知|提醒|短信)', '(?:别|不要)再?(?:联系我|打扰我|给我发消息)', '退订',
  'توقف(?:وا)? عن (?:مراسلتي|الكتابة (?:لي|إلي)|إرسال (?:ال)?(?:رسائل|إشعارات))', 'لا ت(?:راسلني|راسلوني|كتب(?:وا)? لي)', 'لا (?:أريد|ترسل(?:وا)? لي) (?:المزيد من )?(?:ال)?(?:رسائل|إشعارات)', 'إلغاء الاشتراك',
].join('|'), 'iu');

/** "You may write to me again." */
export const ON = new RegExp([
  String.raw`\b(?:write|message|text|notify) (?:to )?me again\b`, String.raw`\b(?:turn|switch) (?:the |my )?(?:messages|notifications|notices|updates) (?:back )?on\b`, String.raw`\b(?:messages|notifications|notices) back on\b`,
  String.raw`\bvuelv\p{L}+ a (?:escribirme|avisarme)`, String.raw`\bpued\p{L}+ (?:volver a )?(?:escribirme|avisarme)`, String.raw`\bactiv\p{L}+ (?:los |las |mis )?(?:avisos|mensajes|notificaciones)`,
  String.raw`\bvolt\p{L}+ a me (?:escrever|avisar)`, String.raw`\bpod\p{L}+ (?:voltar a )?me (?:escrever|avisar)(?: de novo)?`, String.raw`\bativ\p{L}+ (?:os |as |meus |minhas )?(?:avisos|mensagens|notificações)`,
  String.raw`\b(?:ré)?activ\p{L}+ (?:les |mes )?(?:messages|notifications|rappels)`, String.raw`\bm['’]écrire (?:à|de) nouveau`, String.raw`(?<![\p{L}\p{N}])écri\p{L}+[- ]moi (?:à|de) nouveau`,
  String.raw`\b(?:schreib\p{L}*|benachrichtig\p{L}*)(?: sie)? (?:mir|mich)(?: bitte)? wieder`, String.raw`\b(?:nachrichten|benachrichtigungen|mitteilungen) wieder (?:an|ein)`,
  '(?:снова|опять) (?:можно|можете) (?:мне )?писать|пишите мне (?:снова|опять)|(?:можете|можно) (?:снова|опять) (?:мне )?писать', 'включит\\S* (?:сообщения|уведомления)',
  '(?:可以|请)?(?:再|重新|继续)(?:给我|向我)(?:发送|推送|发)(?:消息|通知|提醒)', '(?:恢复|打开|开启)(?:消息|通知|提醒)',
  '(?:راسلني|راسلوني|اكتب(?:وا)? لي) (?:مجدد|من جديد|مرة أخرى)', '(?:تفعيل|فع[ّ]?لوا|تشغيل) (?:ال)?(?:رسائل|إشعارات)', 'يمكنكم (?:مراسلتي|الكتابة لي)',
].join('|'), 'iu');
