import type { GuardWords } from '../guard-words.js';
const none = { rules: {}, unless: 'zzzz' };
export const guard: GuardWords = { when: 'zzzz', payment_data: none, outside_payment: none, unsourced_date: none, disrespect: none, coached_pretext: none };
