/** "Keep the leather strap" denies the thing elsewhere; of a value it says that it stays. */
export const KEEPS = /^[^\p{L}]*(?:(?:i|je|me|nos|ich)\s+)?(?:keep|leave|behalt|lass|qued|manten|mantén|conserv|dej|fic|deix|gard|laiss|остав|сохран|احتفظ|أبق|ابق|اترك|保留|留)/iu;

/** Between two values: the second is for want of the first ("battery best, then USB"). */
export const AFTER_THAT = /^\s*(?:best|first|ideally|preferably|lo mejor|primero|primeiro|de preferência|d['’]abord|de préférence|am liebsten|zuerst|лучше всего|сначала|أولا|最好|首选)?[\s,;>]*(?:(?:and|y|e|et|und|и)\s+)?(?:then|otherwise|or else|else|failing that|second(?:ly)?|luego|después|si no|depois|senão|ensuite|puis|sinon|dann|danach|sonst|ansonsten|потом|затем|иначе|ثم|وإلا|然后|其次|再不然|不然)[\s,]*(?:the|an?|el|la|o|a|le|die|der|das)?\s*$/iu;

/** Between two values: the first is liked better. */
export const RATHER_THAN = /^\s*(?:over|before|>|vor|antes que|plutôt que)\s*(?:the\s+|an?\s+)?$/iu;
