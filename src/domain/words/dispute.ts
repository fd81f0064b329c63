/** What can be done about a disagreement: before there is a case the first three, then the others. */
export type Step = 'resend' | 'apply' | 'offer' | 'evidence' | 'platform' | 'withdraw' | 'file' | 'transcript';

/** Words of the bot's languages by which a step is named; the first that fits counts, so that the particular ones stand first. */
const words: readonly (readonly [Step, RegExp])[] = [
  ['withdraw', /withdraw|cancel (?:my|the) (?:dispute|claim|case)|close (?:my|the) (?:dispute|case)|撤销|撤回|retirar|anular (?:la|mi) (?:disputa|reclamaci)|cancelar (?:a|minha) (?:disputa|contesta)|retirer|annuler (?:le|mon) litige|zurückziehen|ziehe .*zurück|отозвать|отзываю|закрыть спор|سحب|أسحب|إلغاء النزاع/iu],
  ['transcript', /transcript|chat log|聊天记录|transcripci|historial del chat|transcri[çc][ãa]o|histórico da conversa|transcription|historique de la conversation|gesprächsverlauf|chatverlauf|mitschrift|переписк|نص المحادثة|سجل المحادثة/iu],
  ['file', /case file|\bpdf\b|案卷|卷宗|expediente|dossi[eê]|dossier|fallakte|материалы дела|ملف القضية|ملف الحالة/iu],
  ['evidence', /evidence|proof|证据|举证|prueba|prova|preuve|beweis|nachweis|доказательств|дополнить|دليل|أدلة|إثبات/iu],
  ['offer', /offer|coupon|voucher|partial|part of the money|discount|优惠券|部分退款|补偿|cup[óo]n|oferta|reembolso parcial|parte del dinero|parte do dinheiro|remboursement partiel|offre|bon de réduction|gutschein|teilerstattung|teil des geldes|angebot|купон|частичн|скидк|قسيمة|عرض|جزئي|جزء من المبلغ/iu],
  ['resend', /send (?:it )?again|resend|another one|重发|补发|重新发|reenvi|volver a enviar|enviar de novo|renvoyer un|nouvel envoi|noch einmal schicken|neu schicken|nachsenden|отправить (?:ещё|еще|снова)|выслать заново|إعادة (?:ال)?إرسال|إرسال(?:ها|ه)? مرة أخرى/iu],
  ['platform', /platform|step in|interven|escalat|mediat|arbit|appeal|平台|介入|仲裁|申诉|plataforma|mediaci|escalar|mediação|plateforme|médiat|plattform|eingreifen|schlicht|площадк|вмеша|арбитр|المنصة|تدخل|وساطة|تصعيد/iu],
];

/** The step some words name, if any. */
export const stepIn = (text: string): Step | undefined => words.find(([, pattern]) => pattern.test(text))?.[0];
