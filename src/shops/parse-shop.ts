import { z } from 'zod';
import { locate, MOST_PROBLEMS, read, syntaxProblem, type Found, type ShopProblem } from './file-problems.js';
import { gatherKnown, type Complain } from './known.js';
import { checkProfile, shopChecks } from './shop-checks.js';
import { profileSchema, SHOP_FORMAT, shopLists, type ShopData } from './shop-format.js';

/** How far the loading of a shop's file has come. */
export interface ShopProgress {
  readonly phase: 'check' | 'write';
  readonly done: number;
  readonly total: number;
}

/** What reading a shop's file gives: all of it, or what is wrong with it. */
export type ShopReading = { readonly data: ShopData } | { readonly problems: readonly ShopProblem[] };

const PROGRESS_STEP = 500;

type ListName = keyof typeof shopLists;
const listNames = Object.keys(shopLists) as ListName[];

/** Reads a shop's file in our own JSON format: well-formed, complete and consistent, or a list of what is not. */
export function parseShop(fileText: string, onProgress?: (progress: ShopProgress) => void): ShopReading {
  const text = fileText.startsWith('\uFEFF') ? fileText.slice(1) : fileText;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problems: [syntaxProblem(text)] };
  }
  return checkShop(json, text, onProgress);
}

/** Checks a shop that is already read from `text`, where the problems are then looked up. */
function checkShop(json: unknown, text: string, onProgress?: (progress: ShopProgress) => void): ShopReading {
  const found: Found[] = [];
  const complain: Complain = (path, message) => {
    found.push({ path, message });
  };
  const shape = readShape(json, complain);
  if (shape === null) return { problems: locate(found, text) };
  const total = 2 * listNames.reduce((sum, name) => sum + shape[name].length, 0);
  let done = 0;
  const step = (): void => {
    done += 1;
    if (done % PROGRESS_STEP === 0 || done === total) onProgress?.({ phase: 'check', done, total });
  };
  const profile = read(profileSchema, shape.profile, ['profile'], complain);
  const data = {
    format: shape.format, profile,
    customers: readList('customers'), products: readList('products'), orders: readList('orders'), promotions: readList('promotions'),
    coupons: readList('coupons'), memberLevels: readList('memberLevels'), lanes: readList('lanes'),
  };
  if (found.length > 0 || data.profile === undefined) return { problems: locate(found, text) };
  const shop: ShopData = { ...data, profile: data.profile };
  const known = gatherKnown(shop);
  checkProfile(known, complain);
  for (const name of listNames) {
    for (let index = 0; index < shop[name].length && found.length <= MOST_PROBLEMS; index += 1) {
      shopChecks[name](known, index, complain);
      step();
    }
  }
  return found.length > 0 ? { problems: locate(found, text) } : { data: shop };

  function readList<N extends ListName>(name: N): ShopData[N][number][] {
    const schema = shopLists[name] as unknown as z.ZodType<ShopData[N][number]>;
    const list: ShopData[N][number][] = [];
    for (const [index, element] of shape?.[name].entries() ?? []) {
      if (found.length > MOST_PROBLEMS) break;
      const value = read(schema, element, [name, index], complain);
      if (value !== undefined) list.push(value);
      step();
    }
    return list;
  }
}

const shapeSchema = z.strictObject({ // every list is checked element by element, so that progress can be told
  format: z.literal(SHOP_FORMAT, `must be "${SHOP_FORMAT}"`), profile: z.record(z.string(), z.unknown()),
  customers: z.array(z.unknown()), products: z.array(z.unknown()), orders: z.array(z.unknown()), promotions: z.array(z.unknown()),
  coupons: z.array(z.unknown()), memberLevels: z.array(z.unknown()), lanes: z.array(z.unknown()),
});

const readShape = (json: unknown, complain: Complain): z.infer<typeof shapeSchema> | null => read(shapeSchema, json, [], complain) ?? null;

/** A shop as a file of our own format: one record a line, so that a difference between two files can be read. */
export function printShop(shop: ShopData): string {
  const list = (name: ListName): string =>
    `"${name}": [${shop[name].map((element, index) => `${index === 0 ? '' : ','}\n  ${JSON.stringify(element)}`).join('')}${shop[name].length > 0 ? '\n' : ''}]`;
  return `{\n"format": ${JSON.stringify(shop.format)},\n"profile": ${JSON.stringify(shop.profile)},\n${listNames.map(list).join(',\n')}\n}\n`;
}
