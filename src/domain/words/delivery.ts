/** Ways to put a delivery right, as customers say them, in the languages of the bot. */
export const REMEDIES = {
  refund: /\brefund|money back|reimburs|reembols|devuelv\w* (?:el |mi )?dinero|dinero de vuelta|estorn|dinheiro de volta|rembours|erstatt|geld (?:zurück|wieder)|возврат\S* (?:денег|средств|стоимост)|верн\S* (?:мне )?деньги|деньги (?:обратно|назад)|вернуть деньги|退款|退钱|退錢|استرداد|استرجاع|(?:أ|ا)رجع\S* (?:لي )?(?:المبلغ|فلوسي|نقودي)|رد المبلغ/iu,
  reship: /\b(?:send|sent|ship|post)\w*\b[^.!?]{0,25}\b(?:again|another|new|replacement|one more)\b|\bre-?(?:send|ship)\w*|\breplac\w+|\banother one sent|\bnew one\b|(?:env[ií]\w+|mand\w+)[^.!?]{0,25}(?:otra vez|de nuevo|otro|otra|novamente|outro|outra|nuevamente)|reenv[ií]\w+|reenvio|reempla\w+|repo(?:ner|sición)|substitu\w+|renvoy\w+|renvoi|nouvel envoi|remplac\w+|(?:noch ?mal|noch einmal|erneut|neu)\w* (?:zu)?(?:schick|send|versch)\w*|neu(?:e[nr]?)? (?:sendung|lieferung|versand)|ersatz(?!\w*teil)\w*|(?:отправ|прислать|пришл|выслать|вышл)\S*[^.!?]{0,25}(?:ещ[её] раз|заново|повторно|снова|друг|нов)|повторн\S* отправ\S*|замен\S*|重发|重寄|补发|再发|再寄|补寄|换新|换货|(?:إعادة|أعيدوا|اعيدوا|أعد) (?:ال)?(?:إرسال|ارسال|شحن|الشحن|الإرسال)|(?:إرسال|ارسال|أرسلوا|ارسلوا)[^.!؟]{0,25}(?:مرة أخرى|من جديد|بديل|جديد)|استبدال|بديل/iu,
  part: /\bpart(?:ial|ly)\b|\bpart of the (?:money|price)|\bdiscount|\bprice reduction|parcial|una parte|uma parte|descuento|desconto|partiel\w*|une partie|remise|teil(?:weise|erstattung|betrag)|preisnachlass|nachlass|частичн\S*|част[ьи] (?:денег|стоимости|суммы)|скидк\S*|部分退|退一部分|补偿一部分|部分金额|جزئي|جزء من (?:المبلغ|الثمن)|خصم/iu,
  return: /\breturn\b|\bsend (?:it|them|this) back\b|devolver|devoluci[óo]n|devolu[çc][ãa]o|retourn\w+|renvoyer (?:l|le|la|les|ça)|zurück ?(?:schick|send|geb)\w*|retoure|вернуть (?:товар|его|её|посылку|вещь)|возврат товара|отправить обратно|退货|寄回|إرجاع|ارجاع/iu,
} as const;

/** Somebody has asked around, or looked for it. */
export const LOOKED = new RegExp([
  String.raw`\b(?:asked|checked|looked|searched|spoke|spoken|talked)\b`, String.raw`\b(?:pregunt(?:é|ado|amos)|busqué|buscado|revis(?:é|ado)|mirado|miré|hablado)(?!\p{L})`,
  String.raw`\b(?:perguntei|procurei|verifiquei|olhei|falei|procuramos)(?!\p{L})`, String.raw`\b(?:demandé|cherché|vérifié|regardé|parlé)(?!\p{L})`,
  String.raw`\b(?:gefragt|gesucht|nachgesehen|nachgeschaut|geschaut|geprüft|abgesucht|gesprochen)\b`, String.raw`(?:спрашивал|спросил|искал|смотрел|посмотрел|проверил|обош|опросил)`,
  '(?:问过|找过|看过|查过|都问了|都找了|问了|找了|找遍)', '(?:سألت|سالت|بحثت|فتشت|تأكدت|دورت|تحققت)',
].join('|'), 'iu');

/** The parcel will be collected. */
export const COLLECT = /\b(?:pick (?:it |them )?up|collect|pick-?up)\b|recog(?:er|erlo|ida)|retir(?:ar|ada|o)|buscar|récupérer|chercher|retirer|abhol\w*|забр\S*|забер\S*|самовывоз|自取|自提|去取|我去拿|أستلمه? بنفسي|أستلم(?:ه|ها)|استلام(?:ه|ها)? من/iu;

/** The parcel is to come once more. */
export const DELIVER = /\b(?:re-?deliver\w*|deliver (?:it )?again|new delivery|come (?:by )?(?:again|once more)|bring it|again)\b|(?:entreg|env)\w* (?:otra vez|de nuevo|novamente)|nueva entrega|nova entrega|volver a (?:entregar|venir)|nouvelle livraison|relivr\w*|repass\w*|(?:neu|nochmal|erneut|noch einmal)\w* (?:zu)?(?:stell|liefer|bring|komm)\w*|neue zustellung|повторн\S* достав|привез\S*|достав\S* (?:ещ[её] раз|снова|повторно)|重新(?:派送|投递|配送|送)|再送|再派|إعادة (?:ال)?توصيل|توصيل\S* مرة أخرى/iu;

/** Somebody or a place it may be left with: asked whether that is possible, it is what the courier should know. */
export const LEFT_WITH = /neighbou?r|reception|porch|vecin|porter[oí]a|conserje|vizinh|portaria|porteiro|voisin|concierge|gardien|nachbar|hausmeister|pförtner|garage|сосед|консьерж|охран|جيران|جار(?:ي|تي|ه|ها)|البواب|الحارس|邻居|门卫|物业|前台|驿站/iu;

/** Ways to say that nothing came, in the languages of the bot. */
export const NOT_HERE = new RegExp([
  String.raw`\b(?:never|not|n't|nothing) (?:yet |been |even )*(?:came|come|arrived?|got|get|received?|delivered)\b`, String.raw`didn'?t (?:come|arrive|get|receive)`,
  '没有?(?:收到|到货|送到)|未收到|还没到', String.raw`\b(?:no|nunca) (?:me |lo |la |los |las |ha |han |he )*(?:lleg|recib)`, String.raw`(?:não|nunca) (?:me |foi |ainda )*(?:cheg|receb|entreg)`,
  String.raw`(?:pas|jamais|rien) (?:encore |été )*(?:reçu|arriv|livré)`, String.raw`(?:nicht|nie|nichts|noch nicht) (?:bei mir )?(?:angekommen|erhalten|bekommen|geliefert|da\b)`,
  'не (?:получ|при[шх]|достав|дош)', '(?:لم|ما) (?:ي|ت|أ|ا)?(?:صل|ستلم|وصل|تسلم)|لم (?:أستلم|استلم|يصل|تصل)',
].join('|'), 'iu');
