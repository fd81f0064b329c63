import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createEntityReader } from '../../../src/classifiers/entities/entity-reader.js';
import { LANGUAGES } from '../../../src/classifiers/languages/index.js';
import type { Entity } from '../../../src/domain/understanding.js';

const read = createEntityReader({ orderNumberPattern: '', returnNumberPattern: '', country: 'US' });
const markersIn = (text: string, locale: string): readonly Entity[] => read(text, locale, { at: '2026-05-20T12:00:00Z' }).filter(({ kind }) => kind === 'marker');

/** What a marker says, and the words it was read from. */
const told = (entity: Entity): string => (entity.kind === 'marker' ? `${entity.value}=${entity.raw}` : entity.kind);

type Row = readonly [text: string, ...said: string[]];

/** What customers write, and the words in it that say what the others do, each with the words it was read from; then what only looks like them. */
const TEXTS: Readonly<Record<string, readonly Row[]>> = {
  en: [
    ['exchange the 15-inch laptop for the one with 8GB, or if that is not available the cheapest; leave the lamp alone', 'to=for', 'to=with', 'if_not=if that is not available', 'not=leave'],
    ['change it to black', 'to=to'], ['change the size from M to L', 'from=from', 'to=to'], ['I want the red one instead of the blue', 'from=instead of'],
    ['get the white one instead', 'to=get', 'instead=instead'], ['not the lamp but the chair', 'from=not', 'to=but'], ["if that isn't possible, cancel it", "if_not=if that isn't possible"],
    ["if it's sold out, refund me", "if_not=if it's sold out"], ['otherwise keep the jacket', 'if_not=otherwise', 'not=keep'], ['if not, just send it back', 'if_not=if not'],
    ['cancel it only if it has not shipped yet', 'if=only if', 'pending=has not shipped yet'], ['return it as long as it is free', 'if=as long as'],
    ["I'd rather have the black one, ideally in size M", "prefer=I'd rather", 'prefer=ideally'], ['backlight RGB > white > none', 'prefer=>', 'prefer=>'],
    ['preferably the wooden one', 'prefer=preferably'], ['only the lamp', 'only=only'], ['return just the mug', 'only=just'], ['I want to return the mug as well', 'also=as well'],
    ['also cancel the chair', 'also=also'], ["don't return the lamp, I'll keep the mug", "not=don't", 'not=keep'], ['forget about the boots', 'not=forget'],
    ['everything else the same', 'same=else the same'], ['the same colour please', 'same=the same'], ['any colour is fine', 'any=any'],
    ["I don't care about the size", "any=I don't care about"], ['no wait, scratch that, the white one', 'instead=no wait', 'instead=scratch that'],
    ['actually, make it two', 'instead=actually', 'to=make it'], ['the other one please', 'other=the other one'], ['the rest of the order', 'other=the rest'],
    ['cancel my pending orders', 'pending=pending'], ['the tablet that I received', 'delivered=that I received'], ['where is the cancelled one', 'cancelled=cancelled'],
    ['ship it to my default address', 'to=to', 'default=my default address'],
    ['refund it to a gift card or PayPal, not my credit card', 'to=to', 'gift_card=gift card', 'paypal=PayPal', 'not=not', 'card=my credit card'], ['put it on my Visa', 'to=on', 'card=Visa'],
    ['refund to the original payment method', 'to=to', 'original=the original payment method'], ['the same card I paid with', 'original=the same card I paid with'],
    ['change it: black -> white', 'to=->'],
    // Look-alikes.
    ['where is my order'], ['I want to return it'], ['I just bought a lamp'], ['my graphics card is broken'], ['it was not delivered'], ['I only got it yesterday'],
    ['do you know if it is available'], ['the parcel is too small'], ["thanks, that's all"], ['I have a question about my invoice'], ['it arrived with scratches'],
    ['please send me the label'],
  ],
  zh: [
    ['把15寸的笔记本换成8GB的，没有的话就要最便宜的，台灯别动', 'to=换成', 'if_not=没有的话', 'to=要', 'not=别'], ['改成黑色', 'to=改成'], ['从M码换成L码', 'from=从', 'to=换成'], ['我要那个红的，而不是蓝的', 'to=要', 'from=而不是'],
    ['不是台灯，是那把椅子', 'to=是'], ['不要黑色的，要白色的', 'not=不要', 'to=要'], ['如果没有货就取消', 'if_not=如果没有货'], ['要是没有就退款', 'if_not=要是没有'], ['否则取消订单', 'if_not=否则'], ['不行的话就算了', 'if_not=不行的话', 'not=就算了'],
    ['如果还没发货就取消', 'if=如果', 'pending=还没发货'], ['只要有货就换', 'if=只要'], ['最好是黑色的', 'prefer=最好'], ['我更喜欢木头的', 'prefer=更喜欢'], ['优先白色，其次黑色', 'prefer=优先'], ['只退台灯', 'only=只'], ['另外取消那把椅子', 'also=另外'],
    ['我还想退杯子', 'also=还想'], ['顺便改一下地址', 'also=顺便'], ['别退台灯', 'not=别'], ['杯子留着', 'not=留着'], ['保留那件外套', 'not=保留'], ['其他不变', 'same=不变'], ['要同款', 'same=同'], ['颜色随便', 'any=随便'],
    ['哪个都行', 'any=哪个都行'], ['尺码无所谓', 'any=无所谓'], ['等等，还是换白色的吧', 'instead=等等', 'instead=还是', 'to=换'], ['另一个', 'other=另一个'], ['剩下的都取消', 'other=剩下的'], ['取消未发货的订单', 'pending=未发货的'],
    ['已签收的平板', 'delivered=已签收的'], ['已取消的订单', 'cancelled=已取消的'], ['寄到默认地址', 'default=默认地址'],
    ['退到礼品卡或者PayPal，不要退到我的信用卡', 'to=退到', 'gift_card=礼品卡', 'paypal=PayPal', 'not=不要', 'to=退到', 'card=我的信用卡'], ['用我的银行卡付', 'card=我的银行卡'], ['原路退回', 'original=原路'],
    ['退到同一张卡', 'to=退到', 'original=同一张卡'], ['白色 > 黑色', 'prefer=>'],
    // Look-alikes.
    ['我的订单在哪里'], ['我要退货'], ['我刚买了一盏灯'], ['显卡坏了'], ['还没送到'], ['昨天才到'], ['你知道有没有货吗'], ['包裹太小了'], ['谢谢，没有别的问题了'], ['我想问一下发票'], ['到货有划痕'], ['物流卡住了'],
  ],
  es: [
    ['cambiar el portátil de 15 pulgadas por el de 8GB y, si no está disponible, el más barato; dejen la lámpara como está', 'to=por', 'if_not=si no está disponible', 'not=dejen'],
    ['cámbialo a negro', 'to=a'], ['cambiar el pago a PayPal', 'to=a', 'paypal=PayPal'], ['quiero el rojo en vez del azul', 'from=en vez del'], ['en lugar de la negra', 'from=en lugar de'],
    ['no la lámpara, sino la silla', 'from=no', 'to=sino'], ['si no es posible, cancélenlo', 'if_not=si no es posible'], ['si está agotado, devuélvanme el dinero', 'if_not=si está agotado'],
    ['de lo contrario me lo quedo', 'if_not=de lo contrario'], ['si no, cancelen', 'if_not=si no'], ['cancélenlo solo si no se ha enviado', 'if=solo si'],
    ['siempre que sea gratis', 'if=siempre que'], ['prefiero la negra, a ser posible en M', 'prefer=prefiero', 'prefer=a ser posible'],
    ['preferiblemente la de madera', 'prefer=preferiblemente'], ['lo ideal sería la blanca', 'prefer=lo ideal sería'], ['solo la lámpara', 'only=solo'],
    ['únicamente la silla', 'only=únicamente'], ['también quiero devolver la taza', 'also=también'], ['además cancelen la silla', 'also=además'], ['no devuelvan la lámpara', 'not=no'],
    ['me quedo con la taza', 'not=me quedo'], ['olviden la chaqueta', 'not=olviden'], ['el mismo color', 'same=el mismo'], ['lo demás igual', 'same=lo demás igual'],
    ['cualquier color', 'any=cualquier'], ['me da igual la talla', 'any=me da igual'], ['no, espera, la blanca', 'instead=no, espera'], ['mejor dicho, la roja', 'instead=mejor dicho'],
    ['la otra, por favor', 'other=la otra'], ['el resto del pedido', 'other=el resto'], ['cancelen mis pedidos pendientes', 'pending=pendientes'],
    ['la tableta que recibí', 'delivered=que recibí'], ['el pedido cancelado', 'cancelled=cancelado'], ['a mi dirección predeterminada', 'default=mi dirección predeterminada'],
    ['a una tarjeta regalo o PayPal, no a mi tarjeta de crédito', 'gift_card=tarjeta regalo', 'paypal=PayPal', 'not=no', 'card=mi tarjeta de crédito'], ['pónganlo en mi Visa', 'card=Visa'],
    ['al método de pago original', 'original=al método de pago original'], ['a la misma tarjeta', 'original=la misma tarjeta'],
    // Look-alikes.
    ['¿dónde está mi pedido?'], ['quiero devolverlo'], ['acabo de comprar una lámpara'], ['la tarjeta gráfica está rota'], ['no fue entregado'], ['solo llegó ayer'], ['¿sabe si hay stock?'],
    ['sí, por favor'], ['gracias, eso es todo'], ['tengo una pregunta sobre mi factura'], ['llegó con rasguños'], ['mándenme la etiqueta'],
  ],
  pt: [
    ['trocar o notebook de 15 polegadas pelo de 8GB e, se não tiver, o mais barato; deixem a luminária como está', 'to=pelo', 'if_not=se não tiver', 'not=deixem', 'same=como está'],
    ['mude para preto', 'to=para'], ['mudar o pagamento para PayPal', 'to=para', 'paypal=PayPal'], ['quero o vermelho em vez do azul', 'from=em vez do'],
    ['no lugar da preta', 'from=no lugar da'], ['não a luminária, mas a cadeira', 'from=não', 'to=mas'], ['se não for possível, cancelem', 'if_not=se não for possível'],
    ['se estiver esgotado, me devolvam o dinheiro', 'if_not=se estiver esgotado'], ['caso contrário eu fico com ela', 'if_not=caso contrário'], ['se não, cancela', 'if_not=se não'],
    ['senão cancela', 'if_not=senão'], ['cancelem só se ainda não foi enviado', 'if=só se', 'pending=ainda não foi enviado'], ['desde que seja grátis', 'if=desde que'],
    ['prefiro a preta, de preferência em M', 'prefer=prefiro', 'prefer=de preferência'], ['o ideal seria a branca', 'prefer=o ideal seria'], ['só a luminária', 'only=só'],
    ['somente a cadeira', 'only=somente'], ['também quero devolver a caneca', 'also=também'], ['além disso, cancelem a cadeira', 'also=além disso'], ['não devolvam a luminária', 'not=não'],
    ['fico com a caneca', 'not=fico'], ['esqueçam a jaqueta', 'not=esqueçam'], ['a mesma cor', 'same=a mesma'], ['o resto igual', 'same=o resto igual'], ['qualquer cor', 'any=qualquer'],
    ['tanto faz o tamanho', 'any=tanto faz'], ['espera, não, a branca', 'instead=espera, não'], ['na verdade, a vermelha', 'instead=na verdade'], ['a outra, por favor', 'other=a outra'],
    ['o resto do pedido', 'other=o resto'], ['cancelem meus pedidos pendentes', 'pending=pendentes'], ['o tablet que eu já recebi', 'delivered=que eu já recebi'],
    ['o pedido cancelado', 'cancelled=cancelado'], ['para o meu endereço cadastrado', 'default=meu endereço cadastrado'],
    ['num vale-presente ou PayPal, não no meu cartão de crédito', 'gift_card=vale-presente', 'paypal=PayPal', 'not=não', 'card=meu cartão de crédito'], ['coloquem no meu Visa', 'card=Visa'],
    ['na forma de pagamento original', 'original=forma de pagamento original'], ['no mesmo cartão', 'original=no mesmo cartão'],
    // Look-alikes.
    ['cadê meu pedido?'], ['quero devolver'], ['acabei de comprar uma luminária'], ['a placa de vídeo quebrou'], ['não foi entregue'], ['só chegou ontem'], ['sabe se tem estoque?'],
    ['obrigado, é só isso'], ['tenho uma dúvida sobre a nota fiscal'], ['chegou com arranhões'], ['me mandem a etiqueta'], ['a caixa veio amassada'],
  ],
  fr: [
   
    ["échanger le portable 15 pouces contre celui de 8 Go ou, si ce n'est pas possible, le moins cher ; laissez la lampe tranquille", 'to=contre', "if_not=si ce n'est pas possible", 'not=laissez'],
    ['changez-le en noir', 'to=en'], ['passer le paiement sur PayPal', 'to=sur', 'paypal=PayPal'], ['je veux le rouge au lieu du bleu', 'from=au lieu du'],
    ['à la place de la noire', 'from=à la place de'], ['pas la lampe mais la chaise', 'from=pas', 'to=mais'], ["si ce n'est pas disponible, annulez", "if_not=si ce n'est pas disponible"],
    ["s'il n'y en a plus, remboursez-moi", "if_not=s'il n'y en a plus"], ['sinon je garde la veste', 'if_not=sinon', 'not=je garde'], ['à défaut, la blanche', 'if_not=à défaut'],
    ["annulez uniquement si la commande n'est pas partie", 'if=uniquement si'], ['à condition que ce soit gratuit', 'if=à condition que'],
    ['je préfère la noire, de préférence en M', 'prefer=je préfère', 'prefer=de préférence'], ["l'idéal serait la blanche", "prefer=l'idéal serait"], ['seulement la lampe', 'only=seulement'],
    ['uniquement la chaise', 'only=uniquement'], ['je veux aussi rendre le mug', 'also=aussi'], ['également la chaise', 'also=également'], ['ne renvoyez pas la lampe', 'not=pas'],
    ['je garde le mug', 'not=je garde'], ['oubliez la veste', 'not=oubliez'], ['la même couleur', 'same=la même'], ['le reste identique', 'same=le reste identique'],
    ["n'importe quelle couleur", "any=n'importe quelle"], ['peu importe la taille', 'any=peu importe'], ['non attendez, la blanche', 'instead=non attendez'],
    ['finalement, la rouge', 'instead=finalement'], ["l'autre, s'il vous plaît", "other=l'autre"], ['le reste de la commande', 'other=le reste'],
    ['annulez mes commandes en attente', 'pending=en attente'], ["la tablette que j'ai reçue", "delivered=que j'ai reçue"], ['la commande annulée', 'cancelled=annulée'],
    ['à mon adresse par défaut', 'default=par défaut'],
    ['sur une carte cadeau ou PayPal, pas sur ma carte bancaire', 'gift_card=carte cadeau', 'paypal=PayPal', 'not=pas', 'card=ma carte bancaire'],
    ['mettez-le sur ma Visa', 'to=sur', 'card=Visa'], ["sur le moyen de paiement d'origine", "original=le moyen de paiement d'origine"], ['sur la même carte', 'original=la même carte'],
    ['un autre modèle', 'other=un autre'],
    // Look-alikes.
    ['où est ma commande ?'], ['je veux la renvoyer'], ["je viens d'acheter une lampe"], ['la carte graphique est cassée'], ["elle n'a pas été livrée"], ["vous savez si c'est disponible ?"],
    ["merci, c'est tout"], ["j'ai une question sur ma facture"], ['elle est arrivée rayée'], ["envoyez-moi l'étiquette s'il vous plaît"], ['bonjour madame'], ['le colis est abîmé'],
  ],
  de: [
    ['den 15-Zoll-Laptop gegen den mit 8 GB tauschen oder, falls das nicht geht, den günstigsten; lassen Sie die Lampe in Ruhe', 'to=gegen', 'if_not=falls das nicht geht', 'not=lassen'],
    ['ändern Sie es auf schwarz', 'to=auf'], ['die Zahlung auf PayPal ändern', 'to=auf', 'paypal=PayPal'], ['ich will die rote statt der blauen', 'from=statt'],
    ['anstelle der schwarzen', 'from=anstelle'], ['nicht die Lampe, sondern den Stuhl', 'from=nicht', 'to=sondern'],
    ['wenn das nicht möglich ist, stornieren', 'if_not=wenn das nicht möglich ist'], ['falls ausverkauft, Geld zurück', 'if_not=falls ausverkauft'],
    ['sonst behalte ich die Jacke', 'if_not=sonst', 'not=behalte'], ['ansonsten stornieren', 'if_not=ansonsten'],
    ['nur stornieren, wenn sie noch nicht verschickt ist', 'only=nur', 'if=wenn', 'pending=noch nicht verschickt'], ['sofern es kostenlos ist', 'if=sofern'],
    ['ich hätte lieber die schwarze, am liebsten in M', 'prefer=ich hätte lieber', 'prefer=am liebsten'], ['vorzugsweise die aus Holz', 'prefer=vorzugsweise'], ['nur die Lampe', 'only=nur'],
    ['ausschließlich den Stuhl', 'only=ausschließlich'], ['ich möchte auch die Tasse zurückgeben', 'also=auch'], ['außerdem den Stuhl stornieren', 'also=außerdem'],
    ['die Lampe bitte nicht', 'not=bitte nicht'], ['die Tasse behalte ich', 'not=behalte'], ['vergessen Sie die Stiefel', 'not=vergessen Sie'], ['die gleiche Farbe', 'same=die gleiche'],
    ['alles andere bleibt gleich', 'same=alles andere bleibt gleich'], ['egal welche Farbe', 'any=egal'], ['die Größe ist mir egal', 'any=egal'],
    ['nein, warten Sie, die weiße', 'instead=nein, warten Sie'], ['doch lieber die rote', 'instead=doch lieber'], ['die andere bitte', 'other=die andere'],
    ['der Rest der Bestellung', 'other=der Rest'], ['meine offenen Bestellungen stornieren', 'pending=offenen'],
    ['das Tablet, das ich schon bekommen habe', 'delivered=das ich schon bekommen'], ['die stornierte Bestellung', 'cancelled=stornierte'],
    ['an meine Standardadresse', 'default=meine Standardadresse'],
    ['auf eine Geschenkkarte oder PayPal, nicht auf meine Kreditkarte', 'gift_card=Geschenkkarte', 'paypal=PayPal', 'not=nicht', 'card=meine Kreditkarte'],
    ['buchen Sie es auf meine Visa', 'card=Visa'], ['auf die ursprüngliche Zahlungsart', 'original=die ursprüngliche Zahlungsart'], ['auf dieselbe Karte', 'original=dieselbe Karte'],
    ['eine andere Lampe', 'other=eine andere'],
    // Look-alikes.
    ['wo ist meine Bestellung'], ['ich möchte sie zurückschicken'], ['ich habe gerade eine Lampe gekauft'], ['die Grafikkarte ist kaputt'], ['es wurde nicht geliefert'],
    ['die kam erst gestern'], ['wissen Sie, wann sie kommt'], ['danke, das war alles'], ['ich habe eine Frage zur Rechnung'], ['sie hat Kratzer'], ['schicken Sie mir das Etikett'],
    ['die Speicherkarte fehlt'],
  ],
  ru: [
    ['поменяйте ноутбук 15 дюймов на тот, что с 8 ГБ, а если нет в наличии, то на самый дешёвый; лампу оставьте', 'to=на', 'if_not=а если нет в наличии', 'to=на', 'not=оставьте'],
    ['измените на чёрный', 'to=на'], ['смените оплату на PayPal', 'to=на', 'paypal=PayPal'], ['хочу красную вместо синей', 'from=вместо'], ['не лампу, а стул', 'from=не', 'to=а'],
    ['если это невозможно, отмените', 'if_not=если это невозможно'], ['если закончились, верните деньги', 'if_not=если закончились'], ['иначе оставлю куртку', 'if_not=иначе', 'not=оставлю'],
    ['если нет, отмените', 'if_not=если нет'], ['отмените, только если ещё не отправлен', 'if=только если', 'pending=ещё не отправлен'], ['при условии, что бесплатно', 'if=при условии, что'],
    ['предпочитаю чёрную, желательно в размере M', 'prefer=предпочитаю', 'prefer=желательно'], ['лучше белую', 'prefer=лучше'], ['в идеале деревянную', 'prefer=в идеале'],
    ['только лампу', 'only=только'], ['исключительно стул', 'only=исключительно'], ['также хочу вернуть кружку', 'also=также'], ['заодно отмените стул', 'also=заодно'],
    ['не возвращайте лампу', 'not=не'], ['кружку оставляю', 'not=оставляю'], ['забудьте про сапоги', 'not=забудьте'], ['тот же цвет', 'same=тот же'],
    ['остальное без изменений', 'same=остальное без изменений'], ['любой цвет', 'any=любой'], ['размер не важен, мне всё равно', 'any=всё равно'],
    ['нет, подождите, белую', 'instead=нет, подождите'], ['точнее, красную', 'instead=точнее'], ['другую, пожалуйста', 'other=другую'], ['остальные товары', 'other=остальные'],
    ['отмените мои неотправленные заказы', 'pending=неотправленные'], ['планшет, который я получил', 'delivered=который я получил'], ['отменённый заказ', 'cancelled=отменённый'],
    ['на адрес по умолчанию', 'default=по умолчанию'],
    ['на подарочную карту или PayPal, не на мою банковскую карту', 'gift_card=подарочную карту', 'paypal=PayPal', 'not=не', 'card=мою банковскую карту'],
    ['переведите на мою Visa', 'to=на', 'card=Visa'], ['на исходный способ оплаты', 'original=исходный способ оплаты'], ['на ту же карту', 'original=ту же карту'],
    ['другая лампа', 'other=другая'],
    // Look-alikes.
    ['где мой заказ'], ['хочу вернуть его'], ['я купил лампу'], ['видеокарта сломана'], ['не доставили'], ['пришёл вчера'], ['вы знаете, когда привезут'], ['спасибо, это всё'],
    ['у меня вопрос по счёту'], ['пришла с царапинами'], ['пришлите этикетку'], ['коробка помята'],
  ],
  ar: [
    ['استبدلوا اللابتوب باللي فيه 8 جيجا، وإذا لم يكن متوفرا الأرخص، واتركوا المصباح', 'to=ب', 'if_not=إذا لم يكن متوفرا', 'not=اتركوا'], ['غيروا اللون إلى الأسود', 'to=إلى'],
    ['تغيير الدفع إلى PayPal', 'to=إلى', 'paypal=PayPal'], ['أريد الأحمر بدلا من الأزرق', 'from=بدلا من'], ['مش المصباح بل الكرسي', 'not=مش', 'to=بل'],
    ['إذا لم يكن ممكنا ألغوه', 'if_not=إذا لم يكن ممكنا'], ['إذا نفد رجعوا لي المبلغ', 'if_not=إذا نفد'], ['وإلا سأحتفظ بالجاكيت', 'if_not=وإلا', 'not=سأحتفظ'],
    ['إذا ما فيه ألغوا الطلب', 'if_not=إذا ما فيه'], ['إذا كان متوفرا', 'if=إذا'], ['بشرط أن يكون مجانا', 'if=شرط أن'], ['أفضل الأسود', 'prefer=أفضل'],
    ['يا ريت اللون الأبيض', 'prefer=يا ريت'], ['المصباح فقط', 'only=فقط'], ['أريد أيضا إرجاع الكوب', 'also=أيضا'], ['كمان ألغوا الكرسي', 'also=كمان'], ['لا ترجعوا المصباح', 'not=لا'],
    ['سأحتفظ بالكوب', 'not=سأحتفظ'], ['انسوا الحذاء', 'not=انسوا'], ['نفس اللون', 'same=نفس'], ['الباقي كما هو', 'same=الباقي كما هو'], ['أي لون', 'any=أي'], ['لا يهم المقاس', 'any=لا يهم'],
    ['لا، انتظر، الأبيض', 'instead=لا، انتظر'], ['بالأحرى الأحمر', 'instead=بالأحرى'], ['الآخر من فضلك', 'other=الآخر'], ['باقي الطلب', 'other=باقي'],
    ['ألغوا طلباتي المعلقة', 'pending=معلقة'], ['الجهاز اللي وصلني', 'delivered=اللي وصلني'], ['الطلب الملغي', 'cancelled=ملغي'], ['إلى عنواني المسجل', 'default=عنواني المسجل'],
    ['على بطاقة هدية أو PayPal وليس بطاقتي الائتمانية', 'gift_card=بطاقة هدية', 'paypal=PayPal', 'not=ليس', 'card=بطاقتي الائتمانية'], ['على الفيزا', 'card=فيزا'],
    ['على طريقة الدفع الأصلية', 'original=طريقة الدفع الأصلية'], ['على نفس البطاقة', 'original=نفس البطاقة'], ['لون آخر', 'other=آخر'], ['بدل الأسود', 'from=بدل'],
    ['حصريا المصباح', 'only=حصريا'],
    // Look-alikes.
    ['أين طلبي'], ['أريد إرجاعه'], ['اشتريت مصباحا'], ['كرت الشاشة خربان'], ['لم يصل'], ['وصل أمس'], ['متى يصل'], ['شكرا، هذا كل شيء'], ['عندي سؤال عن الفاتورة'], ['وصل مخدوشا'],
    ['أرسلوا لي الملصق'], ['الصندوق مفتوح'],
  ],
};

