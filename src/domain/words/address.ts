/** What it was before is wanted back. */
export const ADDRESS_BEFORE = new RegExp([
  String.raw`\bback\b[^.;!?]{0,40}\b(?:was|were|used to|had|before|old|previous|original|prior|former)\b|\b(?:restore|revert|undo|roll(?:ing)? back)\b|\b(?:old|previous|former|prior|original) (?:(?:account|default|home|profile) )?address\b[^.;!?]{0,30}\b(?:back|again)\b|\b(?:what|how|as) it was before\b`,
  String.raw`\b(?:restaur|recuper|restablec|vuelv\p{L}* a poner|como (?:estaba|era) antes|la (?:dirección )?(?:de antes|anterior))`, String.raw`\bcomo (?:estava|era) antes|\bo (?:endereço )?anterior\b`, String.raw`\bcomme (?:avant|c['’]était)|\bremett|\brétabl|\bl['’](?:ancienne adresse|adresse précédente)`,
  String.raw`\bwie (?:sie )?(?:vorher|zuvor|früher)|\bwiederherstell|\b(?:alte|vorherige|frühere) adresse\b`, String.raw`как (?:был|было|раньше)|верн\p{L}+[^.;!?]{0,30}(?:прежн|стар|предыдущ|обратно)|прежний адрес`, 'كما كان|العنوان (?:السابق|القديم)|أعد|ارجع', '改回|恢复|还原|换回|之前的地址|原来的地址',
].join('|'), 'iu');

/** "The same", "that one, too": what was given to something else just now. */
export const SAME = /\b(?:same|(?:that|this) (?:one|address)|too|as well|also|likewise|new (?:one|address))\b|\b(?:mism[ao]|también|mesm[oa]|também|même|aussi|gleiche|dieselbe|auch)\b|(?:то(?:т|й) же|тоже|также|نفس|أيضا|同样|一样|也)/iu;

/** Whether the words before a mention ask for that very thing to be changed, not for something to go there. */
export function isChangeOf(before: string): boolean {
  const sentence = before.split(/[.!?\n](?:\s|$)/u).at(-1) ?? '';
  const change = /^.*\b(?:chang|updat|correct|fix|edit|replac|modif|amend|adjust|alter)\p{L}*\b/iu.exec(sentence);
  if (!change) return false;
  return !/\b(?:to|into|with|use|at|same|one|that|place|as)\b/iu.test(sentence.slice(change[0].length));
}

const ACCOUNT = /\b(?:accounts?|profile|default (?:(?:shipping |delivery |home )?address|one)|address book)\b|\b(?:mi cuenta|mi perfil|dirección predeterminada|minha conta|meu perfil|endereço padrão|mon compte|mon profil|adresse par défaut|mein(?:em|es|en)? (?:konto|kundenkonto|profil)|standardadresse)\b|(?:аккаунт|профил|личн\p{L}+ кабинет|адрес\p{L}* по умолчанию)|(?:حسابي|ملفي|العنوان الافتراضي)|(?:我的?(?:账户|账号|帐号|帐户|资料)|默认地址|账户地址|账号地址)/giu;

/** Whether the account or its address is spoken of at all. */
export const tellsOfAccount = (text: string): boolean => text.search(ACCOUNT) >= 0;

