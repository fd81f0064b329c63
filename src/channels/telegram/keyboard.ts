import type { InlineKeyboardButton } from 'telegraf/types';
import type { Line } from '../../domain/message.js';

const mostRows = 8;
/** Telegram puts at most eight buttons in a row. */
const mostInRow = 8;
/** Two labels up to this length fit beside each other on a phone. */
const shortLabel = 16;

/** The buttons of a line, and as words what cannot be a button. */
export interface Keyboard {
  readonly rows: readonly (readonly InlineKeyboardButton[])[];
  /** Labels and addresses that had to stay words, each for a line of its own. */
  readonly words: readonly string[];
  /** All of it as words, for when Telegram refuses the buttons. */
  readonly allWords: readonly string[];
  /** Ids of choices that Telegram does not take; somebody made them too long. */
  readonly unfit: readonly string[];
}

/** Lays out choices and links as an inline keyboard. */
export function layOut(line: Pick<Line, 'choices' | 'links'>): Keyboard {
  const unfit: string[] = [];
  const words: string[] = [];
  const allWords: string[] = [];
  const choices: InlineKeyboardButton[] = [];
  const links: InlineKeyboardButton[] = [];
  for (const { id, label } of line.choices ?? []) {
    const bytes = Buffer.byteLength(id);
    const word = `• ${label}`;
    allWords.push(word);
    if (label.trim() !== '' && bytes >= 1 && bytes <= 64) choices.push({ text: label, callback_data: id });
    else {
      unfit.push(id);
      words.push(word);
    }
  }
  for (const { label, url } of line.links ?? []) {
    const word = `${label}: ${url}`;
    allWords.push(word);
    if (label.trim() !== '' && isWebAddress(url)) links.push({ text: label, url });
    else words.push(word);
  }
  const { rows, over } = inRows(choices, links);
  return { rows, words: [...words, ...over.map((button) => ('url' in button ? `${button.text}: ${button.url}` : `• ${button.text}`))], allWords, unfit };
}

/** Telegram refuses the whole message for the address of a button that is not on the open web, such as localhost. */
function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && hostname.includes('.');
}

function inRows(choices: readonly InlineKeyboardButton[], links: readonly InlineKeyboardButton[]): { readonly rows: InlineKeyboardButton[][]; readonly over: InlineKeyboardButton[] } {
  const narrow = [...choicesInRows(choices), ...links.map((link) => [link])];
  if (narrow.length <= mostRows) return { rows: narrow, over: [] };
  const all = [...choices, ...links];
  const width = Math.min(mostInRow, Math.ceil(all.length / mostRows));
  const rows = Array.from({ length: Math.min(mostRows, Math.ceil(all.length / width)) }, (_, row) => all.slice(row * width, (row + 1) * width));
  return { rows, over: all.slice(mostRows * width) };
}

function choicesInRows(choices: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  for (const button of choices) {
    const last = rows.at(-1);
    const [first] = last ?? [];
    const fits = (one: InlineKeyboardButton | undefined): boolean => one !== undefined && Array.from(one.text).length <= shortLabel;
    if (last?.length === 1 && fits(first) && fits(button)) last.push(button);
    else rows.push([button]);
  }
  return rows;
}
