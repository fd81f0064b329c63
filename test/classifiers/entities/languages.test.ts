import { describe, expect, test } from '@jest/globals';
import { createEntityReader } from '../../../src/classifiers/entities/entity-reader.js';
import { LANGUAGES } from '../../../src/classifiers/languages/index.js';
import type { Entity } from '../../../src/domain/understanding.js';

const read = createEntityReader({ orderNumberPattern: 'AC-\\d{5}', returnNumberPattern: 'RMA-\\d{4}', country: 'US' });
/** A Wednesday. */
const at = '2026-05-20T12:00:00Z';

const span = (from: string, to: string): string => (from === to ? from : `${from}..${to}`);

/** An entity in a few words, as the tables tell it. */
function told(entity: Entity): string {
  switch (entity.kind) {
    case 'order_number': return `order ${entity.value}${entity.marked ? '' : '?'}`;
    case 'tracking_number': return `parcel ${entity.value}${entity.carrier === undefined ? '' : ` ${entity.carrier}`}`;
    case 'money': return `money ${entity.amount} ${entity.currency ?? '?'}`;
    case 'date': return `date ${span(entity.from, entity.to)}`;
    case 'time': return `time ${span(entity.from, entity.to)}`;
    case 'size': return `size ${entity.value}${entity.system === undefined ? '' : ` ${entity.system}`}`;
    case 'colour': return `colour ${entity.shade === undefined ? '' : `${entity.shade} `}${entity.value}`;
    case 'all': case 'both': case 'except': case 'comparison': return entity.kind;
    default: return `${entity.kind} ${entity.value}`;
  }
}

type Row = readonly [text: string, ...entities: string[]];

