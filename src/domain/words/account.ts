/** An address, or somebody who moves. */
export const ADDRESS = /\baddress(?:es)?\b|\bdirecci[oó]n|\bdomicilio|\bendere[cç]o|adresse|\banschrift|адрес|عنوان|地址|住址|\b(?:moved?|moving)\b|\bmud(?:é|a|ei|an)|\bdéménag|\bumgezogen|\bumzug|переех|انتقل/iu;

/** E-mail. */
export const MAIL = /\be-?mails?\b|\bcorreo|\bcourriel|почт|эл\. ?адрес|بريد|邮箱|邮件/iu;

/** "To", "into": what stands behind is the new one. */
export const TO = /\bto\b|\ba (?:mi|la)\b|\bpara (?:o )?(?:meu|minha)?\b|(?<![\p{L}\p{N}])à (?:mon|l)|\b(?:auf|an) (?:meine|die)\b|(?<!\p{L})на(?!\p{L})|إلى|改成|改为|改到|换成|寄到/iu;

/** An e-mail address, which is no address of a house. */
export const MAIL_ADDRESS = /e-?mail[ -]?address(?:es)?|e-?mail-?adressen?|adresse e-?mail|direcci[oó]n de correo|endereço de e-?mail|адрес\p{L}* (?:эл\S* )?почт\p{L}*|عنوان البريد|(?:邮箱|邮件)地址/giu;

/** Behind "the address": what follows is what it is to become. */
export const BECOMES = /(?:\baddress\p{L}*|\bit|direcci[oó]n|endereço|adresse|адрес|العنوان|地址)\s*(?:\p{L}+\s+)?(?:back\s+)?(?:to|into|a|para|à|auf|на|إلى|改成|改为|改到)\s*(?:\p{L}+\s+){0,2}$/iu;
