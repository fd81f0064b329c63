import { entityAt, spans, type EntityRule } from './source.js';

const PART = String.raw`[\p{L}][\p{L}\p{M}'’.-]*`;
const CAPITAL = String.raw`\p{Lu}[\p{L}\p{M}'’.-]*`;
const LINK = String.raw`(?:(?:de|del|de la|la|van|von|da|dos|der|den|bin|al|di|y) )*`;
const FULL = String.raw`${CAPITAL}(?: ${LINK}${CAPITAL}){0,3}`;
/** Words that follow "I'm" or "soy" far more often than a name does. */
const NOT_NAMES = String.raw`(?!(?:not|still|so|very|sorry|waiting|the|a|an|just|afraid|really|trying|looking|getting|going|sure|un|una|el|la|yo|cliente|de|muy|your|in|on|from|I|OK|here|done|happy|unhappy|back|now)(?![\p{L}]))`;

const TOLD: readonly RegExp[] = [
  // Told outright, any spelling of the name will do, up to a word that goes on with the sentence.
  new RegExp(String.raw`(?<![\p{L}])(?:[Mm]y (?:full |last |first )?name(?: is|'s|’s)|[Mm]i nombre (?:completo )?es|[Mm]e llamo|[Nn]ame on (?:the|my) order is|[Mm]e chamo|[Jj]e m['’]appelle|[Mm]ein [Nn]ame ist|[Ii]ch hei(?:ß|ss)e|[Мм]еня зовут)[\s:]+${NOT_NAMES}(?<value>${FULL}|(?!(?:and|y|on|in|wrong|spelled|misspelled|not|mal)(?![\p{L}]))${PART}(?: (?!(?:and|y|my|mi|the|el|order|pedido|from|de|on|i|but|pero|with|con|number|email)(?![\p{L}]))${PART}){0,2})`, 'gu'),
  new RegExp(String.raw`(?<![\p{L}])(?:I['’]?m|I am|[Tt]his is|[Ii]t['’]s|[Ss]oy|[Hh]abla)\s+${NOT_NAMES}(?<value>${CAPITAL} ${LINK}${CAPITAL}(?: ${LINK}${CAPITAL})?)`, 'gu'),
  new RegExp(String.raw`(?<![\p{L}])(?:[Nn]ames?|NAME|[Nn]ombre(?: completo)?|[Rr]ecipient|[Dd]estinatario|[Nn]om)\s*:\s*(?<value>${PART}(?: ${PART}){0,3})`, 'gu'),
  /(?:我叫|我的名字(?:是|叫)|我姓名是|姓名[:\s是]{1,2}|收件人(?:是|[:\s]{1,2})|名字(?:叫|是|[:\s]))\s*(?<value>\p{Script=Han}{2,4}(?=[^\p{Script=Han}]|$|的|订|我|想|要|手)|[A-Za-z]+(?: [A-Za-z]+){0,3})/gu,
];

/** Reads the customer's name where the message tells it. */
export const readNames: EntityRule = (source) => TOLD.flatMap((pattern) => Array.from(spans(source, pattern), ({ start, value }) => {
  const name = value.replace(/[.'’-]+$/, '');
  return entityAt(source, start, start + name.length, { kind: 'name', value: name });
}));
