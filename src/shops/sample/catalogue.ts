import { money } from '../../domain/money.js';
import type { Product, Variant } from '../../domain/product.js';
import { createRandom, type Random } from './random.js';

const C = {
  lamp: ['black', 'white', 'brass', 'sage green'], kitchen: ['steel', 'black', 'cream'], cloth: ['black', 'navy', 'olive', 'sand'], shoe: ['white', 'black', 'red'],
  tech: ['black', 'white', 'blue'], phone: ['clear', 'black', 'lilac', 'mint'], jewel: ['gold', 'silver', 'rose gold'], soft: ['white', 'nude', 'black'],
} as const;
const SIZES = ['XS', 'S', 'M', 'L', 'XL'] as const;
const EU_SIZES = ['37', '38', '39', '40', '41', '42'] as const;
type Axes = Readonly<Record<string, readonly string[]>>;
type Row = readonly [id: string, name: string, category: string, cents: number, axes: Axes, aliases: string];

/** Id, name, category, price in cents, options, further names. Ids and names stand in docs and tests: add, don't rename. */
const ROWS: readonly Row[] = [
  ['desk-lamp', 'Desk lamp Luma', 'lighting', 4990, { colour: C.lamp }, 'desk light, table lamp, reading lamp, 台灯, 桌灯, lámpara de escritorio, flexo, luminária de mesa, candeeiro de secretária, lampe de bureau, Schreibtischlampe, Tischlampe, настольная лампа, مصباح مكتب'],
  ['floor-lamp', 'Floor lamp Arco', 'lighting', 12900, { colour: C.lamp }, 'standing lamp, 落地灯, lámpara de pie, luminária de chão, candeeiro de pé, lampadaire, lampe sur pied, Stehlampe, торшер, напольная лампа, مصباح أرضي'],
  ['string-lights', 'String lights Stella', 'lighting', 2490, { length: ['5 m', '10 m', '20 m'], colour: ['warm white', 'cold white', 'coloured'] }, 'fairy lights, 彩灯, 灯串, guirnalda de luces, pisca-pisca, cordão de luzes, guirlande lumineuse, Lichterkette, гирлянда, حبل إضاءة'],
  ['night-light', 'Night light Owl', 'lighting', 1890, { colour: ['white', 'yellow', 'pink'] }, 'child lamp, 小夜灯, luz nocturna, luz noturna, veilleuse, Nachtlicht, ночник, مصباح ليلي'],
  ['ceiling-lamp', 'Ceiling lamp Orbit', 'lighting', 8900, { colour: ['black', 'white'], diameter: ['40 cm', '60 cm'] }, 'pendant lamp, 吊灯, 吸顶灯, lámpara de techo, luminária de teto, candeeiro de teto, plafonnier, suspension, Deckenlampe, Hängelampe, люстра, потолочный светильник, مصباح سقف, ثريا'],
  ['kettle', 'Kettle Brio', 'kitchen', 3990, { colour: C.kitchen }, 'water boiler, 热水壶, 水壶, hervidor, chaleira, bouilloire, Wasserkocher, чайник, غلاية'],
  ['gooseneck-kettle', 'Gooseneck kettle Brio Slim', 'kitchen', 5990, { colour: C.kitchen }, 'coffee kettle, 手冲壶, hervidor de cuello, chaleira de bico fino, bouilloire col de cygne, Schwanenhalskessel, чайник для кофе, غلاية قهوة'],
  ['knife-set', 'Knife set Tajo', 'kitchen', 7990, { pieces: ['3 pieces', '5 pieces', '7 pieces'] }, 'kitchen knives, 刀具套装, 菜刀, juego de cuchillos, cuchillos, jogo de facas, facas, couteaux, Messerset, Messer, набор ножей, ножи, سكاكين'],
  ['frying-pan', 'Frying pan Ferro', 'kitchen', 3490, { diameter: ['20 cm', '24 cm', '28 cm'] }, 'skillet, 平底锅, 煎锅, sartén, frigideira, poêle, Pfanne, Bratpfanne, сковорода, сковородка, مقلاة'],
  ['coffee-grinder', 'Coffee grinder Molo', 'kitchen', 4590, { colour: C.kitchen }, 'coffee mill, 咖啡磨, 磨豆机, molinillo de café, moedor de café, moinho de café, moulin à café, Kaffeemühle, кофемолка, مطحنة قهوة'],
  ['lunch-box', 'Lunch box Bento Duo', 'kitchen', 2290, { colour: ['green', 'grey', 'rose'] }, 'bento, 饭盒, 便当盒, fiambrera, tartera, marmita, lancheira, boîte à repas, Brotdose, ланчбокс, علبة طعام'],
  ['jacket', 'Rain jacket Nimbo', 'apparel', 8900, { colour: C.cloth, size: SIZES }, 'jacket, anorak, raincoat, 夹克, 雨衣, 外套, chaqueta, impermeable, jaqueta, capa de chuva, casaco impermeável, imperméable, veste, Jacke, Regenjacke, куртка, дождевик, سترة, جاكيت مطر'],
  ['down-jacket', 'Down jacket Alba', 'apparel', 14900, { colour: ['black', 'navy', 'rust'], size: SIZES }, 'puffer jacket, winter jacket, 羽绒服, plumífero, abrigo, jaqueta puffer, casaco acolchoado, doudoune, Daunenjacke, Winterjacke, пуховик, جاكيت, معطف'],
  ['dress', 'Summer dress Marea', 'apparel', 5990, { colour: ['blue', 'coral', 'white'], size: SIZES }, 'dress, 连衣裙, 裙子, vestido, robe, Kleid, Sommerkleid, платье, فستان'],
  ['linen-shirt', 'Linen shirt Brisa', 'apparel', 4490, { colour: ['white', 'sky blue', 'sand'], size: SIZES }, 'shirt, 亚麻衬衫, 衬衫, camisa, camisa de linho, chemise, Hemd, Leinenhemd, рубашка, قميص'],
  ['jeans', 'Jeans Vega', 'apparel', 6490, { colour: ['blue', 'black'], size: SIZES }, 'denim trousers, 牛仔裤, vaqueros, tejanos, calça jeans, calças de ganga, jean, Jeanshose, джинсы, جينز'],
  ['sweater', 'Wool sweater Fjell', 'apparel', 6990, { colour: ['grey', 'forest', 'cream'], size: SIZES }, 'jumper, pullover, 毛衣, jersey, suéter, blusa de lã, camisola de lã, pull, Pulli, Wollpullover, свитер, джемпер, سويتر, كنزة'],
  ['t-shirt', 'T-shirt Basic', 'apparel', 1590, { colour: C.cloth, size: SIZES }, 'tee, T恤, camiseta, t-shirt, tee-shirt, футболка, تيشيرت, تي شيرت'],
  ['yoga-leggings', 'Leggings Asana', 'apparel', 3490, { colour: ['black', 'plum', 'teal'], size: SIZES }, 'yoga pants, 瑜伽裤, 紧身裤, mallas, leggings, legging, calças de ioga, леггинсы, лосины, ليقنز, ليغنغز'],
  ['sneakers', 'Sneakers Paso', 'footwear', 7490, { colour: C.shoe, size: EU_SIZES }, 'trainers, shoes, 运动鞋, 球鞋, zapatillas, deportivas, tênis, ténis, sapatilhas, baskets, Turnschuhe, Sportschuhe, кроссовки, حذاء رياضي, سنيكرز'],
  ['hiking-boots', 'Hiking boots Sierra', 'footwear', 11900, { colour: ['brown', 'grey'], size: EU_SIZES }, 'boots, 登山鞋, 靴子, botas de montaña, botas, botas de caminhada, botas de trekking, chaussures de randonnée, chaussures de rando, Wanderschuhe, Wanderstiefel, ботинки, треккинговые ботинки, بوت, حذاء مشي'],
  ['sandals', 'Sandals Duna', 'footwear', 3990, { colour: ['tan', 'black'], size: EU_SIZES }, '凉鞋, sandalias, sandálias, sandales, Sandalen, сандалии, босоножки, صندل'],
  ['slippers', 'Slippers Lana', 'footwear', 2490, { colour: ['grey', 'rose'], size: ['37', '39', '41'] }, 'house shoes, 拖鞋, zapatillas de casa, pantuflas, pantufas, chinelos, chaussons, pantoufles, Hausschuhe, Pantoffeln, тапочки, тапки, شبشب'],
  ['headphones', 'Headphones Onda', 'electronics', 8990, { colour: C.tech }, 'headset, over-ear headphones, 耳机, 头戴式耳机, auriculares, cascos, fones de ouvido, auscultadores, casque, casque audio, Kopfhörer, наушники, سماعات رأس, سماعة'],
  ['earbuds', 'Earbuds Gota', 'electronics', 5990, { colour: C.tech }, 'earphones, in-ear headphones, 无线耳机, 耳塞, auriculares inalámbricos, fones sem fio, auriculares sem fios, écouteurs, Ohrhörer, Ohrstöpsel, вкладыши, беспроводные наушники, سماعات, سماعات أذن'],
  ['speaker', 'Speaker Eco Mini', 'electronics', 4490, { colour: C.tech }, 'bluetooth speaker, 音箱, 蓝牙音响, altavoz, caixa de som, coluna, enceinte, haut-parleur, Lautsprecher, колонка, مكبر صوت, سبيكر'],
  ['power-bank', 'Power bank Voltio', 'electronics', 3290, { capacity: ['5000 mAh', '10000 mAh', '20000 mAh'] }, 'portable charger, 充电宝, 移动电源, batería externa, carregador portátil, bateria portátil, batterie externe, Powerbank, повербанк, внешний аккумулятор, باور بانك, بطارية متنقلة'],
  ['smart-plug', 'Smart plug Nodo', 'electronics', 1990, { plug: ['EU', 'UK', 'US'] }, 'wifi socket, 智能插座, enchufe inteligente, tomada inteligente, prise connectée, smarte Steckdose, умная розетка, قابس ذكي'],
  ['charger', 'Charger Rapido 65 W', 'electronics', 3490, { plug: ['EU', 'UK', 'US'] }, 'usb charger, power adapter, 充电器, cargador, carregador, chargeur, Ladegerät, зарядка, зарядное устройство, شاحن'],
  ['desk-fan', 'Desk fan Aura', 'electronics', 2990, { colour: ['white', 'mint', 'black'] }, 'fan, ventilator, 风扇, ventilador, ventoinha, ventilateur, вентилятор, مروحة'],
  ['phone-case', 'Phone case Shell', 'phone_accessories', 1490, { model: ['Nova 5', 'Nova 5 Pro', 'Lago 3'], colour: C.phone }, 'mobile cover, case, 手机壳, funda, carcasa, capinha, capa de celular, capa de telemóvel, coque, Handyhülle, чехол, غطاء جوال, كفر'],
  ['screen-glass', 'Screen glass Clear 2-pack', 'phone_accessories', 1190, { model: ['Nova 5', 'Nova 5 Pro', 'Lago 3'] }, 'screen protector, 钢化膜, 屏幕膜, protector de pantalla, película, verre trempé, protection d’écran, Schutzglas, Panzerglas, защитное стекло, واقي شاشة'],
  ['phone-holder', 'Phone holder Grip', 'phone_accessories', 1690, { colour: ['black', 'white', 'wood'] }, 'phone stand, 手机支架, soporte para móvil, suporte de celular, suporte de telemóvel, support de téléphone, Handyhalter, держатель для телефона, حامل جوال'],
  ['usb-cable', 'USB cable Braid', 'phone_accessories', 990, { length: ['1 m', '2 m', '3 m'], colour: ['black', 'white'] }, 'charging cable, 数据线, 充电线, cable, cabo, cabo usb, câble, Kabel, Ladekabel, кабель, провод, كابل, سلك'],
  ['tent', 'Tent Refugio', 'outdoor', 18900, { persons: ['2 persons', '3 persons', '4 persons'], colour: ['green', 'orange'] }, 'camping tent, 帐篷, tienda de campaña, carpa, barraca, tenda, tente, Zelt, палатка, خيمة'],
  ['sleeping-bag', 'Sleeping bag Nido', 'outdoor', 6990, { comfort: ['0 °C', '5 °C', '10 °C'] }, '睡袋, saco de dormir, saco-cama, sac de couchage, Schlafsack, спальник, спальный мешок, كيس نوم'],
  ['head-torch', 'Head torch Faro', 'outdoor', 2490, { colour: ['black', 'red', 'blue'] }, 'headlamp, 头灯, linterna frontal, lanterna de cabeça, lampe frontale, Stirnlampe, налобный фонарь, фонарик, كشاف رأس'],
  ['bottle', 'Bottle Gelo', 'outdoor', 1990, { size: ['500 ml', '750 ml', '1 l'], colour: ['white', 'black', 'teal'] }, 'thermos, water bottle, 水瓶, 保温杯, botella, termo, garrafa, garrafa térmica, gourde, bouteille, Trinkflasche, Flasche, бутылка, термос, زجاجة, قارورة'],
  ['camping-stove', 'Camping stove Chispa', 'outdoor', 4490, { kind: ['small', 'large', 'with windshield'] }, 'gas stove, 野营炉, hornillo, fogareiro, réchaud, Campingkocher, Gaskocher, горелка, موقد, موقد تخييم'],
  ['watch', 'Watch Meridian', 'watches', 9900, { colour: ['black', 'silver', 'tan'], strap: ['leather', 'steel'] }, 'wrist watch, 手表, 腕表, reloj, relógio, montre, Uhr, Armbanduhr, часы, наручные часы, ساعة'],
  ['sports-watch', 'Sports watch Pulso', 'watches', 12900, { colour: ['black', 'lime', 'grey'] }, 'fitness watch, smartwatch, 运动手表, reloj deportivo, relógio esportivo, relógio desportivo, montre de sport, montre connectée, Sportuhr, спортивные часы, умные часы, ساعة رياضية'],
  ['backpack', 'Backpack Ruta', 'bags', 6490, { size: ['20 l', '30 l'], colour: ['grey', 'olive', 'black'] }, 'rucksack, 背包, 双肩包, mochila, sac à dos, рюкзак, حقيبة ظهر'],
  ['tote-bag', 'Tote bag Lino', 'bags', 2290, { colour: ['natural', 'black', 'terracotta'] }, 'shopping bag, 手提袋, 帆布包, bolso, bolsa, sacola, bolsa de pano, saco de pano, sac en toile, tote bag, Stofftasche, Tragetasche, сумка, шоппер, حقيبة قماش, شنطة'],
  ['suitcase', 'Suitcase Vuelo', 'bags', 9900, { size: ['cabin', 'medium', 'large'], colour: ['black', 'sage'] }, 'trolley, luggage, 行李箱, 拉杆箱, maleta, mala, mala de viagem, valise, Koffer, чемодан, حقيبة سفر'],
  ['wallet', 'Wallet Fino', 'bags', 2990, { colour: ['black', 'brown', 'red'] }, 'purse, 钱包, cartera, billetera, carteira, portefeuille, Geldbörse, Portemonnaie, Brieftasche, кошелёк, кошелек, бумажник, محفظة'],
  ['building-blocks', 'Building blocks Castillo', 'toys', 3490, { pieces: ['100 pieces', '250 pieces', '500 pieces'] }, 'toy bricks, toy, 积木, 玩具, bloques de construcción, juguete, blocos de montar, briques de construction, Bauklötze, Bausteine, конструктор, مكعبات'],
  ['plush-bear', 'Plush bear Bruno', 'toys', 1990, { size: ['30 cm', '50 cm', '80 cm'] }, 'teddy bear, stuffed animal, 玩具熊, 毛绒熊, osito de peluche, peluche, urso de pelúcia, ursinho, ours en peluche, Plüschbär, Teddy, плюшевый мишка, دبدوب, دب'],
  ['puzzle', 'Puzzle Atlas', 'toys', 1790, { pieces: ['500 pieces', '1000 pieces', '2000 pieces'] }, 'jigsaw, 拼图, rompecabezas, puzle, quebra-cabeça, puzzle, casse-tête, пазл, أحجية'],
  ['toy-train', 'Wooden train Tren', 'toys', 2990, { set: ['basic', 'station', 'bridge'] }, 'toy train, 玩具火车, tren de madera, trem de brinquedo, trenzinho, comboio de brincar, petit train, Holzeisenbahn, Spielzeugzug, паровозик, железная дорога, قطار'],
  ['underwear-set', 'Underwear set Nube', 'underwear', 2990, { colour: C.soft, size: ['S', 'M', 'L'] }, 'underwear, lingerie, 内衣, 内衣套装, ropa interior, conjunto de lingerie, roupa íntima, sous-vêtements, ensemble lingerie, Unterwäsche, нижнее бельё, нижнее белье, комплект белья, ملابس داخلية'],
  ['boxers', 'Boxer shorts Trio 3-pack', 'underwear', 2490, { colour: ['black', 'mixed'], size: ['S', 'M', 'L', 'XL'] }, 'boxers, 男士内裤, 内裤, calzoncillos, bóxers, cuecas, boxer, caleçons, Boxershorts, боксеры, трусы, بوكسر'],
  ['socks', 'Socks Paso 5-pack', 'underwear', 1490, { colour: ['black', 'white', 'mixed'], size: ['36-40', '41-45'] }, '袜子, calcetines, meias, chaussettes, Socken, носки, جوارب, شرابات'],
  ['face-cream', 'Face cream Rocío', 'cosmetics', 2690, { size: ['30 ml', '50 ml', '100 ml'] }, 'moisturiser, 面霜, 护肤霜, crema facial, creme facial, crème visage, crème, Gesichtscreme, крем, крем для лица, كريم وجه, كريم'],
  ['lipstick', 'Lipstick Rubí', 'cosmetics', 1690, { shade: ['rose', 'ruby', 'nude', 'plum'] }, '口红, 唇膏, pintalabios, lápiz labial, batom, rouge à lèvres, Lippenstift, помада, أحمر شفاه, روج'],
  ['perfume', 'Perfume Azahar', 'cosmetics', 5490, { size: ['30 ml', '50 ml', '100 ml'] }, 'fragrance, eau de parfum, 香水, perfume, colonia, parfum, Parfüm, духи, парфюм, عطر'],
  ['necklace', 'Necklace Gota de Mar', 'jewellery', 4990, { metal: C.jewel, length: ['40 cm', '45 cm'] }, 'chain, pendant, 项链, collar, colar, collier, Halskette, Kette, ожерелье, колье, цепочка, قلادة, عقد'],
  ['earrings', 'Earrings Luna', 'jewellery', 2990, { metal: C.jewel }, '耳环, 耳钉, pendientes, aretes, brincos, boucles d’oreilles, Ohrringe, серьги, серёжки, أقراط, حلق'],
  ['ring', 'Ring Alba with engraving', 'made_to_order', 6990, { metal: C.jewel, size: ['50', '52', '54', '56'] }, 'engraved ring, 刻字戒指, 戒指, anillo grabado, anel gravado, anel, bague, bague gravée, Ring, кольцо, خاتم'],
  ['bed-linen', 'Bed linen Calma', 'home', 5990, { size: ['135 × 200', '155 × 220', '200 × 200'], colour: ['white', 'sage', 'blue'] }, 'duvet cover, sheets, 床上用品, 被套, ropa de cama, funda nórdica, roupa de cama, jogo de cama, linge de lit, parure de lit, housse de couette, Bettwäsche, постельное бельё, постельное белье, مفرش سرير, شراشف'],
  ['cushion', 'Cushion Prado', 'home', 1990, { colour: ['green', 'ochre', 'blue'] }, 'pillow, 靠垫, 抱枕, cojín, almofada, coussin, Kissen, подушка, وسادة, مخدة'],
  ['gift-card', 'Gift card', 'gift_cards', 2500, { value: ['25', '50', '100'] }, 'voucher, 礼品卡, 购物卡, tarjeta regalo, vale-presente, cartão-presente, carte cadeau, Geschenkkarte, Gutschein, подарочная карта, بطاقة هدية'],
];

