import type { ComplaintCategory, PrivacyWish, Severity, SuggestionArea } from '../feedback.js';

/** Words of a category in the eight languages, as stems; the first row that fits is taken. */
type Rows<T> = readonly (readonly [T, RegExp])[];

const REVIEW = /review|rating|bewertung|rezension|rese[ñn]a|valoraci[oó]n|opini[oó]n|avalia[çc][ãa]o|avis\b|commentaire|отзыв|оценк|تقييم|مراجعة|评价|评论|差评|评分/iu;
const ABUSIVE = /unfair|fake|false|lie[sd]?\b|lying|defam|slander|malicious|bought|fraud|unfair\w*|gef[äa]lscht|falsch|unwahr|gelogen|verleumd|injust|fals[oa]|mentira|difam|maliciosa|fraudulent|mensong|faux|fausse|diffam|malveillant|несправедлив|лож|фальшив|поддельн|накручен|клевет|накрут|مزيف|كاذب|ظالم|غير عادل|مزور|تشهير|假|虚假|恶意|不公|刷(?:的|单|评)|诽谤/iu;

/** Whether a review is said to be unfair or false. */
export const speaksOfAbusiveReview = (text: string): boolean => REVIEW.test(text) && ABUSIVE.test(text);

const CATEGORIES: Rows<ComplaintCategory> = [
  ['delivery', /courier|driver|delivery|deliver|parcel|postman|carrier|kurier|zusteller|fahrer|liefer|paket|repartidor|mensajero|entrega|env[ií]o|paquete|entregador|motoboy|transportadora|encomenda|livreur|coursier|livraison|colis|курьер|доставк|посылк|مندوب|توصيل|سائق|الشحن|الطرد|快递|配送|送货|物流|包裹/iu],
  ['attitude', /rude|impolite|attitude|insult|laughed|hung up|ignored|nobody (?:answer|repl)|no (?:answer|reply)|arrogant|staff|agent|customer service|support|unfreundlich|frech|beleidig|ausgelacht|aufgelegt|mitarbeiter|kundendienst|kundenservice|grosser|maleducad|descort|atenci[oó]n al cliente|me colg|se r[ií]|atendente|atendimento|grosseir|mal[- ]educad|desligou|impoli|grossi|insult|raccroch|service client|conseill|груб|хам|оскорб|нахам|бросил\p{L}* трубку|поддержк|оператор|сотрудни|وقح|أهان|أسلوب|خدمة العملاء|الموظف|أغلق الخط|态度|骂|客服|没礼貌|粗鲁|不理|敷衍/iu],
  ['review', REVIEW],
  ['price', /price|overcharg|expensive|charged|hidden fee|preis|teuer|geb[üu]hr|abgebucht|precio|car[oa]\b|cobr|comisi[oó]n|pre[çc]o|taxa|prix|cher\b|frais|factur|цен|дорог|списал|комисси|السعر|غالي|رسوم|خصمتم|价格|太贵|多收|乱收|扣了/iu],
  ['site', /website|web ?site|\bapp\b|page|checkout|banner|crash|webseite|internetseite|seite|p[áa]gina|sitio|tienda online|aplicaci[oó]n|\bsite\b|aplicativo|сайт|приложени|страниц|الموقع|التطبيق|الصفحة|网站|网页|页面|应用|闪退/iu],
  ['product', /quality|product|goods|material|fabric|cheap(?:ly)?|junk|garbage|qualit[äa]t|ware\b|produkt|schrott|calidad|producto|material|basura|qualidade|produto|lixo|qualit[ée]|produit|camelote|качеств|товар|барахло|جودة|المنتج|البضاعة|质量|产品|商品|做工|次品/iu],
];

const GRAVE = /injur|hospital|bleed|burn(?:t|ed|s)?\b|electr(?:ic|ical) shock|caught fire|explod|threat|racis|sexis|harass|discriminat|assault|police|lawyer|stole|verletz|krankenhaus|verbrann|stromschlag|brand\b|explod|bedroht|rassist|bel[äa]stig|diskrimini|polizei|anwalt|gestohlen|herid|hospital|quem(?:ad|ó|é)|descarga el[ée]ctrica|incendi|amenaz|racis|acos(?:o|ó)|discrimin|polic[ií]a|abogad|rob[óo]|ferid|queimad|choque el[ée]trico|amea[çc]|assédi|pol[ií]cia|advogad|roubou|bless[ée]|h[ôo]pital|br[ûu]l[ée]|d[ée]charge|menac|harcel|avocat|vol[ée](?![\p{L}\p{N}])|травм|больниц|ожог|обож[гж]|ударило током|загорел|взорвал|угрож|угроз|расис|домога|дискримин|полици|адвокат|украл|إصاب|مستشفى|حريق|حرق|صعق|انفجر|هدد|تهديد|عنصري|تحرش|تمييز|الشرطة|محام|سرق|受伤|医院|烧伤|触电|着火|起火|爆炸|威胁|歧视|骚扰|报警|警察|律师|偷/iu;

