// Builds what is not built yet: the server, the web pages and the trained model. Done again only when its sources changed.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function hashOf(...paths) {
  const hash = createHash('sha256').update(process.version);
  const walk = (path) => {
    if (!existsSync(path)) return;
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name));
    for (const entry of entries) {
      const full = join(path, entry.name);
      if (entry.isDirectory()) walk(full);
      else hash.update(relative(root, full)).update(readFileSync(full));
    }
  };
  for (const path of paths) {
    const full = join(root, path);
    if (existsSync(full) && !path.includes('.')) walk(full);
    else if (existsSync(full)) hash.update(readFileSync(full));
  }
  return hash.digest('hex');
}

async function step(name, sources, commands) {
  const stamp = join(root, 'dist', `.${name}`);
  const hash = hashOf(...sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  process.stdout.write(`Building ${name} …\n`);
  for (const [command, ...args] of commands) {
    const [status] = await once(spawn(process.execPath, [join(root, 'node_modules', command), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }), 'exit');
    if (status !== 0) {
      process.stderr.write(`Building ${name} failed.\n`);
      process.exit(1);
    }
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, hash);
}

if (!existsSync(join(root, 'dist', '.server'))) rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
await step('server', ['src', 'tsconfig.json', 'tsconfig.build.json'], [['typescript/bin/tsc', '-p', 'tsconfig.build.json']]);
cpSync(join(root, 'src/policy/default.yaml'), join(root, 'dist/policy/default.yaml'));
// The texts a shop's own models are measured by travel with the build.
const labelled = join(root, 'test/understanding');
if (existsSync(labelled)) for (const file of readdirSync(labelled).filter((name) => /^[a-z]{2}\.tsv$/u.test(name))) cpSync(join(labelled, file), join(root, 'dist/check', file));
// One model is learned on one core for a while: the pages are built beside it.
const [[trained]] = await Promise.all([
  once(spawn(process.execPath, [join(root, 'dist/cli/aftercare.js'), 'train', '--if-needed'], { cwd: root, stdio: 'inherit' }), 'exit'),
  step('web', ['src/web', 'locales', 'vite.config.ts'], [['vite/bin/vite.js', 'build', '--mode', 'widget'], ['vite/bin/vite.js', 'build', '--mode', 'pages']]),
]);
process.exit(trained ?? 1);
