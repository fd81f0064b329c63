import { expect, test } from '@jest/globals';
import { createMemoryShop } from '../../src/shops/memory.js';
import { aShop } from './a-shop.js';
import { createFailingShop } from './failing-shop.js';

test('a shop that is down answers nothing, and everything once it is back', async () => {
  let isDown = true;
  const shop = createFailingShop(createMemoryShop(aShop()), () => isDown);
  await expect(shop.reader.findOrder('AC-100001')).rejects.toMatchObject({ code: 'shop.unreachable', mayHelpAgain: true });
  await expect(shop.writer.receiptOf('k')).rejects.toMatchObject({ code: 'shop.unreachable' });
  isDown = false;
  expect((await shop.reader.findOrder('AC-100001'))?.number).toBe('AC-100001');
});
