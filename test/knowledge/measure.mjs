// How the articles change what is rejected: node --import tsx test/knowledge/measure.mjs
// For each labelled file of test/understanding: texts out of scope that stay unanswered without and with the articles, and texts
// in scope that an article answers instead of the intent's own flow, or where the intent was not understood.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readIntents } from '../../src/classifiers/intents-folder.ts';
import { createLocalClassifier } from '../../src/classifiers/local-classifier.ts';
import { meaningfulWords } from '../../src/classifiers/linear/text.ts';
import { openModel } from '../../src/classifiers/model.ts';
import { flows } from '../../src/flows/index.ts';
import { createKnowledge } from '../../src/knowledge/knowledge.ts';
import { readArticles } from '../../src/knowledge/read-articles.ts';
import { withKnown } from '../../src/runtime/known.ts';
import { sampleProfile } from '../../src/shops/sample/profile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { model } = await openModel({ intentsFolder: `${root}intents`, cacheFolder: `${root}.cache` });
const classifier = createLocalClassifier({ model, shop: sampleProfile });
const knowledge = createKnowledge([readArticles(`${root}locales/knowledge`)], meaningfulWords);
const intents = await readIntents(`${root}intents`);
const book = { flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])), intents: Object.fromEntries(intents.map((one) => [one.intent, { ...one, flow: one.flow === 'none' ? null : one.flow }])) };
const policy = { knowledge: { answers: true } };
const isShowing = process.argv.includes('--show');
const percent = (part, all) => `${((100 * part) / all).toFixed(1)} %`;
const total = { oos: 0, before: 0, after: 0, inScope: 0, right: 0, rescued: 0, diverted: 0, offered: 0 };

for (const file of readdirSync(`${root}test/understanding`).filter((name) => /^[a-z]{2}\.tsv$/u.test(name))) {
  const locale = file.slice(0, 2);
  const counts = { oos: 0, before: 0, after: 0, inScope: 0, right: 0, rescued: 0, diverted: 0, offered: 0 };
  for (const row of readFileSync(`${root}test/understanding/${file}`, 'utf8').trim().split('\n').slice(1)) {
    const [text, intent] = row.split('\t');
    const understood = classifier.understand(text, { at: '2026-01-01T12:00:00Z', locale, localeIsChosen: true });
    const { known } = withKnown(understood, { knowledge, policy, book });
    const [first] = understood.intents;
    const show = (what) => isShowing && console.log(`  ${what} ${locale} ${intent}: ${text} → ${first.intent} (${first.verdict}) ${known?.best}`);
    if (intent === 'out_of_scope') {
      const isRejected = first.verdict === 'out_of_scope';
      counts.oos += 1;
      counts.before += isRejected ? 1 : 0;
      counts.after += isRejected && known?.best === undefined ? 1 : 0;
      if (known?.near.length > 0 && known.best === undefined) { counts.offered += 1; show('offered'); }
      if (known?.best !== undefined) show('answered');
    } else {
      counts.inScope += 1;
      const isRight = intent.split('+').includes(first.intent) && first.verdict === 'sure';
      counts.right += isRight ? 1 : 0;
      if (known?.best !== undefined) { counts[isRight ? 'diverted' : 'rescued'] += 1; show(isRight ? 'diverted' : 'rescued'); }
    }
  }
  for (const [name, count] of Object.entries(counts)) total[name] += count;
  print(locale, counts);
}
print('all', total);

function print(name, { oos, before, after, inScope, right, rescued, diverted, offered }) {
  console.log(`${name.padEnd(4)} out of scope ${oos}: rejected ${percent(before, oos)} → ${percent(after, oos)}, titles offered ${offered} · in scope ${inScope}: understood ${percent(right, inScope)}, answered by an article instead ${diverted}, not understood but answered by an article ${rescued}`);
}