/** What customers write, and what is read; a text with nothing behind it holds only look-alikes. */
const TEXTS: Readonly<Record<string, readonly Row[]>> = {
  en: [
    ['where is order no. 88213 and 88214', 'order 88213', 'order 88214'], ['order number is W5512345', 'order W5512345'], ['my order from 2023', 'date 2023-01-01..2023-12-31'], ['tracking 1Z999AA10123456784', 'parcel 1Z999AA10123456784 ups'],
    ['FedEx 986578788855', 'parcel 986578788855 fedex'], ['my phone is (415) 555-2671', 'phone +14155552671'], ['call me on 415-555-2671, tracking is 415555267198', 'phone +14155552671', 'parcel 415555267198'],
    ['my name is Ana López and I live at 12 Main Street', 'name Ana López', 'street 12 Main Street'], ['ship it to 221B Baker Street, London', 'street 221B Baker Street'], ['zip 90210', 'postcode 90210'],
    ['do you ship to Germany or the UK', 'country DE', 'country GB'], ['I paid $1,299.50', 'money 129950 USD'], ['two hundred and fifty euros', 'money 25000 EUR'], ['5k dollars, 50 cents', 'money 500000 USD', 'money 50 ?'],
    ['send me 3 shirts', 'quantity 3'], ['qty: 4', 'quantity 4'], ['only one of the lamps', 'quantity 1'], ['size M in dark blue', 'size M', 'colour dark blue'], ['from size 42 to 43', 'size 42', 'size 43'], ['EU 38 or US 7.5', 'size 38 EU', 'size 7.5 US'],
    ['one size, off-white', 'size one-size', 'colour cream'], ['the navy one, not the grey', 'colour navy', 'colour grey'], ['it came the day before yesterday at 5 pm', 'date 2026-05-18', 'time 17:00'], ['between 3 and 5 May', 'date 2026-05-03..2026-05-05'],
    ['ordered on the 3rd', 'date 2026-05-03'], ['two weeks ago', 'date 2026-05-06'], ['next Friday in the afternoon', 'date 2026-05-22', 'time 12:00..18:00'], ['last weekend', 'date 2026-05-16..2026-05-17'],
    ['the second one and the last but one', 'ordinal 2', 'ordinal -2'], ['items 2 and 3', 'ordinal 2', 'ordinal 3'], ['everything except the first', 'all', 'except', 'ordinal 1'], ['both of them', 'both'], ['the zip came off', 'return_reason defective'],
    ['it came yesterday broken', 'date 2026-05-19', 'return_reason damaged_in_transit'], ['coupon SAVE20', 'code SAVE20'], ['my code is 481516', 'one_time_code 481516'],
    // Look-alikes.
    ['may 3 of them go back?', 'quantity 3'], ['it took 30 seconds'], ['one second please'], ['good afternoon'], ['black friday'], ['ten rengi çorap'], ['2 x 42', 'quantity 2'], ['the sun cream sat on a shelf'], ['sent us 2 boxes', 'quantity 2'],
    ['for the last time, at first I liked it'], ['the turkey pan and the jersey'], ['five stars, 100 % fine'], ['in 2 days 50 % off', 'date 2026-05-22'], ['no one told me once'],
  ],
  es: [
    ['¿dónde está mi pedido 88213?', 'order 88213'], ['los pedidos 1042 y 1043', 'order 1042', 'order 1043'], ['mi pedido de 2023', 'date 2023-01-01..2023-12-31'], ['número de guía RR123456785CN', 'parcel RR123456785CN'], ['Correos, seguimiento 12345678901', 'parcel 12345678901 correos'],
    ['mi móvil es 612 345 678', 'phone +34612345678'], ['me llamo Juan Pérez García', 'name Juan Pérez García'], ['está a nombre de Lucía Gómez', 'name Lucía Gómez'], ['vivo en la Calle Mayor 12, 3º B', 'street Calle Mayor 12, 3º B'], ['código postal 28013', 'postcode 28013'],
    ['¿envían a Estados Unidos o a Alemania?', 'country US', 'country DE'], ['pagué 1.299,50 €', 'money 129950 EUR'], ['doscientos cincuenta pesos mexicanos', 'money 25000 MXN'], ['cinco mil pesos colombianos', 'money 500000 COP'], ['5 euros y 50 céntimos', 'money 550 EUR'],
    ['quiero devolver dos camisetas', 'quantity 2'], ['3 unidades', 'quantity 3'], ['solo una', 'quantity 1'], ['talla 38 en rojo oscuro', 'size 38', 'colour dark red'], ['talla mediana', 'size M'], ['azul marino, talla única', 'colour navy', 'size one-size'],
    ['lo pedí anteayer', 'date 2026-05-18'], ['hace quince días', 'date 2026-05-05'], ['el lunes pasado a las 5 de la tarde', 'date 2026-05-18', 'time 17:00'], ['la semana que viene por la mañana', 'date 2026-05-25..2026-05-31', 'time 06:00..12:00'], ['del 3 al 5 de mayo', 'date 2026-05-03..2026-05-05'], ['el 1º de marzo de 2025', 'date 2025-03-01'],
    ['el segundo y el último', 'ordinal 2', 'ordinal -1'], ['la penúltima', 'ordinal -2'], ['todos menos el primero', 'all', 'except', 'ordinal 1'], ['las dos', 'both'], ['llegó ayer roto', 'date 2026-05-19', 'return_reason damaged_in_transit'], ['me queda chica', 'return_reason wrong_size'],
    ['cupón VERANO10', 'code VERANO10'], ['mi código es 481 516', 'one_time_code 481516'], ['de color café', 'colour brown'],
    // Look-alikes.
    ['buenas tardes'], ['es tan bonito'], ['un momento, un segundo'], ['más o menos'], ['por lo menos'], ['pagué con la tarjeta oro'], ['la página en blanco'], ['por primera vez'], ['el código postal es 28045 y no 28054', 'postcode 28045'], ['compré un artículo'],
  ],
  pt: [
    ['cadê meu pedido 88213?', 'order 88213'], ['pedidos nº 1042 e 1043', 'order 1042', 'order 1043'], ['o pedido de 2023', 'date 2023-01-01..2023-12-31'], ['código de rastreio RR123456785CN', 'parcel RR123456785CN'], ['rastreio dos Correios: QB123456785BR', 'parcel QB123456785BR correios'],
    ['meu celular é (11) 98765-4321', 'phone +5511987654321'], ['meu nome é João da Silva', 'name João da Silva'], ['está no nome da Maria Souza', 'name Maria Souza'], ['Rua das Flores, 123, ap 41', 'street Rua das Flores, 123, ap 41'], ['CEP 01310-100', 'postcode 01310-100'],
    ['vocês enviam para os Estados Unidos ou Angola?', 'country US', 'country AO'], ['paguei R$ 1.299,50', 'money 129950 BRL'], ['duzentos e cinquenta reais', 'money 25000 BRL'], ['deu 20 reais e 50 centavos', 'money 2050 BRL'], ['quero duas camisas', 'quantity 2'], ['qtd: 3', 'quantity 3'], ['só um', 'quantity 1'],
    ['tamanho GG em azul-marinho', 'size XL', 'colour navy'], ['calço 38', 'size 38'], ['vermelho escuro, tamanho único', 'colour dark red', 'size one-size'], ['comprei anteontem', 'date 2026-05-18'], ['há três semanas', 'date 2026-04-29'], ['na sexta-feira passada', 'date 2026-05-15'],
    ['amanhã de manhã às 9h30', 'date 2026-05-21', 'time 09:30'], ['mês que vem', 'date 2026-06-01..2026-06-30'], ['de 3 a 5 de maio', 'date 2026-05-03..2026-05-05'], ['dia 14 de janeiro', 'date 2026-01-14'], ['o segundo e o último', 'ordinal 2', 'ordinal -1'], ['a penúltima', 'ordinal -2'],
    ['quero tudo menos o perfume', 'all', 'except'], ['os dois', 'both'], ['veio com defeito', 'return_reason defective'], ['chegou quebrado', 'return_reason damaged_in_transit'], ['me arrependi da compra', 'return_reason changed_mind'], ['cupom NATAL15', 'code NATAL15'], ['o token é 481516', 'one_time_code 481516'],
    // Look-alikes.
    ['boa tarde'], ['bom dia'], ['o carteiro dos Correios'], ['em dez minutos'], ['segundo o site'], ['mais tarde'], ['pelo menos'], ['deu branco'], ['segunda via'], ['quero um vestido'], ['meu pé é 40'],
  ],
  fr: [
    ['où est ma commande 88213 ?', 'order 88213'], ['les commandes n° 1042 et 1043', 'order 1042', 'order 1043'], ['ma commande de 2023', 'date 2023-01-01..2023-12-31'], ['numéro de suivi RR123456785CN', 'parcel RR123456785CN'], ['le colis Colissimo, suivi 12345678901', 'parcel 12345678901 colissimo'],
    ['mon portable est le 06 12 34 56 78', 'phone +33612345678'], ['je m’appelle Marie Dupont', 'name Marie Dupont'], ['colis au nom de Jean-Luc Moreau', 'name Jean-Luc Moreau'], ['12 bis rue de la Paix, 75002 Paris', 'street 12 bis rue de la Paix', 'postcode 75002', 'city Paris'], ['code postal 69003', 'postcode 69003'],
    ['vous livrez en Allemagne ou aux États-Unis ?', 'country DE', 'country US'], ['j’ai payé 1 299,50 €', 'money 129950 EUR'], ['deux cent cinquante francs suisses', 'money 25000 CHF'], ['12€50', 'money 1250 EUR'], ['5 euros 50', 'money 550 EUR'], ['je renvoie deux pulls', 'quantity 2'], ['quantité : 3', 'quantity 3'],
    ['taille M en bleu foncé', 'size M', 'colour dark blue'], ['pointure 42 au lieu de 41', 'size 42', 'size 41'], ['taille unique, bordeaux', 'size one-size', 'colour burgundy'], ['reçu avant-hier vers 17h30', 'date 2026-05-18', 'time 17:30'], ['il y a trois semaines', 'date 2026-04-29'], ['lundi dernier à 9 h du matin', 'date 2026-05-18', 'time 09:00'],
    ['la semaine prochaine en fin de journée', 'date 2026-05-25..2026-05-31', 'time 18:00..22:00'], ['du 3 au 5 mai', 'date 2026-05-03..2026-05-05'], ['le 1er mars 2025', 'date 2025-03-01'], ['commandé le 12', 'date 2026-05-12'], ['le deuxième et le dernier', 'ordinal 2', 'ordinal -1'], ['l’avant-dernière', 'ordinal -2'],
    ['tous sauf le premier', 'all', 'except', 'ordinal 1'], ['les deux', 'both'], ['arrivé hier cassé', 'date 2026-05-19', 'return_reason damaged_in_transit'], ['elle ne fonctionne plus', 'return_reason defective'], ['trop petit', 'return_reason wrong_size'], ['j’ai changé d’avis', 'return_reason changed_mind'], ['code promo NOEL10', 'code NOEL10'],
    // Look-alikes.
    ['bon après-midi'], ['j’ai mal au dos, je dois partir'], ['tout à l’heure'], ['pas du tout'], ['une seconde'], ['M. Dupont est là'], ['ma carte bleue'], ['un produit neuf'], ['ça ira'], ['cinq étoiles'], ['toute la journée'], ['la première fois'], ['je l’ai cru'],
  ],
  de: [
    ['wo ist meine Bestellung 88213?', 'order 88213'], ['Bestellungen Nr. 1042 und 1043', 'order 1042', 'order 1043'], ['meine Bestellung von 2023', 'date 2023-01-01..2023-12-31'], ['Sendungsnummer RR123456785CN', 'parcel RR123456785CN'], ['DHL Sendung 00340434161094042557', 'parcel 00340434161094042557 dhl'],
    ['meine Handynummer ist 0151 23456789', 'phone +4915123456789'], ['ich heiße Anna Müller', 'name Anna Müller'], ['auf den Namen Jürgen von der Heide', 'name Jürgen von der Heide'], ['Hauptstraße 12a, 10115 Berlin', 'street Hauptstraße 12a', 'postcode 10115', 'city Berlin'], ['Am Markt 3, 06484 Quedlinburg', 'street Am Markt 3', 'postcode 06484', 'city Quedlinburg'],
    ['Versand nach Österreich oder in die Schweiz?', 'country AT', 'country CH'], ['1.299,50 € bezahlt', 'money 129950 EUR'], ['zweihundertfünfzig'], ['fünfundzwanzig Franken', 'money 2500 CHF'], ['49,- Euro', 'money 4900 EUR'], ['zwei Hosen zurück', 'quantity 2'], ['3 Stück', 'quantity 3'], ['nur eine', 'quantity 1'],
    ['Größe 42 in hellblau', 'size 42', 'colour light blue'], ['Groesse XL statt L', 'size XL', 'size L'], ['dunkelgrüne Jacke, Einheitsgröße', 'colour dark green', 'size one-size'], ['vorgestern gegen 14 Uhr', 'date 2026-05-18', 'time 14:00'], ['vor drei Wochen', 'date 2026-04-29'], ['am 3.5. bestellt', 'date 2026-05-03'], ['seit letztem Montag', 'date 2026-05-18'],
    ['nächste Woche um halb sechs abends', 'date 2026-05-25..2026-05-31', 'time 17:30'], ['vom 3. bis 5. Mai', 'date 2026-05-03..2026-05-05'], ['am 1. März 2025', 'date 2025-03-01'], ['der zweite und der vorletzte Artikel', 'ordinal 2', 'ordinal -2'], ['alles außer dem ersten', 'all', 'except', 'ordinal 1'], ['beide', 'both'],
    ['kam gestern kaputt an', 'date 2026-05-19', 'return_reason damaged_in_transit'], ['passt mir nicht', 'return_reason wrong_size'], ['gefällt mir nicht', 'return_reason changed_mind'], ['Ladekabel fehlt', 'return_reason missing_parts'], ['Gutschein HERBST15', 'code HERBST15'], ['der Code ist 481516', 'one_time_code 481516'],
    // Look-alikes.
    ['ich weiß nicht'], ['guten Morgen'], ['guten Abend'], ['Mai Nguyen', ], ['steht hier so'], ['eine Sekunde'], ['zum ersten Mal'], ['alles klar, vor allem'], ['bis auf weiteres'], ['im Paket war ein Artikel'], ['meine Oma'], ['fünf Sterne'], ['außer Betrieb'],
  ],
  ru: [
    ['где мой заказ 88213?', 'order 88213'], ['заказы № 1042 и 1043', 'order 1042', 'order 1043'], ['заказ 2023 года', 'date 2023-01-01..2023-12-31'], ['трек-номер RR123456785CN', 'parcel RR123456785CN'], ['Почта России, отправление 12345678901', 'parcel 12345678901 russian-post'],
    ['мой телефон 8 912 345-67-89', 'phone +79123456789'], ['меня зовут Анна Иванова', 'name Анна Иванова'], ['посылка на имя Петрова', 'name Петрова'], ['ул. Ленина, д. 5, кв. 12', 'street ул. Ленина, д. 5, кв. 12'], ['Ленинский проспект, 12', 'street Ленинский проспект, 12'], ['индекс 101000', 'postcode 101000'],
    ['доставка в Германию и США', 'country DE', 'country US'], ['из Казахстана', 'country KZ'], ['заплатил 1 299,50 руб', 'money 129950 RUB'], ['двести пятьдесят рублей', 'money 25000 RUB'], ['5 тыс. рублей', 'money 500000 RUB'], ['верните две футболки', 'quantity 2'], ['3 шт.', 'quantity 3'], ['только одну', 'quantity 1'],
    ['размер 46, тёмно-синий', 'size 46', 'colour navy'], ['44-й размер, светло-зеленая', 'size 44', 'colour light green'], ['красную и чёрное', 'colour red', 'colour black'], ['позавчера в 17:30', 'date 2026-05-18', 'time 17:30'], ['три недели назад', 'date 2026-04-29'], ['в прошлый понедельник в 9 утра', 'date 2026-05-18', 'time 09:00'],
    ['на следующей неделе вечером', 'date 2026-05-25..2026-05-31', 'time 18:00..22:00'], ['с 3 по 5 мая', 'date 2026-05-03..2026-05-05'], ['1 марта 2025 года', 'date 2025-03-01'], ['от 03.05.', 'date 2026-05-03'], ['верните второй товар', 'ordinal 2'], ['предпоследний', 'ordinal -2'], ['всё кроме первого', 'all', 'except', 'ordinal 1'], ['обе', 'both'],
    ['пришёл вчера разбитый', 'date 2026-05-19', 'return_reason damaged_in_transit'], ['чайник не включается', 'return_reason defective'], ['не подошел размер', 'return_reason wrong_size'], ['передумала', 'return_reason changed_mind'], ['промокод SPRING15', 'code SPRING15'], ['код 481516', 'one_time_code 481516'],
    // Look-alikes.
    ['добрый день'], ['доброе утро'], ['в первый раз'], ['одну минуту'], ['всё равно'], ['скорее всего'], ['кроме того'], ['чёрная пятница'], ['того же цвета'], ['не сломано, а просто не нужно'], ['пять звёзд'], ['второй день жду'],
  ],
  ar: [
    ['وين طلبي رقم ٨٨٢١٣؟', 'order 88213'], ['الطلبات 1042 و 1043', 'order 1042', 'order 1043'], ['طلب سنة 2023', 'date 2023-01-01..2023-12-31'], ['رقم التتبع RR123456785CN', 'parcel RR123456785CN'], ['أرامكس بوليصة 12345678901', 'parcel 12345678901 aramex'],
    ['جوالي 0501234567', 'phone +966501234567'], ['اسمي محمد العلي', 'name محمد العلي'], ['باسم سارة', 'name سارة'], ['شارع الملك فهد، مبنى 12', 'street شارع الملك فهد, مبنى 12'], ['الرمز البريدي 11564', 'postcode 11564'], ['توصلون للسعودية ولألمانيا؟', 'country SA', 'country DE'], ['من مصر', 'country EG'],
    ['دفعت ١٢٩٫٥ ريال', 'money 12950 SAR'], ['299 درهم', 'money 29900 AED'], ['بخمسين دولار', 'money 5000 USD'], ['12.500 دينار كويتي', 'money 12500 KWD'], ['ثلاث قمصان', 'quantity 3'], ['حبتين', 'quantity 2'], ['الكمية: ٤', 'quantity 4'], ['مقاس L أسود', 'size L', 'colour black'], ['مقاس ٤٢ أزرق غامق', 'size 42', 'colour dark blue'],
    ['مقاس لارج كحلي', 'size L', 'colour navy'], ['أمس الساعة 5 مساءً', 'date 2026-05-19', 'time 17:00'], ['أول أمس', 'date 2026-05-18'], ['قبل ثلاثة أيام', 'date 2026-05-17'], ['من أسبوعين', 'date 2026-05-06'], ['الخميس الماضي', 'date 2026-05-14'], ['الأسبوع القادم بالليل', 'date 2026-05-25..2026-05-31', 'time 22:00..06:00'], ['٣ مايو ٢٠٢٥', 'date 2025-05-03'], ['5 كانون الثاني', 'date 2026-01-05'],
    ['المنتج الثاني', 'ordinal 2'], ['الأخير', 'ordinal -1'], ['كلهم ما عدا الأول', 'all', 'except', 'ordinal 1'], ['كلاهما', 'both'], ['وصل مكسور', 'return_reason damaged_in_transit'], ['ما يشتغل', 'return_reason defective'], ['المقاس صغير', 'return_reason wrong_size'], ['غيرت رأيي', 'return_reason changed_mind'], ['كوبون RAMADAN25', 'code RAMADAN25'], ['رمز التحقق ٤٨١٥١٦', 'one_time_code 481516'],
    // Look-alikes, and words with their vowel signs.
    ['صباح الخير'], ['مساء النور'], ['لحظة واحدة'], ['أول مرة'], ['كل يوم'], ['خمس نجوم'], ['بعد المغرب', 'time 18:00..22:00'], ['الجمعة البيضاء'], ['بني آدم'], ['رجعوا لي مالي'], ['الدور الثاني'], ['أَمْسِ', 'date 2026-05-19'], ['مكســـور', 'return_reason defective'],
  ],
  zh: [
    ['订单号 104233 到哪了', 'order 104233'], ['订单1042和1043', 'order 1042', 'order 1043'], ['2023年的订单', 'date 2023-01-01..2023-12-31'], ['快递单号 773012345678901', 'parcel 773012345678901'], ['顺丰 SF1234567890123', 'parcel SF1234567890123 sf'], ['手机号13812345678', 'phone +8613812345678'], ['我叫王小明', 'name 王小明'],
    ['北京市朝阳区建国路88号', 'street 北京市朝阳区建国路88号'], ['邮编 510000', 'postcode 510000'], ['寄到德国和英国', 'country DE', 'country GB'], ['付了199元', 'money 19900 CNY'], ['三百五十块钱', 'money 35000 CNY'], ['1.5万日元', 'money 15000 JPY'], ['要两个', 'quantity 2'], ['十二件', 'quantity 12'], ['数量：3', 'quantity 3'],
    ['42码黑色', 'size 42', 'colour black'], ['M码换XL', 'size M', 'size XL'], ['深蓝色大号', 'colour dark blue', 'size L'], ['均码，藏青色', 'size one-size', 'colour navy'], ['大前天', 'date 2026-05-17'], ['昨天下午5点半', 'date 2026-05-19', 'time 17:30'], ['三周前', 'date 2026-04-29'], ['上周三晚上8点', 'date 2026-05-13', 'time 20:00'],
    ['5月3号到5号', 'date 2026-05-03..2026-05-05'], ['去年十二月', 'date 2025-01-01..2025-12-31', 'date 2025-12-01..2025-12-31'], ['3号下单的', 'date 2026-05-03'], ['下个月', 'date 2026-06-01..2026-06-30'], ['第二个和最后一个', 'ordinal 2', 'ordinal -1'], ['倒数第二个', 'ordinal -2'], ['除了第一个都退', 'except', 'ordinal 1', 'all'], ['两个都', 'both'],
    ['昨天收到就坏了', 'date 2026-05-19', 'return_reason defective'], ['发错货了', 'return_reason wrong_item'], ['太小了', 'return_reason wrong_size'], ['优惠券 SAVE50', 'code SAVE50'], ['验证码 481516', 'one_time_code 481516'],
    // Look-alikes.
    ['下午好'], ['早上好'], ['有一点问题'], ['第一次买'], ['一个月'], ['蓝牙连上了'], ['领红包'], ['绿色通道'], ['两块电池', 'quantity 2'], ['开个小号'], ['一起'], ['18号线'],
  ],
};

const HOME: Readonly<Record<string, string>> = { en: 'US', es: 'ES', pt: 'BR', fr: 'FR', de: 'DE', ru: 'RU', ar: 'SA', zh: 'CN' };

test('every language the bot speaks has its table', () => {
  expect(Object.keys(TEXTS).toSorted()).toEqual(Object.keys(LANGUAGES).toSorted());
});

describe.each(Object.entries(TEXTS))('what a customer says in %s', (locale, rows) => {
  test.each(rows.map(([text, ...entities]) => ({ text, entities })))('$text', ({ text, entities }) => {
    // The words about the values (markers, comparisons) have tests of their own.
    const found = read(text, locale, { at, country: HOME[locale] ?? 'US' }).filter(({ kind }) => kind !== 'marker' && kind !== 'comparison');
    expect(found.map(told)).toEqual(entities);
    for (const entity of found) expect(entity.raw).toBe(text.slice(entity.start, entity.end));
  });
});
