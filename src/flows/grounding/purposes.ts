import type { Product } from '../../domain/product.js';
import { flat } from './words.js';

/** What things are used for: words that name the use, and things that serve it, in the languages of the bot. */
interface Purpose { readonly said: string; readonly things: string }

/** Uses people speak of when they do not name the things: "everything for the kitchen". Beginnings of words, without accents; a word may go on with an ending. */
const purposes: readonly Purpose[] = [
  { said: 'gaming|gamer|video ?game|computer game|videojuego|videogame|jogos|jogar|jeux? video|videospiel|computerspiel|zocke|гейминг|геймер|игров|видеоигр|компьютерн игр|العاب|الالعاب|الجيمنج|قيمنق|游戏|电竞|打游戏',
    things: 'gaming|keyboard|mouse|mice|headset|gamepad|controller|joystick|console|graphics card|teclado|raton|mando|consola|grafica|rato\\b|comando|placa de video|clavier|souris|manette|casque gamer|tastatur|maus|konsole|grafikkarte|клавиатур|мыш|геймпад|джойстик|приставк|консол|видеокарт|لوحة مفاتيح|ماوس|فارة|يد تحكم|键盘|鼠标|手柄|耳麦|游戏机|显卡' },
  { said: '(?<!post )office|home[- ]office|work(?:ing)?[- ]from[- ]home|wfh|desk work|oficina|despacho|teletrabajo|escritorio|escritori|teletrabalho|bureau|teletravail|buro|arbeitszimmer|homeoffice|офис|кабинет|удаленн\\p{L}* работ|مكتب|العمل من المنزل|办公|居家办公|在家办公',
    things: 'office|desk|monitor|keyboard|mouse|mice|printer|laptop|notebook|webcam|headset|stapler|shredder|whiteboard|bookshelf|docking|lampara de escritorio|silla de oficina|impresora|portatil|grapadora|cadeira de escritorio|impressora|grampeador|imprimante|agrafeuse|ordinateur portable|chaise de bureau|lampe de bureau|schreibtisch|burostuhl|drucker|hefter|bucherregal|стол\\b|офисн|настольн|принтер|ноутбук|степлер|книжн|мониторы?|مكتب|طابعة|حاسوب|书桌|办公|台灯|打印机|笔记本电脑|显示器|书架' },
  { said: 'hiking|camping|outdoor|trekking|backpacking|senderismo|acampad|aire libre|montanismo|trilha|acampament|ao ar livre|caminhada|randonnee|plein air|wander|zelten|поход|кемпинг|туризм|туристич|تخييم|المشي لمسافات|رحلات|الهواء الطلق|徒步|露营|户外|登山',
    things: 'hiking|camping|outdoor|trekking|tent\\b|tents\\b|sleeping bag|backpack|rucksack|water bottle|headlamp|compass|binocular|hammock|cooler|camp stove|tienda de campana|saco de dormir|mochila|botas de|brujula|linterna frontal|barraca|saco[- ]cama|bussola|cantil|tente\\b|sac de couchage|sac a dos|boussole|gourde|chaussures de rando|zelt|schlafsack|wanderschuh|wanderstiefel|kompass|trinkflasche|палатк|спальн\\p{L}* меш|рюкзак|компас|фляг|треккинг|خيمة|كيس نوم|حقيبة ظهر|بوصلة|帐篷|睡袋|背包|登山|徒步|指南针|水壶' },
  { said: 'fitness|workout|gym\\b|exercis|sport|training|deporte|gimnasio|entrena|ejercicio|esporte|desporto|academia|ginasio|treino|exercicio|musculation|entrainement|salle de sport|gymnastique|trainier|turnen|спорт|фитнес|тренаж|тренир|зал\\b|رياض|تمارين|اللياقة|运动|健身|锻炼',
    things: 'fitness|sport|dumbbell|kettlebell|barbell|yoga|treadmill|exercise bike|resistance band|jump rope|foam roller|running shoe|tennis|basketball|football|soccer|bicycle|skateboard|mancuerna|pesas|esterilla|cinta de correr|zapatillas|bicicleta|balon|halter|tapete de yoga|esteira|tenis de corrida|bola de|haltere|tapis de yoga|tapis de course|tapis de sport|velo\\b|ballon|hantel|yogamatte|laufband|laufschuh|fahrrad|springseil|гантел|гир[яи]|коврик для йог|беговая|беговые|кроссовк|велосипед|скакалк|мяч|دمبل|أوزان|اوزان|دراجة|حذاء رياضي|حذاء جري|哑铃|瑜伽|跑步机|跑鞋|自行车|跳绳|篮球|足球|滑板' },
  { said: 'cycling|biking|bike riding|ciclismo|cyclisme|radfahren|radsport|велоспорт|велосипедн|ركوب الدراج|骑行|骑车',
    things: 'bicycle|bike|cycling|helmet|bicicleta|casco|capacete|velo\\b|casque de velo|fahrrad|fahrradhelm|велосипед|велошлем|دراجة|خوذة|自行车|头盔' },
  { said: 'kitchen|cooking|baking|cocina|cozinha|cuisine|kuche|kochen|backen|кухн|кухон|готовк|кулинар|выпечк|مطبخ|طبخ|خبز|厨房|烹饪|做饭|烘焙',
    things: 'kitchen|kettle|blender|coffee maker|coffee machine|espresso|toaster|mixer|air fryer|microwave|frying|saucepan|cookware|knife|knives|cutlery|grill|oven|rice cooker|tetera|hervidor|licuadora|batidora|cafetera|tostadora|sarten|olla|cuchillo|horno|chaleira|liquidificador|cafeteira|torradeira|frigideira|panela|faca|forno|bouilloire|mixeur|cafetiere|grille-pain|poele|casserole|couteau|wasserkocher|kaffeemaschine|pfanne|topf|messer|ofen|чайник|блендер|кофемашин|кофеварк|тостер|миксер|сковород|кастрюл|нож|духовк|غلاية|خلاط|ماكينة قهوة|محمصة|مقلاة|قدر|سكين|فرن|水壶|热水壶|搅拌机|咖啡机|烤面包机|平底锅|锅|刀具|烤箱' },
  { said: 'garden|yard|lawn|patio|jardin|patio|quintal|garten|terrasse|сад\\b|сада|саду|садов|дачн|двор|حديقة|الفناء|花园|园艺|庭院|院子',
    things: 'garden|hose\\b|lawn|mower|rake|shovel|planter|patio|sprinkler|watering|grill|manguera|cortacesped|pala\\b|rastrillo|maceta|sombrilla|mangueira|cortador de grama|vaso de plant|ancinho|tuyau|tondeuse|rateau|pelle\\b|arrosoir|parasol|gartenschlauch|rasenmaher|rechen|giesskanne|sonnenschirm|blumentopf|шланг|газонокосил|грабли|лопат|лейк|зонт|خرطوم|جزازة|مجرفة|مظلة|水管|软管|割草机|铲|花盆|遮阳伞' },
  { said: 'travel|trips?\\b|vacation|holidays?\\b|viaj|vacaciones|viagem|viagens|ferias|voyage|vacances|reise|urlaub|путешеств|поездк|отпуск|سفر|السفر|旅行|旅游|出差',
    things: 'luggage|suitcase|travel|backpack|duffel|toiletry|neck pillow|passport|maleta|equipaje|mochila|mala\\b|bagagem|valise|bagage|sac a dos|koffer|gepack|rucksack|reise|чемодан|багаж|рюкзак|дорожн|حقيبة|أمتعة|امتعة|行李|旅行|背包' },
  { said: 'pets?\\b|dogs?\\b|cats?\\b|puppy|kitten|mascota|perro|gato|cachorro|animal de estimacao|chien|animaux|animal de compagnie|haustier|hund|katze|питом|собак|кошк|кот\\b|щен|حيوان|كلب|قطة|宠物|狗|猫',
    things: 'pet\\b|dog\\b|cat\\b|leash|collar|litter|aquarium|mascota|perro|gato|correa|coleira|cachorro|arranhador|chien|chat\\b|laisse|litiere|haustier|hunde|katzen|leine|kratzbaum|для собак|для кош|для питом|поводок|ошейник|лежанк|حيوانات|كلاب|قطط|宠物|狗|猫' },
  { said: 'music|audio|listening|musica|sonido|escuchar|ouvir|musique|ecouter|musik|horen|музык|аудио|звук|موسيقى|صوت|استماع|音乐|音频|听歌',
    things: 'headphone|earphone|earbud|earpods|speaker|microphone|turntable|amplifier|guitar|soundbar|auricular|altavoz|microfono|guitarra|fone|alto-falante|caixa de som|violao|ecouteur|casque audio|enceinte|micro\\b|guitare|kopfhorer|lautsprecher|mikrofon|gitarre|наушник|колонк|микрофон|гитар|усилител|سماعة|سماعات|مكبر|ميكروفون|耳机|音箱|音响|麦克风|吉他' },
  { said: 'photograph|photo|taking pictures|filming|fotograf|foto\\b|fotos\\b|filmar|filmer|filmen|фотограф|съемк|фото|تصوير|摄影|拍照|摄像',
    things: 'camera|tripod|lens\\b|lenses|flash\\b|drone|camara|tripode|objetivo|camera|tripe|lente\\b|appareil photo|trepied|objectif|kamera|stativ|objektiv|камер|штатив|объектив|фотоаппарат|كاميرا|حامل ثلاثي|عدسة|相机|三脚架|镜头|无人机' },
  { said: 'smart[- ]home|home automation|hogar inteligente|domotica|casa inteligente|maison connectee|domotique|hausautomat|умн\\p{L}* дом|المنزل الذكي|智能家居',
    things: 'thermostat|smart (?!watch|phone)|doorbell|termostato|bombilla inteligente|lampada inteligente|timbre|ampoule connectee|sonnette|turklingel|термостат|умн\\p{L}* (?!час)|дверной звонок|منظم حرارة|مصباح ذكي|恒温器|智能(?!手)|门铃' },
  { said: 'cloth|wardrobe|apparel|ropa\\b|vestimenta|roupa|vetement|habits\\b|kleidung|klamotten|одежд|ملابس|衣服|服装',
    things: 'shirt|jacket|coat\\b|jeans|trousers|pants\\b|dress\\b|sweater|hoodie|skirt|sock|hat\\b|scarf|gloves|camis|chaqueta|abrigo|pantalon|vestido|sueter|falda|calcetin|casaco|jaqueta|calca|saia|meia|chemise|veste|manteau|robe\\b|pull\\b|jupe|chaussette|hemd|jacke|mantel|hosen|jeanshose|kleid|pullover|rock\\b|socke|рубаш|футбол|куртк|пальто|брюк|джинс|плать|свитер|юбк|носк|قميص|سترة|معطف|بنطال|فستان|衬衫|T恤|夹克|外套|裤|裙|毛衣|袜' },
  { said: 'shoes?\\b|footwear|calzado|zapatos|calcado|sapatos|chaussures|schuhe|schuhwerk|обув|أحذية|احذية|الحذاء|鞋',
    things: 'shoe|sneaker|boot|sandal|slipper|loafer|zapat|bota\\b|botas|sapato|tenis\\b|chaussure|baskets|botte|schuh|stiefel|кроссовк|ботин|сапог|туфл|тапоч|حذاء|أحذية|احذية|صندل|鞋|靴' },
  { said: 'cleaning|housework|limpieza|limpeza|menage|nettoyage|putzen|reinigung|haushalt|уборк|чистк|تنظيف|清洁|打扫',
    things: 'vacuum|mop\\b|broom|air purifier|aspirador|fregona|purificador|vassoura|aspirateur|balai|purificateur|staubsauger|wischmopp|luftreiniger|пылесос|швабр|очистител|مكنسة|منقي|吸尘器|拖把|空气净化' },
  { said: 'electronic|gadgets?\\b|tech\\b|electronica|eletronic|electronique|elektronik|technik|электроник|гаджет|техник|إلكترون|الكترون|电子|数码',
    things: 'laptop|tablet|phone|watch|earbud|headphone|speaker|e-?reader|charger|camera|monitor|keyboard|mouse|thermostat|console|portatil|tableta|telefono|reloj|auricular|altavoz|cargador|camara|telefone|relogio|fone|carregador|ordinateur|montre|ecouteur|chargeur|appareil photo|handy|uhr\\b|kopfhorer|lautsprecher|ladegerat|kamera|ноутбук|планшет|телефон|часы|наушник|колонк|заряд|камер|حاسوب|جهاز لوحي|هاتف|ساعة|سماعة|شاحن|كاميرا|电脑|平板|手机|手表|耳机|音箱|充电|相机' },
];

