// Prints what README.md must hold between its marks for settings; with --env, what .env.example must hold.
import { tsImport } from 'tsx/esm/api';

const { envExample, settingsTable } = await tsImport('./settings.ts', import.meta.url);
process.stdout.write(process.argv.includes('--env') ? envExample() : `${settingsTable()}\n`);
