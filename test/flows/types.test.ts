import { describe, expect, test } from '@jest/globals';
import { defineActionFlow, defineAnswerFlow, type Slot } from '../../src/dialogue/flow.js';

// The compiler (npx tsc -p .) is what tests this file: each marked line must not compile.

const order: Slot<string> = { hear: () => undefined, find: async () => ({ value: 'AC-1' }) };
const many: Slot<number> = { hear: () => undefined, find: async () => ({ value: 1 }) };
const nothing = { shows: [], receipts: [] } as const;

describe('whoever writes a flow', () => {
  test('cannot write from a proposal, name a slot or a refusal there is none of, or forget what kind a value is', () => {
    const flow = defineActionFlow({
      id: 'good', needs: 'L1', slots: { order, many }, refusals: ['not-that'],
      async propose({ slots, shop, ...rest }) {
        const number: string = slots.order;
        const count: number = slots.many;
        // @ts-expect-error a proposal only reads: there is no writer in it
        void rest.writer;
        // @ts-expect-error a reader cannot write
        void shop.openReturn;
        // @ts-expect-error there is no such slot
        void slots.item;
        // @ts-expect-error a number is no text
        const wrong: string = slots.many;
        return count > 1 ? { refused: 'not-that' } : { request: { number, wrong }, ...nothing };
      },
      async commit({ request, writer, key }) {
        const number: string = request.number;
        // @ts-expect-error the request holds what was proposed and nothing else
        void request.other;
        // @ts-expect-error nothing is written without a key
        void (() => writer.changeAddress({ orderNumber: number, revision: 1, address: { name: '', line1: '', city: '', postcode: '', country: '' } }));
        return key === '' ? { refused: 'plan-stale' } : { say: [] };
      },
    });
    expect(flow.kind).toBe('action');
  });

  test('cannot refuse with a code that was not declared, in a proposal, a commit or an answer', () => {
    const action = defineActionFlow({
      id: 'action', needs: 'L0', slots: {}, refusals: ['declared'],
      // @ts-expect-error this code was not declared
      propose: async () => ({ refused: 'undeclared' }),
      // @ts-expect-error a commit refuses only because the plan is stale
      commit: async () => ({ refused: 'declared' }),
    });
    const answer = defineAnswerFlow({
      id: 'answer', needs: 'L0', slots: {}, refusals: ['declared'],
      // @ts-expect-error this code was not declared
      answer: async () => ({ refused: 'undeclared' }),
    });
    expect([action.kind, answer.kind]).toEqual(['action', 'answer']);
  });

  test('cannot leave out who may ask, or invent a level', () => {
    // @ts-expect-error every flow says how sure it must be of who is speaking
    const without = defineAnswerFlow({ id: 'a', slots: {}, refusals: [], answer: async () => ({ say: [] }) });
    // @ts-expect-error there is no such level
    const other = defineAnswerFlow({ id: 'b', needs: 'L3', slots: {}, refusals: [], answer: async () => ({ say: [] }) });
    expect([without.id, other.id]).toEqual(['a', 'b']);
  });
});
