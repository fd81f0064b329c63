/** Ways to write a unit, the first of each standing for all: what stands behind numbers on labels the world over. */
const units: readonly (readonly string[])[] = [
  ['inch', 'inches', 'in', '"', '”', '″', 'zoll', 'pulgadas', 'polegadas', 'pouces', 'дюйм', 'дюймов', 'дюйма', '寸', '英寸', 'بوصة'], ['ft', 'foot', 'feet', "'"],
  ['l', 'liter', 'liters', 'litre', 'litres', 'litro', 'litros', 'л', 'литр', 'литра', 'литров', '升', 'لتر'], ['ml', 'millilitres', 'milliliters', 'мл', '毫升', 'مل'],
  ['cm', 'см', '厘米', 'سم'], ['mm', 'мм', '毫米'], ['m', 'metre', 'metres', 'meter', 'meters', 'м', '米'], ['kg', 'кг', '公斤'], ['g', 'г', '克'], ['lb', 'lbs', 'pound', 'pounds'],
  ['gb', 'gig', 'gigs', 'go', 'гб'], ['tb', 'to', 'тб'], ['mah'], ['hour', 'hours', 'h', 'hr', 'hrs', 'horas', 'heures', 'stunden', 'час', 'часов', 'часа', '小时'], ['w', 'watt', 'watts'],
  ['mp', 'megapixel', 'megapixels'], ['piece', 'pieces', 'pcs', 'pc', 'piezas', 'peças', 'pièces', 'teile', 'teilig', 'teiliges', 'деталей', 'предмета', '件', '片', '块'],
  ['cup', 'cups', 'tazas', 'xícaras', 'tasses', 'tassen', 'чашек'], ['degree', 'degrees', '°', 'grados', 'graus', 'grad', 'градусов', '度'], ['%', 'percent', 'prozent'],
];
const byWord = new Map(units.flatMap(([name = '', ...others]) => [name, ...others].map((word) => [word, name] as const)));

/** The unit a word stands for, or the word itself. */
export const unitOf = (word: string): string => byWord.get(word) ?? byWord.get(word.replace(/s$/u, '')) ?? word;

/** All ways to write a unit, for a word that is one of them. */
export const spellingsOf = (word: string): readonly string[] => units.find((list) => list[0] === unitOf(word)) ?? [word];

/** A number with its unit, as a label writes it ("1.5L", "8-inch", "1000 pieces"); null where a value is no amount. */
export function amountOf(value: string): { readonly amount: number; readonly unit: string } | null {
  const match = /^(?<amount>\d+(?:[.,]\d+)?)\s*-?\s*(?<unit>[^\d\s]*)/u.exec(value.trim().toLowerCase());
  if (!match?.groups) return null;
  const unit = unitOf(match.groups['unit'] ?? '');
  const amount = Number((match.groups['amount'] ?? '').replace(',', '.'));
  // Sizes in thousands of the same unit are told apart from their parts ("1TB", "512GB"; "1L", "750 ml").
  const [factor, base] = unit === 'tb' ? [1000, 'gb'] : unit === 'l' ? [1000, 'ml'] : unit === 'm' ? [100, 'cm'] : unit === 'k' ? [1000, 'p'] : [1, unit];
  return { amount: amount * factor, unit: base };
}
