const item = (item_id: string, size: string, colour: string, price: number, available = true) => ({ item_id, options: { size, colour }, available, price });
const line = (item_id: string, size: string, colour: string, price: number) => ({ name: 'Umbrella', product_id: '5550000001', item_id, price, options: { size, colour } });
const address = { address1: '12 Lantern Way', address2: 'Unit 3', city: 'Harborton', country: 'USA', state: 'OR', zip: '97999' };
const order = (order_id: string, status: string, items: object[], payment_history: object[], tracking?: string) => ({
  order_id, user_id: 'nora_vale_1001', address, items, status, payment_history,
  fulfillments: tracking === undefined ? [] : [{ tracking_id: [tracking], item_ids: items.map((each) => (each as { item_id: string }).item_id) }],
});
const paid = (amount: number, payment_method_id = 'credit_card_0000001') => ({ transaction_type: 'payment', amount, payment_method_id });

/** A database of the outside shop's form, invented here: one product, two users, an order of every status. */
export const aTauShop = () => ({
  products: {
    5550000001: {
      name: 'Umbrella', product_id: '5550000001',
      variants: { 7000000003: item('7000000003', 'large', 'red', 41.35), 7000000001: item('7000000001', 'small', 'red', 29.9), 7000000002: item('7000000002', 'small', 'blue', 31.07), 7000000009: item('7000000009', 'large', 'blue', 44, false) },
    },
  },
  users: {
    nora_vale_1001: {
      user_id: 'nora_vale_1001', name: { first_name: 'Nora', last_name: 'Vale' }, address: { ...address, address2: '' }, email: 'nora.vale1001@example.com',
      payment_methods: {
        credit_card_0000001: { source: 'credit_card', id: 'credit_card_0000001', brand: 'mastercard', last_four: '0042' },
        gift_card_0000002: { source: 'gift_card', id: 'gift_card_0000002', balance: 20.05 }, paypal_0000003: { source: 'paypal', id: 'paypal_0000003' },
      },
      orders: ['#W9000003', '#W9000001', '#W9000002', '#W9000004', '#W9000005'],
    },
    ivo_reed_2002: { user_id: 'ivo_reed_2002', name: { first_name: 'Ivo', last_name: 'Reed' }, address, email: 'ivo.reed2002@example.com', payment_methods: {}, orders: [] },
  },
  orders: {
    '#W9000001': order('#W9000001', 'pending', [line('7000000001', 'small', 'red', 29.9), line('7000000001', 'small', 'red', 29.9)], [paid(59.8)]),
    '#W9000002': order('#W9000002', 'delivered', [line('7000000001', 'small', 'red', 29.9), line('7000000009', 'large', 'blue', 44), line('7000000001', 'small', 'red', 29.9)], [paid(103.8)], '800000000001'),
    '#W9000003': order('#W9000003', 'processed', [line('7000000002', 'small', 'blue', 31.07)], [paid(31.07, 'paypal_0000003')], '800000000002'),
    '#W9000004': order('#W9000004', 'cancelled', [line('7000000002', 'small', 'blue', 31.07)], [paid(31.07), { ...paid(31.07), transaction_type: 'refund' }], '800000000003'),
    '#W9000005': order('#W9000005', 'pending', [line('7000000002', 'small', 'blue', 31.07)], [paid(31.07, 'gift_card_0000002')]),
  },
});
