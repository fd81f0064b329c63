// Runs every test: installs what they need, builds what they drive, runs jest, and leaves a report for `aftercare capabilities`.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = process.argv.slice(2);
const run = (command, args, env = {}, timeout) => spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, timeout, killSignal: 'SIGKILL' }).status ?? 1;
/** Databases of tests live for seconds: where Linux offers a place in memory with room enough, they are kept there. */
const ROOM_BYTES = 4e9;
function placeForTests() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > ROOM_BYTES ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}
/** A whole run takes about twenty minutes on two cores; one that takes so many milliseconds hangs, and says so instead of waiting on. */
const LONGEST_MS = 60 * 60_000;

if (run('bash', ['.ci/setup']) !== 0) process.exit(1);
// The model is learned on one core for a good part of the time; what looks at the sources alone is done beside it.
const steps = files.length === 0 ? ['build', 'typecheck', 'lint'] : ['build'];
const ended = await Promise.all(steps.map(async (step) => {
  const [code] = await once(spawn('npm', ['run', '--silent', step], { cwd: root, stdio: 'inherit' }), 'exit');
  return { step, isGood: code === 0 };
}));
for (const { step } of ended.filter(({ isGood }) => !isGood)) {
  console.error(`npm run ${step} failed`);
  process.exitCode = 1;
}
if (process.exitCode === 1) process.exit();

mkdirSync(`${root}.cache`, { recursive: true });
const raw = `${root}.cache/jest.json`;
rmSync(raw, { force: true });
const folder = mkdtempSync(`${placeForTests()}/aftercare-tests-`);
// Servers run as other users, too.
chmodSync(folder, 0o1777);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
// Ctrl-C ends what runs; then this goes on, ends, and leaves nothing behind.
process.once('SIGINT', () => process.exit(130));
// `--forceExit`: a test that ran out of time may leave a process behind, and the run must end all the same.
const status = run('node', ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${raw}`, '--maxWorkers=2', '--forceExit', ...files], {
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim(), TMPDIR: folder, AFTERCARE_MODEL_READY: 'true',
}, LONGEST_MS);
if (!existsSync(raw)) {
  console.error(`jest left no report: it was ended after ${LONGEST_MS / 60_000} minutes, or ended by itself`);
  process.exit(1);
}
const report = JSON.parse(readFileSync(raw, 'utf8'));
const tests = report.testResults.flatMap((file) => file.assertionResults.map((one) => ({ title: one.fullName, status: one.status })));
if (files.length === 0) {
  let commit = 'unknown';
  try {
    commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    // Not a checkout: the report then belongs to no commit.
  }
  writeFileSync(`${root}.cache/test-report.json`, JSON.stringify({ commit, tests }));
}
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exit(status === 0 && failed === 0 ? 0 : 1);
