import type { Colour, Entity } from '../../domain/understanding.js';
import type { Shade } from '../languages/entity-words.js';
import { groupsOf, type Matcher, type Phrasebook } from './phrasebook.js';
import { entityAt, plainSpans, type EntityRule } from './source.js';
import { perLanguage, tableIn, type Spoken } from './spoken.js';

interface ColourWords { readonly matchers: readonly Matcher[]; readonly colourOf: (text: string) => Colour | undefined; readonly shadeOf: (text: string) => Shade | undefined }

function colourWordsOf({ tongue, words }: Spoken, book: Phrasebook): ColourWords {
  const colours = tableIn<Colour>(words.colours, tongue);
  const shades = tableIn<Shade>(words.shades, tongue);
  const slots = { colour: { phrases: colours.phrases, group: 'colour' }, shade: { phrases: shades.phrases, group: 'shade' } };
  return { matchers: [...book.matchers('{colour}', tongue, slots), ...book.matchers(words.shaded, tongue, slots)], colourOf: colours.meaning, shadeOf: shades.meaning };
}

/** Reads colours: "red", "dark blue", in any language as their English names. */
export function createColourRule(book: Phrasebook): EntityRule {
  const languages = perLanguage((language) => colourWordsOf(language, book));
  return (source) => {
    const found: Entity[] = [];
    for (const { matchers, colourOf, shadeOf } of languages(source.locale)) {
      for (const matcher of matchers) {
        if (!source.cues.has(matcher)) continue;
        for (const { match, start, end } of plainSpans(source, matcher.pattern)) {
          const { colour: name, shade: shadeName } = groupsOf(match);
          const colour = colourOf(name ?? '');
          const shade = shadeName === undefined ? undefined : shadeOf(shadeName);
          if (colour !== undefined) found.push(entityAt(source, start, end, { kind: 'colour', value: colour, ...(shade === undefined ? {} : { shade }) }));
        }
      }
    }
    return found;
  };
}
