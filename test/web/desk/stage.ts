import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { createPages } from '../../../src/http/pages.js';
import { readPolicy } from '../../../src/policy/read-policy.js';
import { png, serveDesk } from '../../desk/support.js';

const root = process.cwd();

/** Builds the desk's page as `npm run build` does, into a folder of its own. */
export async function buildDesk(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-desk-'));
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--mode', 'desk', '--outDir', folder], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } });
  // The server looks for the sample shop's page to tell whether anything was built.
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>shop</title>');
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The real desk behind the real HTTP server, with the built page; what is written goes out at once. */
export const startStage = (folder: string) => serveDesk({ isRealTime: true, parts: { policy: { ...readPolicy(undefined), writing: { undoSeconds: 0 } } }, plugins: [createPages({ root: folder })] });

/** A running stage, as the tests hold it. */
export type Stage = Awaited<ReturnType<typeof startStage>>;

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** A working day: customers who wait, one talking with the bot, one with a colleague; everything a page can show. */
export async function fillDesk({ talks, records, files, clock }: Stage): Promise<void> {
  const maria = 'web:maria';
  const intents = [{ intent: 'track_parcel', confidence: 0.93, verdict: 'sure' }];
  const entities = [{ kind: 'order_number', raw: 'AC-104233', value: 'AC-104233', marked: true, start: 14, end: 23 }];
  const receipt = { rule: 'return.window', granted: false, inputs: { delivered: { date: '2026-09-02' }, days: 30 }, policyVersion: '1', at: ago(26) } as const;
  const known = { identity: { level: 'L1', customerId: 'c-1', name: 'Maria García' }, topic: { order: 'AC-104233', parcel: 'LX123456785CN' }, locale: 'es', active: { flow: 'track-parcel', intent: 'track_parcel', slots: { order: 'AC-104233', parcel: 'LX123456785CN' }, asked: 'parcel' } } as const;
  await talks.says(maria, { at: ago(29), text: 'Hola, ¿dónde está mi pedido AC-104233? Soy maria@example.com', change: known, answer: {
    text: 'El paquete LX123456785CN está en la aduana de Madrid desde ayer. Lo esperamos entre el 24 y el 27 de noviembre.', choices: [{ id: 'a', label: 'Avisarme' }, { id: 'b', label: 'Hablar con una persona' }],
    links: [{ label: 'Seguir LX123456785CN', url: 'https://track.example/LX123456785CN' }], trace: { locale: 'es', intents, entities, flow: 'track-parcel', receipts: [] },
  } });
  const photo = await files.put(png, { conversationId: maria, name: 'factura.png', type: 'image/png', at: clock.now() });
  await talks.says(maria, { at: ago(27), text: '¿Y puedo devolver la manta?', files: [{ fileId: photo.fileId, name: photo.name, type: photo.type, size: photo.size }], answer: {
    text: 'La manta llegó el 2 de septiembre; el plazo de 30 días ha pasado.', trace: { locale: 'es', intents: [{ intent: 'return_request', confidence: 0.88, verdict: 'sure' }], entities: [], flow: 'return-item', receipts: [receipt] },
  } });
  await records.receipts.add([{ conversationId: maria, turn: 't', receipt }]);
  await talks.asks(maria, { at: ago(24), text: 'Quiero hablar con una persona, por favor', change: known, answer: { text: 'Le paso con una persona. Verá todo lo que hemos escrito.' } });
  await talks.asks('telegram:812', { at: ago(8), text: '你好，我的包裹已经三周没有更新了，请帮我看看。', reason: 'not-understood', change: { locale: 'zh', identity: { level: 'L0', name: '李小雨' } } });
  await talks.asks('web:anon', { at: ago(1), text: 'human please', change: { locale: 'en' } });
  await talks.asks('web:omar', { at: ago(40), text: 'أين طلبي رقم AC-103871 من فضلك؟', change: { locale: 'ar', identity: { level: 'L2', customerId: 'c-9', name: 'عمر الحسن' } } });
  await talks.act({ kind: 'agent-act', id: 'colleague-1', conversationId: 'web:omar', at: ago(30), agent: { id: 'id-Ben', name: 'Ben Okafor' }, act: 'take' });
  await talks.act({ kind: 'agent-act', id: 'colleague-2', conversationId: 'web:omar', at: ago(29), agent: { id: 'id-Ben', name: 'Ben Okafor' }, act: 'say', text: 'مرحبا عمر، أتحقق من ذلك الآن.' });
  await records.notes.add({ id: 'n-1', conversationId: maria, at: ago(20), agent: { id: 'id-Ben', name: 'Ben Okafor' }, text: 'Customs asked for the invoice; sent it to Sunrise Post on Friday.' });
  await talks.says('web:kim', { at: ago(2), text: 'Do you have a coupon?', answer: { text: 'Yes: spend 50 € and save 5 €.' }, change: { identity: { level: 'L0', name: 'Kim Larsen' } } });
}

/** What axe finds on a page, in short. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The page's own rules bar foreign scripts; the debugger may run them all the same.
  if (!await page.evaluate<boolean>(`'axe' in window`)) await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  // A colour on its way to another is neither.
  await page.evaluate('Promise.all(document.getAnimations().filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).map((one) => one.finished.catch(() => undefined)))');
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`);
  });
}
