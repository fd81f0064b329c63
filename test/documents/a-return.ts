import type { Address } from '../../src/domain/address.js';
import type { DocumentRequest } from '../../src/domain/message.js';
import type { Order, Return } from '../../src/domain/order.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

export const warehouse: Address = { name: 'Aftercare Returns Europe', line1: 'Waalhaven Zuidzijde 19', line2: 'Dock 4', city: 'Rotterdam', postcode: '3089 JH', country: 'NL' };
export const customers = {
  polish: { name: 'Zażółć Gęślą-Jaźń', line1: 'ul. Świętokrzyska 31/33 m. 5', city: 'Łódź', postcode: '90-001', country: 'PL' },
  chinese: { name: '欧阳娜娜', line1: '淮海中路1045号淮海国际广场18楼', city: '上海市', region: '上海市', postcode: '200031', country: 'CN' },
  russian: { name: 'Екатерина Щербакова', line1: 'ул. Большая Ордынка, д. 24, кв. 7', city: 'Москва', postcode: '119017', country: 'RU' },
  arabic: { name: 'محمد بن عبدالله الغامدي', line1: 'شارع الملك فهد، مبنى 7425 (الطابق 3)', line2: 'حي العليا', city: 'الرياض', postcode: '12212', country: 'SA' },
  vietnamese: { name: 'Nguyễn Thị Ánh Tuyết', line1: 'Số 27 Đường Trần Hưng Đạo', city: 'Hà Nội', postcode: '100000', country: 'VN' },
  turkish: { name: 'Gülşah İğdırlıoğlu', line1: 'Şehit Muhtar Mah. İstiklal Cad. No: 8 D: 12', city: 'İstanbul', region: 'Beyoğlu', postcode: '34435', country: 'TR' },
  greek: { name: 'Γεώργιος Παπαδόπουλος', line1: 'Λεωφόρος Κηφισίας 44', city: 'Μαρούσι', postcode: '151 25', country: 'GR' },
} as const satisfies Record<string, Address>;

/** A request for the label of a small return; `change` alters the return. */
export function aReturn(change: Partial<Return> = {}, page: 'A6' | 'A4' = 'A6'): Extract<DocumentRequest, { document: 'return-label' }> {
  const back: Return = {
    id: 'ret-1', number: 'RMA-7K2M9Q', orderId: 'ord-1', lines: [{ lineId: 'l1', quantity: 1 }, { lineId: 'l2', quantity: 2 }], reason: 'wrong_size', state: 'label_issued',
    openedAt: '2026-03-02T09:30:00.000Z', shipBy: '2026-03-16T22:59:59.000Z', refund: eur(8450), freight: eur(0), freightPaidBy: 'shop',
    refundTo: { method: 'card', brand: 'Visa', lastFour: '4242' }, carrier: 'PostNL', trackingNumber: '3SABCD0123456789', to: warehouse, from: customers.polish, ...change,
  };
  const line = { variantId: 'v', unitPrice: eur(4225), discount: eur(0), category: 'apparel', returnedQuantity: 1 };
  const order: Order = {
    id: 'ord-1', number: 'AC-104233', customerId: 'c1', state: 'delivered', history: [], payments: [],
    lines: [
      { ...line, id: 'l1', productId: 'p1', name: 'Linen shirt “Marina”', options: { colour: 'sea blue', size: 'M' }, quantity: 1 },
      { ...line, id: 'l2', productId: 'p2', name: '羊绒围巾 Cashmere scarf', options: { colour: '驼色' }, quantity: 2 },
      { ...line, id: 'l3', productId: 'p3', name: 'Wool socks', options: {}, quantity: 4 },
    ],
    discounts: [], shippingFee: eur(0), total: eur(12675), currency: 'EUR', shippingAddress: back.from, contact: { email: 'customer@example.com' }, shippingMethod: 'standard',
    warehouse: 'rotterdam', parcels: [], returns: [back], revision: 3,
  };
  return { document: 'return-label', page, return: back, order };
}
