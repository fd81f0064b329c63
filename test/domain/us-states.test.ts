import { describe, expect, test } from '@jest/globals';
import { stateCode, stateName, stateOfZip } from '../../src/domain/us-states.js';

describe('where an American ZIP code lies', () => {
  test.each([
    ['10001', 'NY'], ['11201', 'NY'], ['62704', 'IL'], ['94105', 'CA'], ['78701', 'TX'], ['73301', 'TX'], ['88510', 'TX'], ['73101', 'OK'], ['20001', 'DC'], ['20101', 'VA'], ['33101', 'FL'], ['00501', 'NY'], ['00901', 'PR'],
    ['02108', 'MA'], ['19901', 'DE'], ['30301', 'GA'], ['39901', 'GA'], ['60601', 'IL'], ['80202', 'CO'], ['85001', 'AZ'], ['96801', 'HI'], ['98101', 'WA'], ['99501', 'AK'], ['10001-1234', 'NY'],
  ])('%s: %s', (zip, state) => expect(stateOfZip(zip)).toBe(state));
  test.each(['', '1000', '00-001', '28013x', '00000', '34800x'])('"%s" is no ZIP code in use', (zip) => expect(stateOfZip(zip)).toBeUndefined());
  test('every range is in order and none overlaps another', () => {
    const known = Array.from({ length: 1000 }, (_, prefix) => stateOfZip(`${String(prefix).padStart(3, '0')}01`));
    expect(new Set(known.filter((state) => state !== undefined)).size).toBeGreaterThanOrEqual(54);
  });
  test('a state is told by its letters or its name', () => {
    expect([stateCode('ny'), stateCode('New York'), stateCode('N.Y.'), stateCode('Texas'), stateCode('Bavaria')]).toEqual(['NY', 'NY', 'NY', 'TX', undefined]);
    expect([stateName('TX'), stateName('XX')]).toEqual(['Texas', undefined]);
  });
});
