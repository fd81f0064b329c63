import { describe, expect, test } from '@jest/globals';
import { typedChoice } from '../../src/runtime/typed-choice.js';

const orders = [{ id: 's:3.1', label: 'AC-100002 · Floor lamp (brass), Jacket (navy, M)' }, { id: 's:3.2', label: 'AC-100001 · Headphones (black)' }, { id: 'h', label: 'Talk to a person' }];
const yesNo = [{ id: 'y:p3', label: 'Yes' }, { id: 'n:p3', label: 'No' }];

describe('a customer who types what is on a button', () => {
  test.each([['1', 's:3.1'], ['2', 's:3.2'], ['3', 'h'], ['#2', 's:3.2'], ['2.', 's:3.2'], ['(2)', 's:3.2'], ['2)', 's:3.2'], ['no. 2', 's:3.2'], ['第2个', 's:3.2'], ['２', 's:3.2'],
    ['talk to a person', 'h'], ['Talk to a person!', 'h'], ['  ac-100001 · headphones (black) ', 's:3.2']])('presses it: %s', (text, id) => expect(typedChoice(text, orders)).toBe(id));
  test.each([['4'], ['0'], ['100'], ['2 pieces'], ['the lamp'], [''], ['  '], ['AC-100002'], ['-1'], ['1 and 2']])('presses nothing: %s', (text) => expect(typedChoice(text, orders)).toBeUndefined());
  test('presses nothing where two buttons read alike, or none is shown', () => {
    expect(typedChoice('all', [{ id: 'a', label: 'All' }, { id: 'b', label: 'all' }])).toBeUndefined();
    expect(typedChoice('1', [])).toBeUndefined();
  });
  test('finds a number on a button before its place in the row', () => expect(typedChoice('2', [{ id: 'two', label: '2' }, { id: 'one', label: '1' }])).toBe('two'));
  test('says yes or no to a plan by its words, never by a bare number that may have meant something else', () => {
    expect(typedChoice('yes', yesNo)).toBe('y:p3');
    expect(typedChoice('No.', yesNo)).toBe('n:p3');
    expect([typedChoice('1', yesNo), typedChoice('2', yesNo)]).toEqual([undefined, undefined]);
    expect([typedChoice('1', [{ id: 's:4.y', label: 'Yes' }, { id: 's:4.n', label: 'No' }]), typedChoice('2', [{ id: 's:4.y', label: 'Yes' }, { id: 's:4.n', label: 'No' }])]).toEqual([undefined, undefined]);
  });
});
