import { createMemoryConversations } from '../../src/stores/memory-conversations.js';
import { describeConcurrency } from './concurrency.js';
import { type Kind } from './conversation-story.js';
import { describeConversations } from './conversations-contract.js';

const memory: Kind = {
  name: 'memory',
  isShared: false,
  courses: 12,
  start: async () => ({ open: async () => createMemoryConversations(), stop: async () => undefined }),
};

describeConversations(memory);
describeConcurrency(memory);
