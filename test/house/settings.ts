import { settings } from '../../src/config.js';

const rows = Object.entries(settings).map(([name, one]) => ({ name, group: one.group, meaning: one.meaning, standard: one.default }));
const groups = [...new Set(rows.map(({ group }) => group))];

/** What `.env.example` must hold: every setting by group, with its meaning and its default, commented out. */
export const envExample = (): string => [
  '# Every setting of Aftercare. Copy this file to .env, take the # away from what you want to set, and start again.\n# Without any of them everything runs on http://localhost:3000 with a sample shop; nothing else is needed.\n',
  ...groups.map((group) => [`# ---- ${group} ----\n`, ...rows.filter((row) => row.group === group).map(({ name, meaning, standard }) => `# ${meaning}\n#${name}=${standard ?? ''}\n`)].join('\n')),
].join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What must stand in README.md between the marks `<!-- settings -->` and `<!-- /settings -->`. */
export const settingsTable = (): string => groups.map((group) => [
  `**${group}**\n`,
  '| Setting | Meaning | Default |',
  '| --- | --- | --- |',
  ...rows.filter((row) => row.group === group).map(({ name, meaning, standard }) => `| \`${name}\` | ${cell(meaning)} | ${standard === undefined ? '–' : `\`${standard.replaceAll('|', '\\|')}\``} |`),
].join('\n')).join('\n\n');