const bared = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');
const bare = (expression: RegExp): RegExp => new RegExp(bared(expression.source), 'iu');

/** Words for things of whatever kind: only with such a word does a use stand for the things that serve it. */
const THINGS = bare(/(?<!\p{L})(?:stuff|things?|items?|gear|what|what['’]?s|ones?|those|lo que|o que|ce qui|ce que|was|то что|equipment|products?|supplies|accessor(?:y|ies)|everything|anything|whatever|all|pieces?|purchases?|cosas?|articulos?|productos?|equipo|accesorios?|todo|toda|cualquier|coisas?|artigos?|itens|item|produtos?|equipamentos?|acessorios?|tudo|qualquer|affaires|choses?|articles?|produits?|equipement|materiel|accessoires?|tout|sachen|dinge|artikel|produkte?|ausrustung|zubehor|zeug|alles|kram|вещи|вещей|товар\p{L}*|все|всё|снаряжени\p{L}*|принадлежност\p{L}*|аксессуар\p{L}*|покупк\p{L}*)(?!\p{L})|اشياء|أشياء|اغراض|أغراض|منتجات|معدات|(?<!\p{L})كل(?!\p{L})|جميع|东西|物品|用品|装备|商品|产品|一切|所有|全部/iu);

/** What stands right before a use that things are for: "for my", "to do with"; in Chinese nothing need stand there. */
const LEADING = bare(/(?:(?<!\p{L})(?:for|with|to|of|in|about|into|on|is|are|isn['’]?t|aren['’]?t|not|non|para|de|del|con|do|da|com|pour|avec|du|d['’]|fur|furs|mit|zum|zur|beim|für|для|с|со|к|о|от|по|связан\p{L}*)[\s-]+(?:(?:my|our|the|a|mi|el|la|meu|minha|o|mon|ma|le|die|den|das|dem|meine?[nrs]?|моего|моей)\s+)?|\s(?:ل|لل|ب|بال|ال)|\p{Script=Han})$/iu);
const isLedTo = (before: string): boolean => THINGS.test(before) && !/[,，،]/u.test(before.slice(before.search(THINGS))) && LEADING.test(before);
/** The word behind a use, or the next one: "gaming gear", "office related things". */
const BEHIND = bare(/^(?:[\s-]+\p{L}+){1,2}|^\p{Script=Han}{1,4}/u);

/** "Everything that goes with it": the use was told before. */
const OF_IT = bare(/\b(?:associated|related|connected|relat\p{L}*|to do|goes|belong\p{L}*) (?:with|to) (?:it|that|this|them)\b|\brelacionad\p{L}* con (?:eso|esto|ello)|\b(?:relacionad\p{L}*|a ver) (?:com|a) (?:isso|isto)|\b(?:lie|liee|lies|rapport) (?:a|avec) (?:ca|cela)|\b(?:damit|dazu) (?:zu tun|gehor)|\bdazugehor|связан\p{L}* с этим|для этого|(?:يتعلق|مرتبط\p{L}*) ب(?:ذلك|ه|ها)|与(?:此|这|它)有?关|相关的/iu);

/** Words before a use that say that its things stay, or that others are meant. */
const APART = bare(/(?:n['’]?t(?!\p{L})|\b(?:not|nothing|non|no|unrelated|except|besides|apart from|other than|keep(?:ing)?|leave|no|nada|sin|salvo|excepto|menos|quedo|conserv\p{L}*|nao|nada|exceto|fico|rien|pas|sauf|hors|garde\p{L}*|nicht|nichts|kein\p{L}*|ausser|behalt\p{L}*)|(?<!\p{L})(?:не|ничего|кроме|оставл\p{L}*|остав\p{L}*)|ليس|ليست|لا|غير|ما عدا|باستثناء|احتفظ|不|无关|除了?|没有|保留|留)[^.;!?。！？,，]{0,44}$/iu);

/** "… stays", right behind a use and its things. */
const STAYS = bare(/^[^.,;!?。！？，]{0,24}?(?:\b(?:stays?|remains?|is kept|are kept|i(?:['’]m| am)? keep(?:ing)?|se queda\p{L}*|fica\p{L}*|reste\p{L}*|bleib\p{L}*)|остаю?тся|останет\p{L}*|остав\p{L}*|يبقى|تبقى|留下|保留|不退)/iu);

/** The words as they stand in a text without accents; short ones begin a word. */
const pattern = (words: string): RegExp => new RegExp(bared(words).replaceAll('\\b', '(?!\\p{L})').split('|').map((word) => (/^\p{Script=Han}/u.test(word) || /\p{Script=Arabic}/u.test(word) || word.length >= 6 ? word : `(?<!\\p{L})${word}`)).join('|'), 'giu');
const compiled = purposes.map(({ said, things }) => ({ said: pattern(said), things: pattern(things) }));

/** Things told by what they are for: which products serve it, and whether those or all others are meant. */
export interface UseSaid { readonly serves: (product: Pick<Product, 'name' | 'aliases' | 'category'>) => boolean; readonly isApart: boolean }

/**
 * Finds the use by which a message tells what is meant ("everything for the kitchen", "all that has nothing to do with
 * hiking"); `names` are places where a thing is named by its name, which a use may be part of ("hiking boots").
 */
export function useIn(given: string, names: readonly { readonly start: number; readonly end: number }[]): UseSaid | undefined {
  const text = [...given].map((letter) => (flat(letter).length === letter.length ? flat(letter) : letter)).join('');
  for (const { said, things } of compiled) {
    const hits = [...text.matchAll(said)].map((match) => ({ start: match.index, end: match.index + match[0].length })).filter((hit) => !names.some((name) => name.start < hit.end && hit.start < name.end && (name.start < hit.start || name.end > hit.end)));
    const told = hits.filter(({ start, end }) => isLedTo(sentenceEnd(text.slice(Math.max(0, start - 70), start))) || THINGS.test(BEHIND.exec(text.slice(end))?.[0] ?? ''));
    const ofIt = OF_IT.exec(text);
    const [first] = told.length > 0 ? told : ofIt ? hits : [];
    if (!first) continue;
    const isApart = told.some((hit) => APART.test(sentenceEnd(text.slice(Math.max(0, hit.start - 60), hit.start))) || STAYS.test(text.slice(hit.end))) || (ofIt !== null && ofIt.index > first.end && APART.test(sentenceEnd(text.slice(Math.max(0, ofIt.index - 60), ofIt.index))));
    return { isApart, serves: ({ name, aliases, category }) => [name, ...aliases, category].some((word) => new RegExp(things.source, 'iu').test(flat(word))) };
  }
  return undefined;
}

/** The last sentence of a text that goes on behind it. */
const sentenceEnd = (text: string): string => text.split(/[.;!?。！？\n]/u).at(-1) ?? '';
