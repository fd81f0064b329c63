import type { Order, PackingRecord } from '../../domain/order.js';

/** What the warehouse noted of some well-known orders as it packed them; when is told by the order's own history. */
const NOTED: Readonly<Record<string, Omit<PackingRecord, 'at'>>> = {
  'AC-100003': { by: 'Packing table 4', trackingNumber: 'RB000100030ES', weightGrams: 1_840, sizeMm: { length: 410, width: 260, height: 220 }, photos: [], note: 'Lamp tested, glass wrapped twice' },
  'AC-100004': { by: 'Packing table 1', trackingNumber: 'RB000100043DE', weightGrams: 1_120, sizeMm: { length: 300, width: 240, height: 260 }, photos: [] },
  'AC-100011': { by: 'Packing table 2', trackingNumber: 'LP000100114CN', weightGrams: 460, photos: [], note: 'Earrings in the small inner bag' },
  'AC-100021': { by: 'Packing table 3', trackingNumber: 'RB000100216ES', weightGrams: 2_310, sizeMm: { length: 480, width: 300, height: 120 }, photos: [], note: 'Three knives counted' },
};

/** The order with what was noted at packing, where something was. */
export function withPacking(order: Order): Order {
  const noted = NOTED[order.number];
  const packed = order.history.find((step) => step.state === 'packed')?.at;
  return noted === undefined || packed === undefined ? order : { ...order, packing: [{ at: packed, ...noted }] };
}