/** "It should be in my profile", "you'll find it there": where an address stands. */
const STANDS = /\b(?:it|address|that|one)(?:['’]s| is| should| must| will| can| ought to)(?: already| also| surely)?(?: be)?(?: found| seen| saved| stored| listed| somewhere)? (?:in|on|under|with) (?:\p{L}+ ){0,2}$|\b(?:está|debe estar|figura|aparece|fica|deve estar) (?:\p{L}+ ){0,3}$|\b(?:se trouve|figure|est enregistrée?|doit être) (?:\p{L}+ ){0,3}$|\b(?:steht|ist|findet sich|liegt) (?:\p{L}+ ){0,3}$|(?:указан|есть|стоит|записан|хранится)\p{L}* (?:\p{L}+ ){0,3}$|(?:موجود|مسجل|محفوظ)\p{L}* (?:\p{L}+ ){0,3}$/iu;

/** Wherever an address stands: on the account and on the orders. */
const EVERYWHERE = /\b(?:everywhere|all over|wherever you (?:have|can))\b|\ben tod(?:as partes|os lados|os los sitios)\b|\bem tod(?:o lugar|os os lugares|a parte|o lado)\b|\bpartout\b|(?<![\p{L}\p{N}])überall\b|(?<!\p{L})(?:везде|повсюду|всюду)(?!\p{L})|(?:في )?كل (?:ال)?مكان|(?:到处|所有地方|全部地方|各处)/iu;

/** Whether the account's own address is spoken of as one that is to change, and not only as where an address stands. */
export function speaksOfAccount(text: string): boolean {
  if (EVERYWHERE.test(text)) return true;
  return [...text.matchAll(ACCOUNT)].some(({ 0: raw, index }) => {
    const sentence = text.slice(0, index).split(/[.!?。！？\n](?:\s|$)?/u).at(-1) ?? '';
    if (STANDS.test(sentence)) return false;
    // "The one you have on my account", "ship it to my default address", "log in to my account".
    if (/\b(?:the one|one|that(?:'s| is)?|have|has|see|find|listed|saved|stored|log(?:ged)? in\p{L}*)\b[^,]{0,30}$/iu.test(sentence)) return false;
    if (/^default|predetermin|padrão|par défaut|standard|умолчан|افتراضي|默认/iu.test(raw) && /(?<![\p{L}\p{N}])(?:to|at|a|para|à|an|auf)\s+(?:\p{L}+\s+){0,2}$|(?:на|إلى|到|成|为)\s*(?:\p{L}{0,6}\s)?$/iu.test(sentence) && !/\b(?:and|also)\s+(?:to\s+)?(?:\p{L}+\s+){0,2}$/iu.test(sentence)) return false;
    // "The address should be my default one": that is where the order goes, unless an address is told.
    if (/^(?:my |the |our )?default/iu.test(raw) && /\baddress\b[^.;,]{0,20}\bbe\s+(?:\p{L}+\s+){0,3}$/iu.test(sentence) && !/\d/u.test(sentence)) return false;
    return !/\b(?:to|at|with|use|as)\s+(?:the|my|our|that)\s+(?:\p{L}+\s+){0,3}(?:on|in|of|from)\s+(?:\p{L}+\s+){0,2}$/iu.test(sentence);
  });
}

const ORDERS = /\borders?\b|\bpedidos?\b|\bencomendas?\b|\bcommandes?\b|\bbestellung(?:en)?\b|заказ|طلب(?:ات|ي|ين)|订单/iu;
const NOT_ORDERS = /\b(?:order (?:number|id|history|#)|in order to|future orders?|next orders?|new orders?|my orders page)\b/giu;

/** "The orders stay with the new address", "leave my orders alone". */
const ORDERS_STAY = new RegExp([
  String.raw`\borders? (?:\p{L}+ )?(?:stay|stays|remain|remains|keep|keeps)\b|\b(?:leave|keep) (?:the |my |all )?orders?\b|\bnot (?:the |my )?orders?\b`,
  String.raw`\bpedidos? (?:\p{L}+ )?(?:quedan?|siguen?|mantienen?)\b|\b(?:dej|mant)\p{L}+ (?:los |mis )?pedidos?\b`, String.raw`\b(?:pedidos?|encomendas?) (?:\p{L}+ )?(?:ficam?|continuam?|mantêm)(?!\p{L})|\b(?:deix|mant)\p{L}+ (?:os |as |meus |minhas )?(?:pedidos?|encomendas?)\b`,
  String.raw`\bcommandes? (?:restent?|gardent?)\b|\b(?:laiss|gard)\p{L}+ (?:les |mes )?commandes?\b`, String.raw`\bbestellung(?:en)? (?:\p{L}+ )?(?:bleib|behalt)\p{L}*|\b(?:lass|behalt)\p{L}* (?:sie )?(?:die |meine )?bestellung`,
  String.raw`заказ\p{L}* (?:пусть )?оста\p{L}+|(?:остав\p{L}+|не трог\p{L}+) (?:сами )?заказ\p{L}*`, '(?:الطلبات|طلباتي|الطلب|طلبي) (?:تبقى|يبقى|كما)|(?:اترك|أبق)\\p{L}* (?:ال)?طلب\\p{L}*', '订单(?:都)?(?:保持|留着|不变|不动|不用)|(?:不要|别)动订单',
].join('|'), 'giu');

/** Whether orders are spoken of as what is to change, beside the account. */
export const speaksOfOrders = (text: string): boolean => EVERYWHERE.test(text) || ORDERS.test(text.replace(NOT_ORDERS, ' ').replace(ORDERS_STAY, ' ').replace(/\b(?:in|from|on|with) (?:one of )?(?:my|the|an?) (?:\p{L}+ ){0,2}orders?\b(?! too| as well)/giu, (words) => (/\bon\b|\ball\b/iu.test(words) ? words : ' ')));

/** Towns that also stand for their country: in an address they are the town. */
export const TOWNS = /^(?:dub[aá]i|duba[iï]|abu dhabi|دبي|أبو ?ظبي|ابو ?ظبي|дубай|абу-?даби|迪拜|阿布扎比)$/iu;

/** What stands behind the name of a Chinese place: province, city, district. */
export const UNIT_BEHIND = /[省市区]$/u;

/** Right before the name of a place: it is where something goes now, or should not go. */
export const AWAY = /\b(?:from|instead of|rather than|not(?: to| in| at)?|wrong|old|currently(?: in| at| going to)?|(?:going|went|goes|headed) to)\s+(?:\p{L}+['’]?\p{L}*\s+){0,2}$/iu;

/** What big cities are called for short, as people write it: capitals count, for "la" and "sf" are other words elsewhere. */
export const SHORT_NAMES: Readonly<Record<string, RegExp>> = {
  'new york': /(?<!\p{L})(?:NYC|N\.Y\.C\.?|nyc|NY City|(?:the )?Big Apple)(?!\p{L})/u, 'los angeles': /(?<!\p{L})(?:LA|L\.A\.)(?!\p{L})/u, washington: /(?<!\p{L})(?:DC|D\.C\.|dc)(?!\p{L})/u,
  'san francisco': /(?<!\p{L})(?:SF|S\.F\.|San Fran|san fran|Frisco)(?!\p{L})/u, philadelphia: /(?<!\p{L})[Pp]hilly(?!\p{L})/u, 'las vegas': /(?<!\p{L})[Vv]egas(?!\p{L})/u, 'new orleans': /(?<!\p{L})(?:NOLA|nola)(?!\p{L})/u,
  'san diego': /(?<!\p{L})SD(?!\p{L})/u, 'fort worth': /(?<!\p{L})Ft\.? Worth(?!\p{L})/iu, 'saint louis': /(?<!\p{L})St\.? Louis(?!\p{L})/iu, 'salt lake city': /(?<!\p{L})(?:SLC|Salt Lake)(?!\p{L})/u,
};
