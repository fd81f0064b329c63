import { createMemoryRecords } from '../../src/stores/memory-records.js';
import { describeRecords } from './records-contract.js';

describeRecords({
  name: 'memory',
  async start() {
    const records = createMemoryRecords();
    return { open: async () => records, stop: async () => undefined };
  },
});
