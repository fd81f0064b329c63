/** Short replies of customers by language: answers, questions back, wishes about the language, and what only looks like one. */
export interface ReplyTexts {
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly unsure: readonly string[];
  /** No plain answer. */
  readonly neither: readonly string[];
  readonly why: readonly string[];
  readonly repeat: readonly string[];
  readonly also: readonly string[];
  /** Asks for the sum over everything. */
  readonly total: readonly string[];
  /** Neither why, nor repeat, nor also, nor total. */
  readonly ownMatter: readonly string[];
  /** Asks for a language. */
  readonly wishes: readonly (readonly [text: string, locale: string])[];
  readonly noWishes: readonly string[];
}

export const REPLY_TEXTS: Readonly<Record<string, ReplyTexts>> = {
  pt: {
    yes: ['sim', 'Sim!', 'siiim', 'pode sim', 'tá bom', 'ta', 'blz', 'isso mesmo', 'com certeza', 'pode cancelar', 'claro, obrigada', 'beleza, valeu', 'uhum', 'fechou', 'é isso aí', 'manda bala'],
    no: ['não', 'nao', 'naum', 'não obrigado', 'agora não', 'de jeito nenhum', 'não precisa', 'melhor não', 'claro que não', 'tá errado'],
    unsure: ['não sei', 'sei lá', 'talvez', 'acho que sim', 'vou pensar', 'depende', 'n sei', 'não tenho certeza'],
    neither: ['sim, mas só amanhã', 'não foi esse, foi o outro tênis', 'cadê meu pedido', 'sim?', 'obrigado', 'bom dia', 'não chegou nada', 'pode trocar o endereço'],
    why: ['por quê?', 'pq não', 'como assim?', 'mas por que não pode?', 'qual o motivo'],
    repeat: ['pode repetir?', 'não entendi', 'fala de novo', 'o que você disse?', 'repete por favor'],
    also: ['e o outro?', 'e quanto ao tênis?', 'e a luminária azul?'],
    total: ['quanto vou receber no total?', 'qual o valor total do reembolso?', 'quanto dá tudo?', 'pode me dizer quanto vão me devolver ao todo?', 'o total dos reembolsos'],
    ownMatter: ['por que meu pacote tá atrasado', 'não entendi a cobrança', 'e quando chega?', 'oi', 'qual o total do meu pedido AC-1', 'quanto custa o frete?', 'quanto vou receber pela luminária?'],
    wishes: [['em português por favor', 'pt'], ['pode falar em inglês?', 'en'], ['vc fala espanhol', 'es'], ['não falo inglês, português por favor', 'pt'], ['quero em português', 'pt'], ['muda pra francês', 'fr']],
    noWishes: ['o manual veio em inglês', 'a camisa do português', 'não falo espanhol', 'comprei um curso de alemão'],
  },
  fr: {
    yes: ['oui', 'Ouiii', 'ouais', 'd’accord', 'dac', 'ok merci', 'c’est bon', 'vas-y', 'allez-y svp', 'je confirme', 'ça marche', 'bien sûr', 'oui oui', 'c’est ça', 'pas de souci', 'pourquoi pas'],
    no: ['non', 'nan', 'Non merci', 'surtout pas', 'pas maintenant', 'jamais de la vie', 'je ne veux pas', 'c’est pas ça', 'non non', 'pas du tout', 'sans façon'],
    unsure: ['je sais pas', 'jsp', 'aucune idée', 'peut-être', 'ça dépend', 'j’hésite', 'je ne suis pas sûre', 'faut voir'],
    neither: ['oui mais pas demain', 'non, l’autre commande', 'où est mon colis', 'oui ?', 'merci', 'bonjour', 'pas reçu mon colis', 'je confirme la nouvelle adresse demain'],
    why: ['pourquoi ?', 'mais pourquoi', 'pk', 'comment ça ?', 'pour quelle raison', 'pourquoi pas ?'],
    repeat: ['pouvez-vous répéter ?', 'j’ai pas compris', 'comment ?', 'encore une fois svp', 'répétez'],
    also: ['et la lampe ?', 'et l’autre ?', 'et pour ma commande 1042'],
    total: ['combien vais-je récupérer au total ?', 'quel est le montant total du remboursement ?', 'ça fait combien en tout ?', 'Pouvez-vous me dire combien je récupère en tout pour les deux retours ?', 'et le total ?'],
    ownMatter: ['pourquoi mon colis est bloqué', 'je ne comprends pas la facture', 'et quand ça arrive ?', 'salut', 'quel est le total de ma commande AC-1', 'combien coûte la livraison ?', 'combien pour la lampe ?'],
    wishes: [['en français svp', 'fr'], ['vous parlez anglais ?', 'en'], ['je ne parle pas anglais, français s’il vous plaît', 'fr'], ['on peut passer en arabe', 'ar'], ['répondez-moi en allemand', 'de'], ['français', 'fr']],
    noWishes: ['la notice est en anglais', 'je ne parle pas anglais', 'un livre pour apprendre l’espagnol', 'mon prof d’anglais l’a commandé'],
  },
  de: {
    yes: ['ja', 'Jaaa', 'jo', 'jawohl', 'passt', 'passt schon', 'genau', 'ja bitte', 'klar, danke', 'mach das', 'machen Sie das bitte', 'einverstanden', 'natuerlich', 'jo eh', 'in Ordnung', 'stimmt', 'guet'],
    no: ['nein', 'nö', 'nee', 'na', 'Nein danke', 'lieber nicht', 'auf keinen Fall', 'stimmt nicht', 'noch nicht', 'nöd', 'will ich nicht', 'kommt nicht in Frage'],
    unsure: ['weiß nicht', 'weiss nicht', 'keine Ahnung', 'vielleicht', 'kommt drauf an', 'mal schauen', 'ich bin mir nicht sicher', 'jein'],
    neither: ['ja aber erst morgen', 'nein, die andere Bestellung', 'wo ist mein Paket', 'ja?', 'danke', 'servus', 'nicht angekommen', 'passt mir die Größe M'],
    why: ['warum?', 'Wieso denn nicht', 'aber warum', 'weshalb', 'warum geht das nicht'],
    repeat: ['wie bitte?', 'nochmal bitte', 'können Sie das bitte wiederholen', 'hä?', 'verstehe ich nicht'],
    also: ['und die Lampe?', 'was ist mit dem Pulli', 'und mein anderes Paket?'],
    total: ['Wie viel bekomme ich insgesamt zurück?', 'wie hoch ist die Gesamtsumme?', 'was macht das zusammen', 'können Sie mir sagen, wie viel das alles zusammen ist?', 'wie hoch ist die Summe aller Erstattungen'],
    ownMatter: ['warum ist mein Paket noch nicht da', 'ich verstehe die Rechnung nicht', 'und wann kommt es', 'hallo', 'wie hoch ist die Gesamtsumme meiner Bestellung AC-1', 'wie viel kostet der Versand?', 'wie viel bekomme ich für die Lampe zurück'],
    wishes: [['auf Deutsch bitte', 'de'], ['sprechen Sie Englisch?', 'en'], ['kannst du Deutsch', 'de'], ['können wir auf Englisch weitermachen', 'en'], ['ich kann kein Englisch, bitte Deutsch', 'de'], ['Deutsch', 'de']],
    noWishes: ['die Anleitung ist nur auf Englisch', 'ich spreche kein Spanisch', 'das Wörterbuch Deutsch-Französisch fehlt', 'mein Englischlehrer'],
  },
  ru: {
    yes: ['да', 'Дааа', 'ага', 'угу', 'конечно', 'давайте', 'ну да', 'ок, спасибо', 'хорошо', 'подтверждаю', 'согласна', 'пойдёт', 'не против', 'верно', 'да, пожалуйста', 'го'],
    no: ['нет', 'неа', 'не надо', 'нет, спасибо', 'не сейчас', 'ни в коем случае', 'не хочу', 'неверно', 'лучше не надо', 'пока нет', 'не-а'],
    unsure: ['не знаю', 'хз', 'может быть', 'мб', 'надо подумать', 'не уверена', 'без понятия', 'смотря что'],
    neither: ['да, но только завтра', 'нет, другой заказ', 'где моя посылка', 'да?', 'спасибо', 'добрый день', 'не пришла', 'хочу вернуть куртку'],
    why: ['почему?', 'а почему', 'почему нельзя', 'с какой стати', 'по какой причине'],
    repeat: ['повторите пожалуйста', 'ещё раз', 'не понял', 'что вы сказали?', 'в смысле'],
    also: ['а лампа?', 'а что с курткой', 'а второй заказ?'],
    total: ['сколько мне вернут всего?', 'сколько всего я получу обратно', 'какая общая сумма возврата?', 'подскажите, сколько получится в сумме за оба возврата', 'итого сколько?'],
    ownMatter: ['почему посылка стоит на месте', 'не понимаю, за что списали', 'а когда приедет', 'привет', 'какая общая сумма заказа AC-1', 'сколько стоит доставка', 'сколько вернут за лампу'],
    wishes: [['по-русски, пожалуйста', 'ru'], ['можно на английском?', 'en'], ['говорите по-немецки?', 'de'], ['переключите на русский', 'ru'], ['я не понимаю по-английски, давайте на русском', 'ru'], ['русский', 'ru']],
    noWishes: ['инструкция только на китайском', 'я не говорю по-испански', 'английский чай пришёл мятый', 'учебник немецкого не тот'],
  },
  ar: {
    yes: ['نعم', 'أيوه', 'ايوا', 'اي', 'تمام', 'تمااام', 'موافق', 'طيب', 'ماشي', 'اوكي شكراً', 'أكيد', 'واخا'],
    no: ['لا', 'لأ', 'لا شكرا', 'لااا', 'مش عايز', 'ما أبغى', 'ما بدي', 'بلاش', 'لا داعي', 'غلط', 'مو صح', 'أبداً', 'la2'],
    unsure: ['لا أعرف', 'مدري', 'مش عارف', 'ما بعرف', 'يمكن', 'ربما', 'على حسب', 'معرفش'],
    neither: ['نعم بس مو اليوم', 'لا، الطلب الثاني', 'وين طلبي', 'نعم؟', 'شكرا', 'السلام عليكم', 'ما وصل شي', 'موافق على العنوان الجديد بكرة'],
    why: ['ليش؟', 'ليه', 'لماذا', 'طيب ليش ما يصير', 'علاش'],
    repeat: ['ممكن تعيد؟', 'ما فهمت', 'مش فاهم', 'مرة ثانية لو سمحت', 'شو قلت؟'],
    also: ['وماذا عن المصباح؟', 'والثاني؟', 'طيب والجزمة؟'],
    total: ['كم سيرجع لي في المجموع؟', 'ما هو المبلغ الإجمالي للاسترداد؟', 'كم المجموع؟', 'ممكن تقول لي كم المبلغ كله', 'كام هيرجعلي على بعض؟'],
    ownMatter: ['ليش طلبي متأخر', 'ما فهمت ليش خصمتوا مرتين', 'ومتى يوصل', 'مرحبا', 'ما هو إجمالي طلبي AC-1', 'كم سعر الشحن', 'كم سيرجع لي عن المصباح'],
    wishes: [['بالعربي لو سمحت', 'ar'], ['ممكن عربي؟', 'ar'], ['كلمني انجليزي', 'en'], ['تتكلم فرنسي؟', 'fr'], ['ما أتكلم إنجليزي، عربي من فضلك', 'ar'], ['العربية', 'ar']],
    noWishes: ['الكتالوج مكتوب بالإنجليزي فقط وأحتاج نسخة', 'لا أتكلم الإسبانية', 'أستاذ العربي طلب الكتاب', 'كيبورد انجليزي'],
  },
};
