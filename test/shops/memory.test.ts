import { createMemoryShop } from '../../src/shops/memory.js';
import { describeShop } from './contract.js';

describeShop('the shop in memory', {
  open: async (data, clock) => ({ shop: createMemoryShop(data, clock), close: async () => undefined }),
});
