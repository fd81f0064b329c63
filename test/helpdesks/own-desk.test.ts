import { jest } from '@jest/globals';
import type { AgentAct } from '../../src/domain/message.js';
import { aCore, aTalk } from '../support/a-core.js';
import { describeHelpdesk } from './contract.js';

jest.setTimeout(60_000);

const agent = { id: 'id-Cleo', name: 'Cleo' };

describeHelpdesk('our own desk', async () => {
  const core = await aCore();
  const talk = await aTalk(core);
  let count = 0;
  const act = async (given: Pick<AgentAct, 'act' | 'text' | 'files'>): Promise<void> => {
    await talk.runtime.act({ kind: 'agent-act', id: `desk.${(count += 1)}`, conversationId: talk.id, at: core.clock.now(), agent, ...given });
    await talk.runtime.settled(talk.id);
  };
  return {
    core, talk, settled: () => talk.runtime.settled(talk.id), end: () => talk.end(),
    async sees() {
      const lines = (await core.store.readLog(talk.id, 0, 500)).map(({ from, text, files }) => ({ kind: from === 'customer' ? 'customer' as const : from === 'agent' ? 'agent' as const : 'note' as const, text, files: (files ?? []).map(({ name }) => name) }));
      return [...(await core.records.notes.ofConversation(talk.id)).map(({ text }) => ({ kind: 'note' as const, text, files: [] })), ...lines];
    },
    async says(text, file) {
      const stored = file && await core.files.put(file.bytes, { conversationId: talk.id, name: file.name, type: 'image/png', at: core.clock.now() });
      await act({ act: 'take' });
      await act({ act: 'say', text, ...(stored ? { files: [{ fileId: stored.fileId, name: stored.name, type: stored.type, size: stored.size }] } : {}) });
    },
    notes: (text) => core.records.notes.add({ id: `n${(count += 1)}`, conversationId: talk.id, at: core.clock.now(), agent, text }),
    resolves: () => act({ act: 'close' }),
  };
});
