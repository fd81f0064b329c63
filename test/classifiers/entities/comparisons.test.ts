import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createEntityReader } from '../../../src/classifiers/entities/entity-reader.js';
import { LANGUAGES } from '../../../src/classifiers/languages/index.js';
import type { Entity } from '../../../src/domain/understanding.js';

const read = createEntityReader({ orderNumberPattern: '', returnNumberPattern: '', country: 'US' });
const comparisonsIn = (text: string, locale: string): readonly Entity[] => read(text, locale, { at: '2026-05-20T12:00:00Z' }).filter(({ kind }) => kind === 'comparison');

/** What is compared, and the words it was read from. */
const told = (entity: Entity): string => (entity.kind === 'comparison' ? `${entity.of} ${entity.direction}${entity.most ? ' most' : ''}${entity.by === undefined ? '' : ` ${entity.by}`}=${entity.raw}` : entity.kind);

type Row = readonly [text: string, ...said: string[]];

/** What customers write, and what it compares, with the words it was read from; then what compares nothing. */
const TEXTS: Readonly<Record<string, readonly Row[]>> = {
  en: [
    ["I'd like a bigger one", 'size up=bigger'], ['do you have it in a larger version', 'size up=larger'], ['something smaller please', 'size down=smaller'],
    ['the biggest lamp you have', 'size up most=biggest'], ['the smallest bottle', 'size down most=smallest'], ['one size up please', 'size up 1=one size up'],
    ['can I go one size down', 'size down 1=one size down'], ['two sizes bigger', 'size up 2=two sizes bigger'], ['half a size smaller', 'size down 0.5=half a size smaller'],
    ['a size up would be perfect', 'size up 1=a size up'], ['the cheaper one', 'price down=cheaper'], ['is there anything less expensive', 'price down=less expensive'],
    ['the cheapest 8GB laptop', 'price down most=cheapest'], ['the most expensive one', 'price up most=the most expensive'],
    ['the least expensive model', 'price down most=the least expensive'], ['a brighter bulb', 'brightness up=brighter'], ['I want it less bright', 'brightness down=less bright'],
    ['the dimmest setting', 'brightness down most=dimmest'], ['a longer cable', 'length up=longer'], ['the tallest shelf', 'length up most=tallest'],
    ['a shorter strap', 'length down=shorter'], ['something lighter', 'weight down=lighter'], ['the heaviest blanket', 'weight up most=heaviest'],
    ['a laptop with more storage', 'capacity up=more storage'], ['the one with the highest resolution', 'resolution up most=highest resolution'],
    ['a camera with slightly lower resolution', 'resolution down=lower resolution'], ['a faster processor', 'speed up=faster'], ['a puzzle with 500 more pieces', 'any up 500=500 more pieces'],
    ['1000 more pieces', 'any up 1000=1000 more pieces'], ['500 fewer pieces', 'any down 500=500 fewer pieces'], ['the puzzle with 1,000 pieces more', 'any up 1000=1,000 pieces more'],
    // Look-alikes.
    ['the shoes are too big'], ['it is small'], ['a big bright lamp'], ['I need more information'], ['I no longer want it'], ['how much longer will it take'], ['one more thing'],
    ['more than a week ago'], ['can you tell me more'], ['not any more'], ['it takes more or less a week'], ['the dress is too long'],
  ],
  zh: [
    ['我想要大一点的', 'size up=大一点的'], ['有没有更大的', 'size up=更大的'], ['小一点的', 'size down=小一点的'], ['最大的那个', 'size up most=最大的'], ['最小的瓶子', 'size down most=最小的'], ['大一码', 'size up 1=大一码'],
    ['小两码', 'size down 2=小两码'], ['大半码', 'size up 0.5=大半码'], ['换便宜一点的', 'price down=便宜一点的'], ['最便宜的8GB笔记本', 'price down most=最便宜的'], ['更便宜的款式', 'price down=更便宜的'],
    ['最贵的那款', 'price up most=最贵的'], ['贵一点也行', 'price up=贵一点'], ['亮一点的灯', 'brightness up=亮一点的'], ['没那么亮的', 'brightness down=没那么亮的'], ['更亮的', 'brightness up=更亮的'],
    ['最亮的', 'brightness up most=最亮的'], ['长一点的线', 'length up=长一点的'], ['最长的', 'length up most=最长的'], ['短一些的表带', 'length down=短一些的'], ['轻一点的', 'weight down=轻一点的'],
    ['最重的毯子', 'weight up most=最重的'], ['内存更大的笔记本', 'capacity up=内存更大的'], ['分辨率低一点的', 'resolution down=分辨率低一点的'], ['分辨率最高的', 'resolution up most=分辨率最高的'], ['更大的容量', 'capacity up=更大的容量'],
    ['多500片的拼图', 'any up 500=多500片'], ['更清晰的', 'resolution up=更清晰'], ['更长的', 'length up=更长的'], ['最矮的架子', 'length down most=最矮的'],
    // Look-alikes.
    ['鞋子太大了'], ['有点小'], ['这是一盏大灯'], ['我想了解更多信息'], ['最近怎么样'], ['最好快点'], ['大概多久到'], ['尺码偏大'], ['我的快递太慢了'], ['包裹在哪里'], ['最后一个'], ['小号的'],
  ],
  es: [
    ['quisiera uno más grande', 'size up=más grande'], ['¿lo tienen más pequeño?', 'size down=más pequeño'], ['algo más chico', 'size down=más chico'],
    ['la lámpara más grande', 'size up most=más grande'], ['el más pequeño', 'size down most=el más pequeño'], ['una talla más', 'size up 1=una talla más'],
    ['dos tallas menos', 'size down 2=dos tallas menos'], ['una talla más grande', 'size up 1=una talla más grande'], ['media talla más', 'size up 0.5=media talla más'],
    ['un número más', 'size up 1=un número más'], ['uno más barato', 'price down=más barato'], ['algo menos caro', 'price down=menos caro'],
    ['la más barata con 8GB', 'price down most=la más barata'], ['el portátil más caro', 'price up most=más caro'], ['el menos caro', 'price down most=el menos caro'],
    ['una bombilla más brillante', 'brightness up=más brillante'], ['menos luminosa', 'brightness down=menos luminosa'], ['la menos brillante', 'brightness down most=la menos brillante'],
    ['un cable más largo', 'length up=más largo'], ['la estantería más alta', 'length up most=más alta'], ['una correa más corta', 'length down=más corta'],
    ['algo más ligero', 'weight down=más ligero'], ['la manta más pesada', 'weight up most=más pesada'], ['uno con más memoria', 'capacity up=más memoria'],
    ['con mayor resolución', 'resolution up=mayor resolución'], ['una cámara de menor resolución', 'resolution down=menor resolución'], ['un procesador más rápido', 'speed up=más rápido'],
    ['500 piezas más', 'any up 500=500 piezas más'], ['1000 piezas más', 'any up 1000=1000 piezas más'], ['un puzle con 500 piezas menos', 'any down 500=500 piezas menos'],
    ['más económico', 'price down=más económico'],
    // Look-alikes.
    ['los zapatos son demasiado grandes'], ['es pequeño'], ['una lámpara grande'], ['necesito más información'], ['ya no lo quiero más'], ['¿cuánto tiempo más tarda?'], ['una cosa más'],
    ['hace más de una semana'], ['más o menos'], ['no está muy claro'], ['el vestido es muy largo'], ['nada más, gracias'],
  ],
  pt: [
    ['queria um maior', 'size up=maior'], ['vocês têm menor?', 'size down=menor'], ['algo mais barato', 'price down=mais barato'], ['a maior luminária', 'size up most=a maior'],
    ['o menor', 'size down most=o menor'], ['a mais cara', 'price up most=a mais cara'], ['um número acima', 'size up 1=um número acima'], ['um tamanho maior', 'size up 1=um tamanho maior'],
    ['dois números menor', 'size down 2=dois números menor'], ['meio número abaixo', 'size down 0.5=meio número abaixo'], ['o mais barato de 8GB', 'price down most=o mais barato'],
    ['uma mais em conta', 'price down=mais em conta'], ['menos caro', 'price down=menos caro'], ['o notebook mais caro', 'price up most=mais caro'],
    ['o menos caro', 'price down most=o menos caro'], ['uma lâmpada mais clara', 'brightness up=mais clara'], ['menos brilhante', 'brightness down=menos brilhante'],
    ['a mais brilhante', 'brightness up most=a mais brilhante'], ['um cabo mais comprido', 'length up=mais comprido'], ['a estante mais alta', 'length up most=mais alta'],
    ['uma pulseira mais curta', 'length down=mais curta'], ['algo mais leve', 'weight down=mais leve'], ['o cobertor mais pesado', 'weight up most=mais pesado'],
    ['um com mais memória', 'capacity up=mais memória'], ['com maior resolução', 'resolution up=maior resolução'], ['uma câmera de resolução menor', 'resolution down=resolução menor'],
    ['um processador mais rápido', 'speed up=mais rápido'], ['500 peças a mais', 'any up 500=500 peças a mais'], ['quebra-cabeça com 1000 peças a mais', 'any up 1000=1000 peças a mais'],
    ['menor preço', 'price down=menor preço'],
    // Look-alikes.
    ['os sapatos são grandes demais'], ['é pequeno'], ['uma luminária grande'], ['preciso de mais informações'], ['não quero mais'], ['mais uma coisa'], ['faz mais de uma semana'],
    ['mais ou menos'], ['o vestido é muito comprido'], ['sou maior de idade'], ['nada mais, obrigado'], ['a maior parte chegou'],
  ],
  fr: [
    ['je voudrais une plus grande', 'size up=plus grande'], ["vous l'avez en plus petit ?", 'size down=plus petit'], ['quelque chose de moins cher', 'price down=moins cher'],
    ['la plus grande lampe', 'size up most=la plus grande'], ['le plus petit', 'size down most=le plus petit'], ['une taille au dessous', 'size down 1=une taille au dessous'],
    ['la taille au-dessus', 'size up 1=la taille au-dessus'], ['une taille plus petite', 'size down 1=une taille plus petite'],
    ['une demi-taille au-dessus', 'size up 0.5=une demi-taille au-dessus'], ['la moins chère en 8 Go', 'price down most=la moins chère'],
    ['la lampe la plus chère', 'price up most=la plus chère'], ['un modèle plus cher', 'price up=plus cher'], ['la moins coûteuse', 'price down most=la moins coûteuse'],
    ['meilleur marché', 'price down=meilleur marché'], ['une ampoule plus lumineuse', 'brightness up=plus lumineuse'], ['moins brillante', 'brightness down=moins brillante'],
    ['la plus lumineuse', 'brightness up most=la plus lumineuse'], ['un câble plus long', 'length up=plus long'], ["l'étagère la plus haute", 'length up most=la plus haute'],
    ['un bracelet plus court', 'length down=plus court'], ['quelque chose de plus léger', 'weight down=plus léger'], ['la couverture la plus lourde', 'weight up most=la plus lourde'],
    ['avec plus de mémoire', 'capacity up=plus de mémoire'], ['une meilleure résolution', 'resolution up=meilleure résolution'],
    ['une résolution un peu plus faible', 'resolution down=résolution un peu plus faible'], ['un processeur plus rapide', 'speed up=plus rapide'],
    ['500 pièces de plus', 'any up 500=500 pièces de plus'], ['un puzzle avec 1000 pièces de moins', 'any down 1000=1000 pièces de moins'], ['un prix plus bas', 'price down=prix plus bas'],
    ['plus économique', 'price down=plus économique'],
    // Look-alikes.
    ['les chaussures sont trop grandes'], ["c'est petit"], ['une grande lampe'], ["je voudrais plus d'informations"], ["je n'en veux plus"], ['encore une chose'],
    ["il y a plus d'une semaine"], ['plus ou moins'], ['la robe est trop longue'], ['en plus, je veux le mug'], ['non plus'], ['rien de plus, merci'],
  ],
  de: [
    ['ich hätte gern eine größere', 'size up=größere'], ['gibt es die auch kleiner', 'size down=kleiner'], ['etwas Günstigeres', 'price down=Günstigeres'],
    ['die größte Lampe', 'size up most=größte'], ['das kleinste', 'size down most=kleinste'], ['eine Nummer größer', 'size up 1=eine Nummer größer'],
    ['zwei Nummern kleiner', 'size down 2=zwei Nummern kleiner'], ['eine Größe kleiner', 'size down 1=eine Größe kleiner'],
    ['eine halbe Nummer größer', 'size up 0.5=eine halbe Nummer größer'], ['die nächste Größe', 'size up 1=die nächste Größe'], ['die günstigste mit 8 GB', 'price down most=günstigste'],
    ['ein teureres Modell', 'price up=teureres'], ['das teuerste', 'price up most=teuerste'], ['am billigsten', 'price down most=am billigsten'], ['weniger teuer', 'price down=weniger teuer'],
    ['eine hellere Birne', 'brightness up=hellere'], ['weniger hell', 'brightness down=weniger hell'], ['die hellste', 'brightness up most=hellste'],
    ['ein längeres Kabel', 'length up=längeres'], ['das höchste Regal', 'length up most=höchste'], ['ein kürzeres Armband', 'length down=kürzeres'],
    ['etwas Leichteres', 'weight down=Leichteres'], ['die schwerste Decke', 'weight up most=schwerste'], ['mit mehr Speicher', 'capacity up=mehr Speicher'],
    ['mit höherer Auflösung', 'resolution up=höherer Auflösung'], ['eine etwas niedrigere Auflösung', 'resolution down=niedrigere Auflösung'],
    ['ein schnellerer Prozessor', 'speed up=schnellerer'], ['500 Teile mehr', 'any up 500=500 Teile mehr'], ['ein Puzzle mit 1000 Teilen weniger', 'any down 1000=1000 Teilen weniger'],
    ['der niedrigste Preis', 'price down most=niedrigste Preis'],
    // Look-alikes.
    ['die Schuhe sind zu groß'], ['es ist klein'], ['eine große helle Lampe'], ['ich brauche mehr Informationen'], ['ich will es nicht mehr'], ['wie lange dauert es noch'],
    ['seit mehr als einer Woche'], ['mehr oder weniger'], ['das Kleid ist zu lang'], ['schneller Versand bitte'], ['sehr günstig'], ['wie viel mehr kostet das'],
  ],
  ru: [
    ['хочу побольше', 'size up=побольше'], ['есть поменьше?', 'size down=поменьше'], ['что-нибудь дешевле', 'price down=дешевле'], ['самую большую лампу', 'size up most=самую большую'],
    ['самый маленький', 'size down most=самый маленький'], ['на полразмера меньше', 'size down 0.5=на полразмера меньше'], ['следующий размер', 'size up 1=следующий размер'],
    ['самый дешёвый ноутбук на 8 ГБ', 'price down most=самый дешёвый'], ['подешевле', 'price down=подешевле'], ['модель подороже', 'price up=подороже'],
    ['самый дорогой', 'price up most=самый дорогой'], ['менее дорогой', 'price down=менее дорогой'], ['лампу поярче', 'brightness up=поярче'], ['менее яркую', 'brightness down=менее яркую'],
    ['самую яркую', 'brightness up most=самую яркую'], ['кабель подлиннее', 'length up=подлиннее'], ['самый высокий стеллаж', 'length up most=самый высокий'],
    ['ремешок покороче', 'length down=покороче'], ['что-нибудь полегче', 'weight down=полегче'], ['самое тяжёлое одеяло', 'weight up most=самое тяжёлое'],
    ['с большим объёмом', 'capacity up=большим объёмом'], ['с более высоким разрешением', 'resolution up=более высоким разрешением'],
    ['разрешение чуть ниже', 'resolution down=разрешение чуть ниже'], ['больше памяти', 'capacity up=больше памяти'], ['помощнее', 'speed up=помощнее'],
    ['на 500 деталей больше', 'any up 500=на 500 деталей больше'], ['пазл на 1000 деталей меньше', 'any down 1000=на 1000 деталей меньше'], ['более дорогую модель', 'price up=более дорогую'],
    ['наименее дорогой', 'price down most=наименее дорогой'],
    // Look-alikes.
    ['ботинки слишком большие'], ['она маленькая'], ['большая яркая лампа'], ['подробная информация нужна'], ['я больше не хочу'], ['прошло больше недели'], ['более или менее'],
    ['платье слишком длинное'], ['сколько ещё ждать'], ['уже пришло'], ['как можно быстрее'], ['больше ничего, спасибо'],
  ],
  ar: [
    ['أريد واحدا أكبر', 'size up=أكبر'], ['هل يوجد أصغر', 'size down=أصغر'], ['شيء أرخص', 'price down=أرخص'], ['أكبر واحد', 'size up most=أكبر واحد'], ['الأصغر', 'size down most=الأصغر'],
    ['مقاسين أكبر', 'size up=أكبر'], ['نصف مقاس أصغر', 'size down 0.5=نصف مقاس أصغر'], ['أكبر بمقاس', 'size up 1=أكبر بمقاس'], ['الأرخص بذاكرة 8', 'price down most=الأرخص'],
    ['أرخص مصباح', 'price down most=أرخص مصباح'], ['موديل أغلى', 'price up=أغلى'], ['الأغلى', 'price up most=الأغلى'], ['أقل تكلفة', 'price down=أقل تكلفة'],
    ['مصباح أسطع', 'brightness up=أسطع'], ['أقل سطوعا', 'brightness down=أقل سطوعا'], ['الأكثر سطوعا', 'brightness up most=الأكثر سطوعا'], ['كابل أطول', 'length up=أطول'],
    ['الأطول', 'length up most=الأطول'], ['سوار أقصر', 'length down=أقصر'], ['شيء أخف', 'weight down=أخف'], ['الأثقل', 'weight up most=الأثقل'], ['ذاكرة أكبر', 'capacity up=ذاكرة أكبر'],
    ['دقة أعلى', 'resolution up=دقة أعلى'], ['دقة أقل قليلا', 'resolution down=دقة أقل'], ['معالج أسرع', 'speed up=أسرع'], ['500 قطعة أكثر', 'any up 500=500 قطعة أكثر'],
    ['1000 قطعة أقل', 'any down 1000=1000 قطعة أقل'], ['سعر أقل', 'price down=سعر أقل'], ['الأسرع', 'speed up most=الأسرع'], ['مساحة تخزين أكبر', 'capacity up=مساحة تخزين أكبر'],
    // Look-alikes.
    ['الحذاء كبير جدا'], ['هو صغير'], ['مصباح كبير ومضيء'], ['أريد معلومات أكثر'], ['لا أريده بعد الآن'], ['منذ أكثر من أسبوع'], ['في أسرع وقت'], ['الفستان طويل جدا'], ['كم يوم باقي'],
    ['على الأقل'], ['أين طلبي'], ['شكرا جزيلا'],
  ],
};

