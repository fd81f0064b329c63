import { describe, expect, test } from '@jest/globals';
import { createEntityReader } from '../../../src/classifiers/entities/entity-reader.js';
import type { ReturnReason } from '../../../src/domain/order.js';
import type { Entity } from '../../../src/domain/understanding.js';

const read = createEntityReader({ orderNumberPattern: '', returnNumberPattern: '', country: 'US' });
const readReturnReasons = (text: string, locale = 'en'): readonly Entity[] => read(text, locale, { at: '2026-05-20T12:00:00Z' }).filter(({ kind }) => kind === 'return_reason');

type Row = readonly [text: string, ...reasons: ReturnReason[]];

const english: readonly Row[] = [
  ['the jacket is too small', 'wrong_size'],
  ['these shoes don’t fit', 'wrong_size'],
  ["it doesn't fit me at all, can I send it back", 'wrong_size'],
  ['The sleeves are way too long.', 'wrong_size'],
  ['I changed my mind about the headphones', 'changed_mind'],
  ["don't want it anymore", 'changed_mind'],
  ['I no longer need the phone case', 'changed_mind'],
  ['I regret buying it', 'changed_mind'],
  ['the lamp is broken', 'defective'],
  ['my kettle stopped working after two days', 'defective'],
  ["The radio doesn't turn on", 'defective'],
  ['doesnt work', 'defective'],
  ['wrong colour came', 'wrong_item'],
  ['you sent me the wrong item', 'wrong_item'],
  ["This isn't what I ordered.", 'wrong_item'],
  ['I ordered black and got white', 'wrong_item'],
  ['the color differs from the photo', 'not_as_described'],
  ['not as described', 'not_as_described'],
  ['It looks nothing like the pictures', 'not_as_described'],
  ['it is missing the cable', 'missing_parts'],
  ['the shelf came without screws', 'missing_parts'],
  ['something is missing', 'missing_parts'],
  ['it came too late for the birthday', 'arrived_late'],
  ['arrived two weeks late', 'arrived_late'],
  ['the mug arrived broken', 'damaged_in_transit'],
  ['crushed box, vase in pieces', 'damaged_in_transit'],
  ['ordered by mistake', 'ordered_by_mistake'],
  ['I accidentally ordered two monitors', 'ordered_by_mistake'],
  ['I ordered the wrong size', 'ordered_by_mistake'],
  ['not broken, just too big', 'wrong_size'],
  ['It is not broken or damaged, I simply changed my mind', 'changed_mind'],
  ["I don't want it any more because it's faulty", 'defective'],
  ['the jacket is too big and the lamp is broken', 'wrong_size', 'defective'],
  ['I want to return my order'],
  ['where is my return label'],
  ['is it too late to return it?'],
  ['nothing is broken, I only have a question'],
  ['the discount code doesn’t work'],
  ["what if it doesn't fit?"],
  ['Can I send it back if the lamp is broken?'],
  ["It isn't damaged."],
  ['does it run small?'],
  ['my address is incomplete'],
  ['the parcel arrived late last night'],
  ["I don't want to wait"],
  ['does this case fit the pro model?'],
];

const chinese: readonly Row[] = [
  ['太小了', 'wrong_size'],
  ['尺码不合适', 'wrong_size'],
  ['鞋子穿着挤脚', 'wrong_size'],
  ['衣服有点大', 'wrong_size'],
  ['这件外套不想要了', 'changed_mind'],
  ['我不要这个音箱了', 'changed_mind'],
  ['不喜欢，退', 'changed_mind'],
  ['我要七天无理由', 'changed_mind'],
  ['台灯坏了', 'defective'],
  ['开不了机', 'defective'],
  ['这个有质量问题', 'defective'],
  ['发错货了', 'wrong_item'],
  ['颜色发错了', 'wrong_item'],
  ['这不是我买的东西', 'wrong_item'],
  ['我买的黑色，来的是白色', 'wrong_item'],
  ['色差太大', 'not_as_described'],
  ['与描述不符', 'not_as_described'],
  ['跟图片差太多了', 'not_as_described'],
  ['少了配件', 'missing_parts'],
  ['盒子里没有充电器', 'missing_parts'],
  ['漏发一件', 'missing_parts'],
  ['到得太晚了，生日都过了', 'arrived_late'],
  ['箱子压扁了', 'damaged_in_transit'],
  ['花瓶在路上摔碎了', 'damaged_in_transit'],
  ['拍错了', 'ordered_by_mistake'],
  ['手一抖多拍了一个键盘', 'ordered_by_mistake'],
  ['没坏，就是太大了', 'wrong_size'],
  ['不是质量问题，是我不喜欢', 'changed_mind'],
  ['坏了，不想要了', 'defective'],
  ['我要退货'],
  ['退货申请在哪里点'],
  ['没有破损'],
  ['质量没问题'],
  ['优惠码用不了'],
  ['如果尺码不合适可以退吗'],
  ['万一坏了怎么办'],
  ['退款要多少天'],
  ['声音太大'],
  ['会有色差吗'],
  ['能不能用微信付款'],
  ['退款卡住了吗'],
  ['不需要发票'],
];