test('every language the bot speaks has its table', () => {
  expect(Object.keys(TEXTS).toSorted()).toEqual(Object.keys(LANGUAGES).toSorted());
  for (const rows of Object.values(TEXTS)) {
    expect(rows.filter((row) => row.length > 1).length).toBeGreaterThanOrEqual(25);
    expect(rows.filter((row) => row.length === 1).length).toBeGreaterThanOrEqual(10);
  }
});

describe.each(Object.entries(TEXTS))('what the words around the values do in %s', (locale, rows) => {
  test.each(rows.map(([text, ...said]) => ({ text, said })))('$text', ({ text, said }) => {
    const found = markersIn(text, locale);
    expect(found.map(told)).toEqual(said);
    for (const entity of found) expect(entity.raw).toBe(text.slice(entity.start, entity.end));
  });
});

describe('means of payment and signs', () => {
  test.each([['visa', 'card'], ['MasterCard', 'card'], ['Amex', 'card'], ['Maestro', 'card'], ['PayPal', 'paypal'], ['gift card', 'gift_card'], ['GC', 'gift_card']])('"%s" is read in every language', (text, value) => {
    for (const locale of [...Object.keys(LANGUAGES), 'xx']) expect(markersIn(text, locale)).toMatchObject([{ kind: 'marker', value, raw: text }]);
  });
  test.each([['black > white', ['prefer']], ['black -> white', ['to']], ['<b>', []], ['> quoted', []], ['a >= b', []]])('%s', (text, values) => {
    expect(markersIn(text, 'en').map((entity) => entity.kind === 'marker' && entity.value)).toEqual(values);
  });
});

