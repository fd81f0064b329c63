import { expect, test } from '@jest/globals';
import { tellsCancelled } from '../../../src/domain/words/cancelled.js';

test.each([
  'last one, I have a cancelled order, what is the tracking number on that', 'where is the money of my order that was cancelled?', 'tengo un pedido cancelado, ¿cuál es su número de seguimiento?', 'tenho um pedido cancelado, qual é o rastreio?',
  'j’ai une commande annulée, quel est son suivi ?', 'ich habe eine stornierte Bestellung, wie war die Sendungsnummer?', 'у меня есть отменённый заказ, какой у него трек-номер?', 'عندي طلب ملغى، ما رقم التتبع؟', '我有个已经取消的订单，单号是多少',
])('what is cancelled already is only spoken of: %s', (text) => expect(tellsCancelled(text)).toBe(true));

test.each([
  'please cancel my order', 'I want my order cancelled', 'like the other cancelled order, cancel this one too', 'quiero cancelar el pedido', 'quero anular a encomenda', 'annulez ma commande', 'die Bestellung bitte stornieren', 'отмените заказ', 'ألغوا الطلب', '请取消订单',
])('what is to be cancelled is a wish: %s', (text) => expect(tellsCancelled(text)).toBe(false));
