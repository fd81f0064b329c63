/** Ways to write a unit, the first of each standing for all: what stands behind numbers on labels the world over. */
export const UNITS: readonly (readonly string[])[] = [
  ['inch', 'inches', 'in', '"', '”', '″', 'zoll', 'pulgadas', 'polegadas', 'pouces', 'дюйм', 'дюймов', 'дюйма', '寸', '英寸', 'بوصة'], ['ft', 'foot', 'feet', "'"],
  ['l', 'liter', 'liters', 'litre', 'litres', 'litro', 'litros', 'л', 'литр', 'литра', 'литров', '升', 'لتر'], ['ml', 'millilitres', 'milliliters', 'мл', '毫升', 'مل'],
  ['cm', 'см', '厘米', 'سم'], ['mm', 'мм', '毫米'], ['m', 'metre', 'metres', 'meter', 'meters', 'м', '米'], ['kg', 'кг', '公斤'], ['g', 'г', '克'], ['lb', 'lbs', 'pound', 'pounds'],
  ['gb', 'gig', 'gigs', 'go', 'гб'], ['tb', 'to', 'тб'], ['mah'], ['hour', 'hours', 'h', 'hr', 'hrs', 'horas', 'heures', 'stunden', 'час', 'часов', 'часа', '小时'], ['w', 'watt', 'watts'],
  ['mp', 'megapixel', 'megapixels'], ['piece', 'pieces', 'pcs', 'pc', 'piezas', 'peças', 'pièces', 'teile', 'teilig', 'teiliges', 'деталей', 'предмета', '件', '片', '块'],
  ['cup', 'cups', 'tazas', 'xícaras', 'tasses', 'tassen', 'чашек'], ['degree', 'degrees', '°', 'grados', 'graus', 'grad', 'градусов', '度'], ['%', 'percent', 'prozent'],
];
