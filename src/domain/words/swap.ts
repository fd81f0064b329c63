/** "The exact same one" in so many words; "the same payment" is no wish for a piece. */
export const SAME = /\b(?:exact(?:ly)? (?:the )?same|same (?:exact )?(?:one|item|model|thing|specs?|kind))\b|\bel mismo(?: modelo| artículo| exactamente)?(?! pago)|\bo mesmo (?:modelo|artigo|item|produto)|\ble même (?:modèle|article|produit)|\b(?:genau )?(?:den|die|das|dem)selbe[nr]?(?: (?:modell|artikel|noch))|(?<!\p{L})так(?:ой|ую|ое) же|نفس (?:المنتج|القطعة|الموديل|الطراز)|一模一样|同款|一样的/iu;

/** Words that point at another piece as what is wanted. */
export const LIKE = /\b(?:type|kind|version|model|exact(?:ly)?|one|like|tipo|modelo|igual|como|type|modèle|comme|art|typ|modell|wie|genau)\b|такой|такую|модел|тип|точно|как|نوع|مثل|نفس|一样|同款|型号|那款|那个/iu;