const AREAS: Rows<SuggestionArea> = [
  ['campaign', /coupon|promo|discount|campaign|sale\b|points|loyalty|gutschein|rabatt|aktion|punkte|cup[oó]n|descuento|promoci[oó]n|oferta|puntos|cupom|desconto|promo[çc][ãa]o|pontos|bon de r[ée]duction|r[ée]duction|points|купон|скидк|акци|балл|قسيمة|كوبون|خصم|عرض|عروض|نقاط|优惠|活动|折扣|积分|满减/iu],
  ['delivery', /deliver|shipping|courier|parcel|packag|liefer|versand|paket|verpack|entrega|env[ií]o|paquete|embalaje|embalagem|frete|livraison|colis|emballage|доставк|посылк|упаков|توصيل|شحن|طرد|تغليف|配送|快递|发货|包装|物流/iu],
  ['product', /product|assortment|sizes?\b|colou?rs?\b|stock|sortiment|produkt|gr[öo][ßs]e|farbe|producto|tallas?|colores|surtido|produto|tamanho|cores|produit|taille|couleur|assortiment|товар|размер|цвет|ассортимент|منتج|مقاس|لون|ألوان|商品|尺码|颜色|款式/iu],
  ['site', /site|app\b|page|search|filter|button|menu|checkout|cart|seite|suche|knopf|warenkorb|p[áa]gina|web|b[uú]squeda|bot[oó]n|carrito|aplicativo|busca|carrinho|recherche|bouton|panier|сайт|приложени|поиск|фильтр|кнопк|корзин|الموقع|التطبيق|البحث|زر|السلة|网站|页面|搜索|筛选|按钮|购物车|功能|应用/iu],
];

const WISHES: Rows<PrivacyWish> = [
  ['close', /close (?:my |the )?account|delete (?:my |the )?(?:\w+ )?account|(?:konto|account) (?:schlie[ßs]en|l[öo]schen|k[üu]ndigen)|(?:cerrar|eliminar|borrar|dar de baja) (?:mi |la )?cuenta|(?:fechar|encerrar|excluir|apagar|cancelar) (?:a )?(?:minha )?conta|(?:fermer|supprimer|cl[ôo]turer) (?:mon |le )?compte|(?:закрыть|удалить|закройте|удалите) (?:мой |мою )?(?:аккаунт|уч[ёе]тную запись|профиль|личный кабинет)|(?:إغلاق|اغلاق|حذف|إلغاء) (?:حسابي|الحساب)|注销|销户|关闭(?:我的)?账户|删除(?:我的)?账[号户]/iu],
  ['erase', /eras|delet|remove|forget me|l[öo]sch|vergessen|borr|elimin|suprim|olvid|apag|exclu|esquec|effac|supprim|oubli|удал|стер|забы|حذف|مسح|امح|删除|抹除|清除/iu],
  ['export', /export|copy|download|portab|file of|kopie|herunterlad|[üu]bertrag|copia|descarg|c[óo]pia|baixar|copie|t[ée]l[ée]charg|копи|выгруз|скачать|نسخة|تنزيل|تصدير|导出|副本|下载|一份/iu],
  ['correct', /correct|rectif|wrong data|berichtig|korrig|corrig|rettifi|исправ|تصحيح|更正|修正/iu],
  ['access', /what (?:data|information|do you)|which data|see|show|access|know about me|store about|hold|auskunft|welche daten|gespeichert|ver |mostrar|qu[ée] datos|acceso|acessar|quais dados|que dados|voir|quelles donn[ée]es|acc[èe]s|какие данные|показать|узнать|хранит|ما (?:هي )?البيانات|عرض|اطلاع|الاطلاع|查看|哪些(?:数据|信息|资料)|了解/iu],
];

const first = <T>(rows: Rows<T>, text: string): T | undefined => rows.find(([, words]) => words.test(text))?.[0];

/** What a complaint is about, by its words. */
export const categoryIn = (text: string): ComplaintCategory | undefined => (speaksOfAbusiveReview(text) ? 'review' : first(CATEGORIES, text));

/** How grave it is, by its words. */
export const severityIn = (text: string): Severity => (GRAVE.test(text) ? 'grave' : 'normal');

/** What a suggestion is about, by its words. */
export const areaIn = (text: string): SuggestionArea => first(AREAS, text) ?? 'other';

/** What is wanted with one's own data, by its words. */
export const privacyWishIn = (text: string): PrivacyWish | undefined => first(WISHES, text);

/** Words that only announce what is to come ("I want to make a complaint"). */
export const ANNOUNCED = /^[\s,.!]*(?:(?:hello|hi|hallo|hola|ol[áa]|bonjour|здравствуйте|привет|مرحبا|你好|您好)[\s,.!，。！]*)?(?:i(?:['’]d| would)? (?:like|want|need|have|wish)|ich (?:m[öo]chte|will|habe)|quiero|quisiera|tengo|quero|gostaria|tenho|je (?:veux|voudrais|souhaite)|j['’]ai|я? ?хо(?:чу|тел)|у меня есть|أريد|أود|لدي|عندي|我?(?:想|要)?)?[^.!?。！？]{0,24}(?:complain(?:t)?|suggest(?:ion)?|idea|feedback|beschwer\p{L}*|vorschlag|idee|anregung|queja\p{L}*|reclam\p{L}*|sugerencia|sugest[ãa]o|ideia|r[ée]clamation|plainte|plaindre|suggestion|id[ée]e|жалоб\p{L}*|пожаловаться|предложени\p{L}*|идея|شكوى|أشتكي|اقتراح|فكرة|投诉|建议|意见)[^.!?,;:。，；：！？]{0,12}[\s.!?。！？]*$/iu;
