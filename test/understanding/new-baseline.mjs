// Measures the development sets and writes test/understanding/baseline.json: node test/understanding/new-baseline.mjs --because "why".
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const { because } = parseArgs({ options: { because: { type: 'string' } } }).values;
if (because === undefined || because.trim().split(/\s+/u).length < 3) {
  process.stderr.write('Say why in a sentence: --because "…"\n');
  process.exit(2);
}
const { measure } = await tsImport('./gate.ts', import.meta.url);
const { openModel } = await tsImport('../../src/classifiers/model.ts', import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const { model } = await openModel({ intentsFolder: `${root}intents`, cacheFolder: `${root}.cache` });
const found = await measure(model);
const file = new URL('./baseline.json', import.meta.url);
let written = [];
try {
  ({ written } = JSON.parse(readFileSync(file, 'utf8')));
} catch {
  // The first baseline.
}
const rounded = Object.fromEntries(Object.entries(found).map(([language, figures]) => [language, Object.fromEntries(Object.entries(figures).map(([name, share]) => [name, Math.round(share * 10_000) / 10_000]))]));
writeFileSync(file, `${JSON.stringify({ written: [...written, { date: new Date().toISOString().slice(0, 10), because }], figures: rounded }, null, 2)}\n`);
for (const [language, { inScopeAccuracy, outOfScopeRecall, top3 }] of Object.entries(found)) {
  process.stdout.write(`${language}: in scope ${(inScopeAccuracy * 100).toFixed(1)} % · out of scope rejected ${(outOfScopeRecall * 100).toFixed(1)} % · among three ${(top3 * 100).toFixed(1)} %\n`);
}
