import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Fault } from '../domain/fault.js';
import { factNames, pageNames } from '../domain/shop-facts.js';
import { yamlMistakes, yamlReading } from '../domain/yaml-document.js';

const line = z.string().trim().min(1);
const front = z.strictObject({
  title: line,
  /** Questions it answers, as customers ask them: what it is found by. */
  questions: z.array(line).min(3),
  intents: z.array(line).default([]),
  besides: z.array(line).default([]),
  pages: z.array(z.enum(pageNames)).default([]),
  offers: z.array(line).default([]),
  walked: z.boolean().default(false),
  picture: z.string().regex(/^[\w-]+\.(?:png|jpg)$/u, 'must be a .png or .jpg beside the articles').optional(),
});

/** An article in one language, as its file has it. */
export interface ArticleText extends z.infer<typeof front> {
  readonly id: string;
  readonly intro: readonly string[];
  readonly steps: readonly string[];
  readonly outro: readonly string[];
}

/** Articles of a folder by language, and where the folder is. */
export interface ArticleFolder {
  readonly path: string;
  readonly languages: Readonly<Record<string, readonly ArticleText[]>>;
}

/** The paragraphs of an article: numbered lines are its steps, the rest stands before or behind them. */
function partsOf(body: string): Pick<ArticleText, 'intro' | 'steps' | 'outro'> {
  const [intro, steps, outro]: string[][] = [[], [], []];
  for (const block of body.split(/\n(?=\s*\d+\.\s)|\n\s*\n/u).map((one) => one.trim()).filter((one) => one !== '')) {
    const step = /^\d+\.\s+([\s\S]+)$/u.exec(block)?.[1];
    const text = (step ?? block).replace(/\n(?!-\s)\s*/gu, ' ').replace(/^-\s+/gmu, '• ');
    if (step !== undefined) steps?.push(text);
    else if (steps?.length) outro?.push(text);
    else intro?.push(text);
  }
  return { intro: intro ?? [], steps: steps ?? [], outro: outro ?? [] };
}

/** What is wrong with a sentence: it cannot be read, or names a fact there is not. */
function mistakeIn(text: string, tag: string): string | undefined {
  try {
    const names = (ast: ReturnType<IntlMessageFormat['getAst']>): string[] => ast.flatMap((part) => [
      ...('value' in part && part.type !== 0 ? [part.value] : []), ...('options' in part ? Object.values(part.options).flatMap((option) => names(option.value)) : []),
    ]);
    const unknown = names(new IntlMessageFormat(text, tag, undefined, { ignoreTag: true }).getAst()).find((name) => !factNames.some((fact) => fact === name));
    return unknown === undefined ? undefined : `there is no fact {${unknown}}; there are: ${factNames.join(', ')}`;
  } catch (error) {
    return `“${text.slice(0, 60)}” cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Reads one article (its file's name, its language, what is in it); what is wrong with it is added to `problems`. */
export function readArticle(file: string, tag: string, source: string, problems: string[]): ArticleText[] {
  const wrong = (what: string): [] => {
    problems.push(`${tag}/${file}: ${what}`);
    return [];
  };
  const found = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(source.replaceAll('\r\n', '\n'));
  if (!found) return wrong('must begin with its head between two lines of ---');
  const [, head = ''] = found;
  const document = parseDocument(head, yamlReading);
  const mistakes = yamlMistakes(document, head);
  if (mistakes.length > 0) return wrong(mistakes.map(({ message }) => message).join('; '));
  let given: unknown;
  try {
    given = document.toJS();
  } catch (error) {
    // Aliases are only followed now: one without its anchor, or too many of them.
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const parsed = front.safeParse(given);
  if (!parsed.success) return wrong(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the head'}: ${issue.message}`).join('; '));
  const body = (found[2] ?? '').trim();
  if (body === '') return wrong('says nothing');
  if (/^#|!\[|\]\(|\*\*|<\w/mu.test(body)) return wrong('may hold paragraphs, numbered steps and "- " lists alone: chats show no other markup');
  const article = { ...parsed.data, id: basename(file, '.md'), ...partsOf(body) };
  for (const text of [article.title, ...article.intro, ...article.steps, ...article.outro]) {
    const mistake = mistakeIn(text, tag);
    if (mistake !== undefined) wrong(mistake);
  }
  return [article];
}

/** Reads and checks a folder of articles, `<language>/<id>.md`; every mistake is reported at once, with its file. */
export function readArticles(path: string): ArticleFolder {
  if (!existsSync(path)) throw new Fault('knowledge.invalid', `the folder of articles ${path} cannot be read`);
  const problems: string[] = [];
  const tags = readdirSync(path, { withFileTypes: true }).filter((one) => one.isDirectory() && /^[a-z]{2,3}(?:-\w+)?$/u.test(one.name)).map((one) => one.name).sort();
  const languages = Object.fromEntries(tags.map((tag) => [tag, readdirSync(join(path, tag)).filter((name) => name.endsWith('.md')).sort().flatMap((name) => readArticle(name, tag, readFileSync(join(path, tag, name), 'utf8'), problems))]));
  for (const articles of Object.values(languages)) {
    for (const { id, picture } of articles) if (picture !== undefined && !existsSync(join(path, picture))) problems.push(`${id}.md: there is no picture ${picture} in ${path}`);
  }
  if (problems.length > 0) throw new Fault('knowledge.invalid', `the articles are wrong:\n${problems.map((one) => `  ${one}`).join('\n')}`);
  return { path, languages };
}

/** The shop's own articles over the shipped ones: one of the same name takes the place of the shipped one in every language. */
export function laidOver(shipped: ArticleFolder, own: ArticleFolder | undefined): readonly ArticleFolder[] {
  if (!own) return [shipped];
  const ids = new Set(Object.values(own.languages).flat().map(({ id }) => id));
  return [{ ...shipped, languages: Object.fromEntries(Object.entries(shipped.languages).map(([tag, articles]) => [tag, articles.filter(({ id }) => !ids.has(id))])) }, own];
}
