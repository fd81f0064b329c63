import { parseSync } from '@swc/core';

/**
 * Finds edges of words (`\b`) beside letters that are none to them: to JavaScript a word is made of a to z, digits and `_`, so that
 * `\bé` never matches behind a blank, and `é\b` never before one. `(?<!\p{L})` and `(?!\p{L})` know all letters.
 */
export const blindEdges = (source: string): string[] => patternsIn(source).flatMap((pattern) => [...new Set(edgesOf(readPattern(pattern), [], []))].map((what) => `${what} in ${pattern.slice(0, 60)}`));

type Item =
  | { readonly is: 'edge' | 'look' | 'other' }
  | { readonly is: 'sign'; readonly sign: string; readonly isOptional: boolean }
  | { readonly is: 'signs'; readonly signs: string; readonly isAnyOther: boolean; readonly isOptional: boolean }
  | { readonly is: 'group'; readonly ways: Ways; readonly isLook: boolean; readonly isOptional: boolean };
type Row = readonly Item[];
type Ways = readonly Row[];

interface Node { readonly type?: string; readonly [key: string]: unknown }

/** The patterns in a source: literals, and the texts that `new RegExp` is made of. */
function patternsIn(source: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown, isInPattern: boolean): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const one of node) visit(one, isInPattern);
      return;
    }
    const { type, ...parts } = node as Node;
    if (type === 'RegExpLiteral') found.push(String(parts['pattern']));
    if (isInPattern && type === 'StringLiteral') found.push(String(parts['value']));
    if (isInPattern && type === 'TemplateElement') found.push(String(parts['raw']));
    const isPattern = isInPattern || (type === 'NewExpression' && (parts['callee'] as Node)['value'] === 'RegExp');
    for (const part of Object.values(parts)) visit(part, isPattern);
  };
  visit(parseSync(source, { syntax: 'typescript', tsx: false }), false);
  return found;
}

/** Reads as much of a pattern as is needed to know what stands beside its edges. */
function readPattern(pattern: string): Ways {
  let at = 0;
  const past = (expression: RegExp): string => {
    expression.lastIndex = at;
    const found = expression.exec(pattern)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const ways = (): Ways => {
    const rows: Item[][] = [[]];
    while (at < pattern.length && pattern[at] !== ')') {
      if (past(/\|/uy) !== '') rows.push([]);
      else rows.at(-1)?.push(item());
    }
    return rows;
  };
  const isOptional = (): boolean => /^(?:[*?]|\{0)/u.test(past(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/uy));
  const item = (): Item => {
    const escape = past(/\\(?:[pP]\{[^}]*\}|k<[^>]*>|u\{[^}]*\}|[\s\S])/uy);
    if (escape !== '') return escape === String.raw`\b` ? { is: 'edge' } : (isOptional(), { is: 'other' });
    const signs = past(/\[(?:\\[\s\S]|[^\]\\])*\]/uy);
    if (signs !== '') return { is: 'signs', signs: signs.slice(1, -1), isAnyOther: signs[1] === '^', isOptional: isOptional() };
    const open = past(/\((?:\?(?:<?[=!]|:|<[^>]*>))?/uy);
    if (open !== '') {
      const inner = ways();
      past(/\)/uy);
      return { is: 'group', ways: inner, isLook: /[=!]$/u.test(open), isOptional: isOptional() };
    }
    return { is: 'sign', sign: past(/[\s\S]/uy), isOptional: isOptional() };
  };
  return ways();
}

const isBlind = (sign: string): boolean => /\p{L}/u.test(sign) && (sign.codePointAt(0) ?? 0) > 127;

/** The letters an edge does not know that a row may begin with, or end with. */
function ends(row: Row, way: 'begin' | 'end'): string[] {
  const found: string[] = [];
  for (const item of way === 'begin' ? row : row.toReversed()) {
    if (item.is === 'edge' || (item.is === 'group' && item.isLook)) continue;
    if (item.is === 'sign' && isBlind(item.sign)) found.push(item.sign);
    if (item.is === 'signs' && !item.isAnyOther) found.push(...[...item.signs].filter(isBlind));
    if (item.is === 'group') found.push(...item.ways.flatMap((one) => ends(one, way)));
    const canBeNothing = (item.is === 'sign' && item.isOptional) || (item.is === 'signs' && item.isOptional && !item.isAnyOther) || (item.is === 'group' && (item.isOptional || item.ways.some((one) => one.length === 0)));
    if (!canBeNothing) break;
  }
  return found;
}

function edgesOf(ways: Ways, before: Row, behind: Row): string[] {
  return ways.flatMap((row) => row.flatMap((item, index) => {
    const [left, right] = [[...before, ...row.slice(0, index)], [...row.slice(index + 1), ...behind]];
    if (item.is === 'group') return edgesOf(item.ways, left, right);
    if (item.is !== 'edge') return [];
    return [...ends(right, 'begin').map((sign) => String.raw`\b before ${sign}`), ...ends(left, 'end').map((sign) => String.raw`${sign} before \b`)];
  }));
}
