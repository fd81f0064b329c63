import type { TrainingSet } from '../../src/classifiers/linear/training.js';

/** A small shop's worth of sentences: enough to learn from in a second, and nothing of the real intents. */
const EXAMPLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  cancel: {
    en: ['cancel my order', 'please cancel the order', 'I want to cancel it', 'can you cancel order 1042', 'stop my order and refund me', 'I changed my mind, cancel everything', 'cancel the purchase please', 'how do I cancel an order'],
    es: ['cancela mi pedido', 'quiero cancelar el pedido', 'anula la compra por favor', 'cómo cancelo un pedido', 'me arrepentí, cancelad el pedido', 'necesito anular mi pedido', 'cancelar pedido 1042', 'ya no lo quiero, cancélalo'],
    zh: ['取消订单', '我想取消我的订单', '请帮我取消这个订单', '不想要了，取消吧', '怎么取消订单', '订单可以取消吗', '麻烦取消一下订单', '我要取消购买'],
  },
  track: {
    en: ['where is my parcel', 'track my package', 'where is my order now', 'has my parcel left the depot', 'tracking link please', 'I want to track the delivery', 'where has my package got to', 'what is the tracking number'],
    es: ['dónde está mi paquete', 'quiero rastrear mi pedido', 'seguimiento del envío', 'por dónde va mi paquete', 'número de seguimiento por favor', 'dónde anda mi pedido', 'rastrea mi paquete', 'cuál es el enlace de seguimiento'],
    zh: ['我的包裹在哪里', '查一下物流', '快递到哪了', '我的快递现在在哪', '物流单号是多少', '包裹到哪儿了', '帮我查快递', '怎么查物流信息'],
  },
  refund: {
    en: ['where is my refund', 'when do I get my money back', 'I have not received my refund', 'refund status please', 'has the refund been paid', 'my money is not back yet', 'how long does a refund take', 'the refund has not arrived'],
    es: ['dónde está mi reembolso', 'cuándo me devuelven el dinero', 'no he recibido el reembolso', 'estado del reembolso', 'todavía no me han devuelto el dinero', 'cuánto tarda el reembolso', 'han pagado ya mi reembolso', 'mi dinero no ha vuelto'],
    zh: ['我的退款到哪了', '退款什么时候到账', '还没有收到退款', '退款进度', '钱什么时候退给我', '退款多久到', '退款到账了吗', '我的钱还没退'],
  },
  address: {
    en: ['change the delivery address', 'I typed the wrong address', 'send it to another address', 'new address for my order', 'can you correct my street and postcode', 'please update the shipping address', 'I moved house, change the address', 'wrong house number on my order'],
    es: ['cambiar la dirección de entrega', 'puse mal la dirección', 'envíalo a otra dirección', 'nueva dirección para mi pedido', 'corregir la calle y el código postal', 'me he mudado, cambia la dirección', 'actualiza la dirección de envío', 'número de casa equivocado'],
    zh: ['修改收货地址', '地址写错了', '寄到另一个地址', '换一个收货地址', '帮我改一下地址', '我搬家了，要改地址', '门牌号填错了', '更新配送地址'],
  },
};

const BACKGROUND: Readonly<Record<string, readonly string[]>> = {
  en: ['what is the weather tomorrow', 'tell me a joke', 'who won the football match', 'book a table for two', 'what is the capital of France', 'play some music', 'how tall is the mountain', 'my car does not start', 'recommend a film', 'what is two plus two'],
  es: ['qué tiempo hará mañana', 'cuéntame un chiste', 'quién ganó el partido', 'reserva una mesa para dos', 'cuál es la capital de Francia', 'pon música', 'mi coche no arranca', 'recomiéndame una película', 'cuánto son dos más dos', 'hola qué tal tu día'],
  zh: ['明天天气怎么样', '讲个笑话', '昨天的比赛谁赢了', '帮我订一张桌子', '法国的首都是哪里', '放点音乐', '这座山有多高', '我的车坏了', '推荐一部电影', '二加二等于几'],
};

/** The small set as the trainer wants it. */
export function smallSet(): TrainingSet {
  return {
    examples: Object.entries(EXAMPLES).flatMap(([label, by]) => Object.entries(by).flatMap(([locale, texts]) => texts.map((text) => ({ text, locale, label })))),
    names: Object.keys(EXAMPLES).map((label) => ({ text: label, locale: 'en', label })),
    background: Object.entries(BACKGROUND).flatMap(([locale, texts]) => texts.map((text) => ({ text, locale }))),
  };
}

/** The small set as files of an intents folder, by file name. */
export function smallFolder(): Readonly<Record<string, string>> {
  const file = (intent: string, examples: Readonly<Record<string, readonly string[]>>): string => JSON.stringify({
    intent, group: 'orders', flow: 'none', description: { en: `The customer means ${intent}.` }, examples,
  });
  return Object.fromEntries([...Object.entries(EXAMPLES), ['out_of_scope', BACKGROUND] as const].map(([intent, examples]) => [`${intent}.yaml`, file(intent, examples)]));
}
