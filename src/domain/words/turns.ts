/** "Then …", "in that case …": what is said follows from the answer. */
export const CONCLUDES = /^[^\p{L}]*(?:(?:then|in that case|entonces|pues|então|entao|alors|dans ce cas|dann|тогда|إذن|اذن|طيب|اجل|خلاص)(?![\p{L}])|那(?:就|么|还是)?)/iu;

/** "Not yet", "hold on, before you do that": what is on the table is to wait, not to be dropped. */
export const POSTPONES = /\b(?:not yet|hold on|hang on|one moment|before (?:you|we|that|doing))\b|\b(?:todavía|aún) no\b|\bantes de (?:eso|hacer)|\bainda não\b|\bantes (?:disso|de fazer)|\bpas encore\b|\bavant (?:ça|cela|de)\b|\bnoch nicht\b|\b(?:davor|bevor)\b|(?:ещё|еще|пока) не(?!\p{L})|прежде чем|ليس بعد|قبل (?:ذلك|أن)|先别|先不要|等一下|等等/iu;

/** "Then the keyboard", "and now the bed", at the head of a message. */
export const OPENING_ON = /^[^\p{L}]*(?:(?:and|then|next|now|luego|después|ahora|entonces|depois|agora|então|ensuite|puis|maintenant|alors|dann|jetzt|danach|und|потом|теперь|затем|дальше|ثم|الآن|بعدها)(?![\p{L}])|然后|接着|接下来|现在|再来)/iu;
