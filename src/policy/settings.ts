import { meanings, type Meaning } from './meanings.js';
import { policyJsonSchema } from './read-policy.js';

interface Part {
  readonly properties?: Readonly<Record<string, Part>>;
  readonly additionalProperties?: Part | boolean;
}

const layers = ['items', 'categories', 'members', 'countries'];

/** The paths of a schema's settings; what may stand under any name of a layer is told once, as `<layer>`. */
function pathsOf(part: Part, path: readonly string[] = []): string[] {
  if (part.properties) return Object.entries(part.properties).flatMap(([name, one]) => pathsOf(one, [...path, name]));
  const inner = typeof part.additionalProperties === 'object' && part.additionalProperties.properties ? pathsOf(part.additionalProperties, [...path.slice(0, -1), '<layer>']) : [];
  return [path.join('.'), ...(layers.includes(path.at(-1) ?? '') ? inner : [])];
}

/** Every setting there is, in the order of the schema. */
export const settingPaths = (): string[] => [...new Set(pathsOf(policyJsonSchema() as Part))];

/** A value of a policy by its path, as a merchant would write it; a dash where there is none. */
export function valueAt(policy: unknown, path: string): string {
  const value = path.split('.').reduce<unknown>((one, key) => (typeof one === 'object' && one !== null ? (one as Readonly<Record<string, unknown>>)[key] : undefined), policy);
  return value === undefined ? '–' : JSON.stringify(value);
}

/** The settings of one section, each with its value and its meaning. */
export function explain(policy: unknown, section: string): { readonly path: string; readonly value: string; readonly meaning: Meaning | undefined }[] {
  return settingPaths().filter((path) => path === section || path.startsWith(`${section}.`)).map((path) => ({ path, value: valueAt(policy, path), meaning: meanings[path] }));
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const shortened = (value: string): string => (value.length > 90 ? 'see the file' : `\`${cell(value)}\``);

/** The table of all settings for `docs/policy.md`, section by section, with the defaults of a policy. */
export function settingsTable(policy: unknown): string {
  const sections = [...new Set(settingPaths().map((path) => (path.includes('.') ? path.split('.')[0] ?? '' : '')))];
  return sections.map((section) => [
    section === '' ? '### The file\n' : `### \`${section}\`\n`, '| Setting | Meaning | Unit | Default | Example |', '| --- | --- | --- | --- | --- |',
    ...settingPaths().filter((path) => (section === '' ? !path.includes('.') : path.startsWith(`${section}.`))).map((path) => {
      const meaning = meanings[path];
      return `| \`${cell(path)}\` | ${cell(meaning?.says ?? '')} | ${cell(meaning?.unit ?? '')} | ${shortened(valueAt(policy, path))} | \`${cell(meaning?.example ?? '')}\` |`;
    }),
  ].join('\n')).join('\n\n');
}