test('every language the bot speaks has its table', () => {
  expect(Object.keys(TEXTS).toSorted()).toEqual(Object.keys(LANGUAGES).toSorted());
  for (const rows of Object.values(TEXTS)) {
    expect(rows.filter((row) => row.length > 1).length).toBeGreaterThanOrEqual(25);
    expect(rows.filter((row) => row.length === 1).length).toBeGreaterThanOrEqual(10);
  }
});

describe.each(Object.entries(TEXTS))('what is compared in %s', (locale, rows) => {
  test.each(rows.map(([text, ...said]) => ({ text, said })))('$text', ({ text, said }) => {
    const found = comparisonsIn(text, locale);
    expect(found.map(told)).toEqual(said);
    for (const entity of found) expect(entity.raw).toBe(text.slice(entity.start, entity.end));
  });
});

test('a few more are how many are wanted as well; many more are what the thing has', () => {
  const kinds = (text: string): string[] => read(text, 'en', { at: '2026-05-20T12:00:00Z' }).map(({ kind, raw }) => `${kind}=${raw}`);
  expect(kinds('send 2 more shirts')).toEqual(['quantity=2', 'comparison=more']);
  expect(kinds('one with 500 pieces more')).toEqual(['comparison=500 pieces more']);
});

describe('whatever a customer sends', () => {
  const pieces = Object.entries(TEXTS).flatMap(([locale, rows]) => rows.flatMap(([text]) => text.split(' ').slice(0, 3).map((word) => [locale, `${word} `] as const)));

  test('is read without a fault, every span in its place and none over another', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.array(fc.constantFrom(...pieces.map(([, piece]) => piece)), { maxLength: 20 }).map((some) => some.join('')));
    fc.assert(fc.property(texts, fc.constantFrom(...Object.keys(TEXTS), 'xx'), (text, locale) => {
      let end = 0;
      for (const entity of comparisonsIn(text, locale)) {
        expect(entity.start).toBeGreaterThanOrEqual(end);
        expect(entity.raw).toBe(text.slice(entity.start, entity.end));
        end = entity.end;
      }
    }), { seed: 11, numRuns: 400 });
  });

  test.each(Object.keys(TEXTS))('however long it is, in %s it is read to its end', (locale) => {
    comparisonsIn('', locale);
    const own = [...new Set(pieces.filter(([one]) => one === locale).map(([, piece]) => piece))].filter((_, at) => at % 8 === 0);
    // A reader that goes over the text again and again comes to no end in the time a test has.
    for (const piece of own) expect(comparisonsIn(piece.repeat(Math.ceil(20_000 / piece.length)), locale)).toBeInstanceOf(Array);
  });
});
