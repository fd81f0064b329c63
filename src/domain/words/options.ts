/** Right before a value: it is not wanted. */
export const DENYING = /(?:^|[^\p{L}])(?:no|non|not|without|isn['’]?t|aren['’]?t|sin|sem|sans|pas|ohne|kein\p{L}*|nicht|без|не|بدون|无|没有|不)[^\p{L}]{0,2}(?:(?:even|really|actually|at all|siquiera|realmente|sequer|même|vraiment|mal|einmal|wirklich|даже|совсем|حتى)[^\p{L}]{1,2})?$/iu;
