import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config.js';
import { createLog, secretsIn } from '../src/main.js';

describe('the log', () => {
  const written: string[] = [];
  const read = readConfig({ REDIS_URL: 'redis://user:planted-password@127.0.0.1:6379', TOKEN_SECRET: 'planted-token-secret', TELEGRAM_BOT_TOKEN: '12:planted-bot-token', OTEL_EXPORTER_OTLP_HEADERS: 'api-key=planted-key' });
  const secrets = 'config' in read ? secretsIn(read.config) : [];

  test('is one JSON object an event, with its name and what belongs to it', () => {
    createLog('info', secrets, { write: (line) => written.push(line) }).warn('turn.lost', { conversation: 'web:1', turn: 'm1' });
    expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({ level: 40, msg: 'turn.lost', conversation: 'web:1', turn: 'm1' });
  });

  test('hides every secret of the settings, also the password alone, and card and account numbers, whatever an error quotes', () => {
    const log = createLog('debug', secrets, { write: (line) => written.push(line) });
    log.error('redis', { message: 'connect ECONNREFUSED redis://user:planted-password@127.0.0.1:6379', deep: [{ one: 'bot12:planted-bot-token/getMe' }], said: 'my card 4111 1111 1111 1111, iban DE89370400440532013000' });
    log.debug?.('again planted-token-secret', { 'api-key=planted-key': 1, password: 'WRONGPASS planted-password' });
    const text = written.slice(-2).join('');
    expect(text).not.toMatch(/planted|4111 1111|DE8937/u);
    expect(written.slice(-2).map((line) => JSON.parse(line) as unknown)).toHaveLength(2);
  });

  test('below its level writes nothing', () => {
    const before = written.length;
    createLog('warn', secrets, { write: (line) => written.push(line) }).info('anything');
    createLog('info', secrets, { write: (line) => written.push(line) }).debug?.('anything');
    expect(written.length).toBe(before);
  });
});