const combinations = (axes: Axes): Record<string, string>[] => Object.entries(axes).reduce<Record<string, string>[]>(
  (all, [name, values]) => all.flatMap((options) => values.map((value) => ({ ...options, [name]: value }))), [{}]);

/** Dearer by the step on the scale where an option is one of amount; colours and clothes sizes cost the same. */
const surcharge = (axes: Axes, options: Readonly<Record<string, string>>): number => {
  const scale = ['length', 'pieces', 'diameter', 'capacity', 'persons', 'comfort', 'kind', 'set'].find((name) => name in axes)
    ?? ('size' in axes && !/^(XS|S|\d{2}|36-40)$/u.test(axes['size']?.[0] ?? '') ? 'size' : undefined);
  return scale === undefined ? 0 : Math.max(axes[scale]?.indexOf(options[scale] ?? '') ?? 0, 0);
};

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/-+$/u, '');

function makeProduct([id, name, category, cents, axes, aliases]: Row, random: Random): Product {
  const variants: Variant[] = combinations(axes).map((options) => ({
    id: `${id}.${Object.values(options).map(slug).join('.')}`, productId: id, options,
    price: money('value' in options ? Number(options['value']) * 100 : cents + surcharge(axes, options) * Math.round(cents * 0.0035) * 100, 'EUR'),
    stock: category === 'gift_cards' ? 9999 : random.chance(0.14) ? 0 : random.chance(0.12) ? random.int(1, 2) : random.int(3, 120),
  }));
  return { id, name, category, aliases: aliases.split(', '), variants };
}

/** The sample's catalogue; stock differs by variant, and some are sold out. */
export function createSampleProducts(seed: number): Product[] {
  const random = createRandom(seed);
  return ROWS.map((row) => makeProduct(row, random));
}
