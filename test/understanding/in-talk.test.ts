import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseLabelledText } from '../../src/classifiers/labelled-text.js';
import { aTalk } from '../flows/talking.js';
import { root } from '../house/sources.js';
import { aCore, today } from '../support/a-core.js';

/** A talk in which all this was said. */
async function after(...said: readonly string[]) {
  const talk = await aTalk(await aCore());
  for (const text of said) await talk.says(text);
  return talk;
}

describe('what the trained classifier hears, in a talk', () => {
  test('Traditional Chinese is read, and answered in Simplified with a line that says so', async () => {
    const talk = await after('請問我的訂單 AC-100001 到哪裡了');
    expect(talk.keys()).toEqual(['hello.short', 'language.simplified', 'who.ask.second']);
    expect(talk.words()).toMatch(/繁体中文.*\n[\s\S]*AC-100001/u);
  });

  test('a language nobody here speaks is answered in English, with the list of those spoken', async () => {
    const talk = await after('buongiorno, il mio pacco non è ancora arrivato');
    expect(talk.keys()).toEqual(['hello.short', 'language.foreign']);
    for (const language of ['I speak', 'العربية', 'Deutsch', 'English', 'español', 'français', 'português', 'русский', '中文']) expect(talk.words()).toContain(language);
  });

  test('what is asked for decides how a message is read: a bare number is a size where a size is asked for, and nothing without that', async () => {
    const asked = await after('I would like to exchange the sneakers in order AC-100020, maria@example.com');
    expect(asked.keys()).toEqual(['hello.short', 'swap-items.ask-what']);
    await asked.says('40');
    expect(asked.keys()).toEqual(['swap-items.plan.change', 'confirm.ask']);
    expect(asked.words()).toContain('white, 38), €74.90 → white, 40');
    expect((await after('40')).keys()).not.toContain('swap-items.plan.change');
  });

  test('doubt is told, and the likeliest are offered as buttons; a second doubt brings a person', async () => {
    const core = await aCore();
    const doubtful = parseLabelledText(readFileSync(`${root}test/understanding/en.tsv`, 'utf8'), 'en.tsv').map(({ text }) => text)
      .map((text) => ({ text, understood: core.classifier.understand(text, { at: today, locale: 'en' }) }))
      .find(({ understood: { intents, answer, entities, mood, within } }) => intents.length === 1 && intents[0]?.verdict === 'unsure' && answer === undefined && mood === undefined && within === undefined && entities.length === 0);
    const talk = await aTalk(core);
    await talk.says(doubtful?.text ?? '');
    expect(talk.keys()).toEqual(['hello.short', 'unsure.ask']);
    const offered = talk.choices().filter((id) => id.startsWith('i:'));
    expect(doubtful?.understood.intents[0]?.top.map(({ intent }) => `i:${intent}`)).toEqual(expect.arrayContaining(offered));
    expect([offered.length >= 2 && offered.length <= 3, talk.choices().at(-1)]).toEqual([true, 'h']);
    await talk.says(doubtful?.text ?? '');
    expect(talk.keys()[0]).toBe('handover.announced.not-understood');
  });
});