const spanish: readonly Row[] = [
  ['me queda chico', 'wrong_size'],
  ['los zapatos me quedan muy grandes', 'wrong_size'],
  ['no me queda bien el abrigo', 'wrong_size'],
  ['el pantalón es demasiado largo', 'wrong_size'],
  ['ya no lo quiero', 'changed_mind'],
  ['cambié de opinión', 'changed_mind'],
  ['me arrepenti, kiero devolver la cafetera', 'changed_mind'],
  ['llegó bien pero no me gusta', 'changed_mind'],
  ['no funciona', 'defective'],
  ['la lámpara no prende', 'defective'],
  ['dejó de calentar al segundo uso', 'defective'],
  ['está defectuoso', 'defective'],
  ['me mandaron otra cosa', 'wrong_item'],
  ['pedí negro y llegó blanco', 'wrong_item'],
  ['esto no es lo que pedí', 'wrong_item'],
  ['me llegó la talla equivocada', 'wrong_item'],
  ['no coincide con la descripción', 'not_as_described'],
  ['el color es distinto al de la foto', 'not_as_described'],
  ['no es como en la foto', 'not_as_described'],
  ['vino sin el cargador', 'missing_parts'],
  ['faltan piezas', 'missing_parts'],
  ['al estante le faltan tornillos', 'missing_parts'],
  ['llegó demasiado tarde', 'arrived_late'],
  ['llegó roto', 'damaged_in_transit'],
  ['la caja venía aplastada', 'damaged_in_transit'],
  ['se rompió en el camino', 'damaged_in_transit'],
  ['lo pedí por error', 'ordered_by_mistake'],
  ['me equivoqué de talla', 'ordered_by_mistake'],
  ['no está roto, solo me queda grande', 'wrong_size'],
  ['ya no lo quiero porque está roto', 'defective'],
  ['quiero hacer una devolución'],
  ['¿dónde está mi etiqueta?'],
  ['me llegó ayer por la tarde'],
  ['no está dañado'],
  ['el cupón no funciona'],
  ['¿puedo devolverlo si me queda grande?'],
  ['no me queda claro el plazo'],
  ['no lo quiero cancelar'],
  ['¿cuánto falta para el reembolso?'],
  ['llegó sin problemas'],
  ['cambio de destino porfa'],
  ['ya no quiero seguir'],
];

describe.each([['en', english], ['zh', chinese], ['es', spanish]] as const)('the reason for a return, in %s', (_locale, rows) => {
  test.each(rows.map((row) => [row[0], row.slice(1)] as const))('%s', (text, reasons) => {
    const found = readReturnReasons(text);
    const said = found.map((entity) => (entity.kind === 'return_reason' ? entity.value : entity.kind));
    expect(said.filter((one, at) => one !== said[at - 1])).toEqual(reasons.filter((one, at) => one !== reasons[at - 1]));
    found.forEach((entity, at) => {
      expect(text.slice(entity.start, entity.end)).toBe(entity.raw);
      expect(entity.start).toBeGreaterThanOrEqual(found[at - 1]?.end ?? 0);
    });
  });
});

