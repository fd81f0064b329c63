import type { Order } from '../../domain/order.js';
import type { LaneStatistics, ShopProfile } from '../../ports/shop.js';
import { countryOf, sampleCountries } from './countries.js';

/** A warehouse of the sample: where it stands and who collects and carries from there. */
export interface SampleWarehouse {
  readonly key: string;
  readonly country: string;
  readonly city: string;
  /** Whose name and number a cross-border parcel has. */
  readonly carriers: readonly string[];
  readonly hub: string;
}

/** The four warehouses. */
export const sampleWarehouses: readonly SampleWarehouse[] = [
  { key: 'cn-shenzhen', country: 'CN', city: '深圳', carriers: ['Silk Line', 'Orient Post'], hub: 'Shenzhen' },
  { key: 'es-zaragoza', country: 'ES', city: 'Zaragoza', carriers: ['Meridian Cargo'], hub: 'Zaragoza' },
  { key: 'us-reno', country: 'US', city: 'Reno', carriers: ['Prairie Parcel'], hub: 'Reno' },
  { key: 'de-leipzig', country: 'DE', city: 'Leipzig', carriers: ['Meridian Cargo'], hub: 'Leipzig' },
];

/** The sample shop's card. */
export const sampleProfile: ShopProfile = {
  name: 'Lumavela', siteUrl: 'https://shop.example.com', currency: 'EUR', timeZone: 'Europe/Madrid', country: 'ES',
  orderNumberPattern: 'AC-?\\d{6}', returnNumberPattern: 'RMA-?[0-9A-Z]{6}',
  warehouses: {
    'cn-shenzhen': { name: 'Lumavela Returns', line1: '宝安区海港大道88号3号仓', city: '深圳市', region: '广东', postcode: '518100', country: 'CN' },
    'es-zaragoza': { name: 'Lumavela Devoluciones', line1: 'Polígono Los Almendros, nave 12', city: 'Zaragoza', region: 'Zaragoza', postcode: '50197', country: 'ES' },
    'us-reno': { name: 'Lumavela Returns', line1: '4800 Sagebrush Parkway', line2: 'Dock 7', city: 'Reno', region: 'NV', postcode: '89506', country: 'US' },
    'de-leipzig': { name: 'Lumavela Retouren', line1: 'Am Güterring 5', city: 'Leipzig', postcode: '04158', country: 'DE' },
  },
};

/** How goods get from one country to another: at home, freely within the EU, or through customs. */
export const routeOf = (origin: string, destination: string): 'domestic' | 'eu' | 'abroad' =>
  origin === destination ? 'domestic' : countryOf(origin).isInEu && countryOf(destination).isInEu ? 'eu' : 'abroad';

const FAR = ['BR', 'MX', 'KZ', 'RU', 'AE', 'VN'];

/** Past days of a lane of the sample. */
export function laneOf(origin: string, destination: string, method: Order['shippingMethod']): LaneStatistics {
  const route = routeOf(origin, destination);
  const slow = route === 'domestic' ? [1, 2, 4] : route === 'eu' ? [3, 5, 8] : FAR.includes(destination) ? [13, 19, 31] : [9, 13, 21];
  const days = slow.map((each) => (method === 'express' ? Math.max(1, Math.round(each * 0.45)) : method === 'pickup' ? each + 1 : each));
  const [p10 = 1, p50 = 2, p90 = 4] = days;
  const spread = [...`${origin}${destination}${method}`].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) % 900;
  return { origin, destination, method, p10, p50, p90, parcels: 60 + spread };
}

/** Every lane from a warehouse to a country of the sample. */
export const sampleLanes: readonly LaneStatistics[] = sampleWarehouses.flatMap((warehouse) =>
  sampleCountries.flatMap((country) => (['standard', 'express', 'pickup'] as const).map((method) => laneOf(warehouse.country, country.code, method))));