test('little words of one language are none in another', () => {
  expect(markersIn('also das passt gut', 'de')).toEqual([]);
  expect(markersIn('auch nur statt egal', 'en')).toEqual([]);
  expect(markersIn('only the other one', 'de')).toEqual([]);
});

test('a preposition marks the new thing only behind a word of change, in the same sentence', () => {
  expect(markersIn('a present for the boss', 'en')).toEqual([]);
  expect(markersIn('exchange it. It was a present for the boss', 'en')).toEqual([]);
  expect(markersIn('exchange it for the 15.6 inch one', 'en')).toMatchObject([{ value: 'to', raw: 'for' }]);
});

describe('whatever a customer sends', () => {
  const pieces = Object.entries(TEXTS).flatMap(([locale, rows]) => rows.flatMap(([text]) => text.split(' ').slice(0, 3).map((word) => [locale, `${word} `] as const)));

  test('is read without a fault, every span in its place and none over another', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.array(fc.constantFrom(...pieces.map(([, piece]) => piece)), { maxLength: 20 }).map((some) => some.join('')));
    fc.assert(fc.property(texts, fc.constantFrom(...Object.keys(TEXTS), 'xx'), (text, locale) => {
      let end = 0;
      for (const entity of markersIn(text, locale)) {
        expect(entity.start).toBeGreaterThanOrEqual(end);
        expect(entity.raw).toBe(text.slice(entity.start, entity.end));
        end = entity.end;
      }
    }), { seed: 11, numRuns: 400 });
  });

  test.each(Object.keys(TEXTS))('however long it is, in %s it is read to its end', (locale) => {
    markersIn('', locale);
    const own = [...new Set(pieces.filter(([one]) => one === locale).map(([, piece]) => piece))].filter((_, at) => at % 8 === 0);
    // A reader that goes over the text again and again comes to no end in the time a test has.
    for (const piece of own) expect(markersIn(piece.repeat(Math.ceil(20_000 / piece.length)), locale)).toBeInstanceOf(Array);
  });
});