/** What buyers say in passing, beside the wish itself: it must not be asked for again. */
const inPassing: readonly (readonly [locale: string, text: string, ...reasons: ReturnReason[]])[] = [
  ['en', 'it came with a loose handle', 'defective'],
  ['en', 'the zip is stuck', 'defective'],
  ['en', 'torn seam, want to return it', 'defective'],
  ['en', 'my desk lamp broke, AC-100003', 'defective'],
  ['en', 'i am broke'],
  ['en', 'is the lid included?'],
  ['zh', '裙子破了个洞想退', 'defective'],
  ['zh', '裙子有个洞，想退', 'defective'],
  ['zh', '把手松了，想退货', 'defective'],
  ['zh', '衣服小了，想退', 'wrong_size'],
  ['zh', '裙子大了，要退货', 'wrong_size'],
  ['zh', '天气热了'],
  ['es', 'viene con el mango suelto', 'defective'],
  ['es', 'tiene un agujero', 'defective'],
  ['es', 'la cremallera no cierra', 'defective'],
  ['es', 'el vestido es pequeño', 'wrong_size'],
  ['es', 'me mandaron otro', 'wrong_item'],
  ['es', 'me mandaron otro correo'],
  ['pt', 'comprei a errada, quero devolver a lâmpada', 'ordered_by_mistake'],
  ['pt', 'veio com o cabo solto', 'defective'],
  ['pt', 'o zíper não fecha', 'defective'],
  ['pt', 'a lâmpada não acende', 'defective'],
  ['pt', 'comprei o vestido ontem'],
  ['fr', 'ça me serre', 'wrong_size'],
  ['fr', 'la poignée bouge', 'defective'],
  ['fr', 'le manche est mal fixé', 'defective'],
  ['fr', "j'ai pris le mauvais", 'ordered_by_mistake'],
  ['fr', 'la mauvaise adresse'],
  ['de', 'hat ein Loch', 'defective'],
  ['de', 'der Griff ist locker', 'defective'],
  ['de', 'der Griff wackelt', 'defective'],
  ['de', 'die Naht ist offen', 'defective'],
  ['de', 'hab das falsche bestellt', 'ordered_by_mistake'],
  ['de', 'die Bestellung ist offen'],
  ['ru', 'свитер мал', 'wrong_size'],
  ['ru', 'куртка велика', 'wrong_size'],
  ['ru', 'ручка болтается', 'defective'],
  ['ru', 'на фото другой цвет', 'not_as_described'],
  ['ru', 'скидка мала'],
  ['ru', 'мало времени'],
  ['ar', 'فيه فتحة', 'defective'],
  ['ar', 'المصباح لا يضيء', 'defective'],
  ['ar', 'اليد مفكوكة', 'defective'],
  ['ar', 'طلبت الغلط', 'ordered_by_mistake'],
  ['ar', 'متى يصل الطلب'],
];

test.each(inPassing.map(([locale, text, ...reasons]) => [locale, text, reasons] as const))('why something goes back, told in passing (%s): %s', (locale, text, reasons) => {
  expect(readReturnReasons(text, locale).map((entity) => (entity.kind === 'return_reason' ? entity.value : entity.kind))).toEqual(reasons);
});

test('spans count UTF-16 units', () => {
  expect(readReturnReasons('😀 it is broken')).toEqual([{ kind: 'return_reason', value: 'defective', start: 9, end: 15, raw: 'broken' }]);
});

test('an accent may be missing or stand apart', () => {
  for (const text of ['lo pedi por error', 'lo pedí por error', 'lo pedí por error'.normalize('NFD')]) {
    expect(readReturnReasons(text).map((entity) => entity.kind === 'return_reason' && entity.value)).toEqual(['ordered_by_mistake']);
  }
});

test.each(['it is too small ', 'not not not ', 'ordered ordered the the and ', '买的', '不是没有如果', 'llegó llegó muy ', 'missing the ', ' ', 'aaaa', '里里里没'])('reads the longest text of %p that is read at all, with every span in its place', (piece) => {
  const text = piece.repeat(Math.ceil(4_000 / piece.length));
  for (const entity of readReturnReasons(text)) expect(text.slice(entity.start, entity.end)).toBe(entity.raw);
  expect(text.length).toBeGreaterThanOrEqual(4_000);
});
