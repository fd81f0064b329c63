import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../src/domain/policy.js';
import { aCore, type Talk } from '../support/a-core.js';
import { aTalk } from './talking.js';

const [anna, tom] = ['cus-0001', 'cus-0002'];
/** A day of the month, an hour and a zone, as English has them. */
const moment = /\d{1,2} \w+ 20\d\d, \d\d:\d\d (?:CEST?|UTC|GMT[+-]?\d*)/u;

const says = async (talk: Talk, customer: string, ...all: readonly string[]): Promise<void> => {
  for (const [index, text] of all.entries()) await talk.says(text, index === 0 ? { identity: customer } : {});
};

/** Each clock a customer can wait for, with where it is told, and what happens when it is over. */
const clocks: readonly (readonly [string, string, readonly string[], RegExp, ((policy: Policy) => Policy)?])[] = [
  ['the shop’s answer to a return', anna, ['I want to send the desk lamp from AC-100003 back, I changed my mind'], /it has 5 days, until DUE\. If it does not answer by then, that counts as a yes/u, (policy) => ({ ...policy, returns: { ...policy.returns, life: { ...policy.returns.life, sellerAnswers: true } } })],
  ['the shop’s answer to a refund', tom, ['refund only for AC-100007', 'no', 'no'], /You get the answer by DUE\. No answer by then counts as a yes/u],
  ['… in a shop whose silence is a no', tom, ['refund only for AC-100007', 'no', 'no'], /You get the answer by DUE\. No answer by then counts as a no/u, (policy) => ({ ...policy, returns: { ...policy.returns, life: { ...policy.returns.life, silence: 'decline' } } })],
  ['… asked for again later', tom, ['refund only for AC-100007', 'no', 'no', 'yes', 'where is my refund for AC-100007?'], /the shop answers by DUE\. No answer by then counts as a yes/u],
  ['the goods are sent back', anna, ['I want to send the desk lamp from AC-100003 back, I changed my mind', 'yes'], /by 1 July 2026\.[\s\S]*If nothing is on its way by DUE, the return is closed/u],
  ['the order is sent', anna, ['what is the status of order AC-100002?'], /3 to 7 days from payment\. It should leave by DUE; if it hasn’t by then, write here/u],
  ['the protection of a purchase', anna, ['what is the status of order AC-100001?'], /protected until DUE [\s\S]*report it before then\. After that the protection is over/u],
  ['its extension', anna, ['extend the buyer protection of order AC-100001'], /runs until DUE, [\s\S]*by 15 days, to DUE\./u],
  ['the after-sales window', anna, ['I want to open a dispute about the desk lamp from AC-100003'], /a case with the shop comes first\. The usual way is open until DUE\./u],
  ['the shop’s answer to a case', anna, ['I want to open a dispute about the desk lamp from AC-100003', 'Submit it to the platform', 'the glass is cracked and the shop does not write back', 'Nothing for now'], /within 5 days, by DUE\. If it says no or does not answer by then, you can ask the platform/u],
  ['an answer in business days', anna, ['I want to make a complaint', 'Your courier shouted at my wife and threw the box over the fence yesterday'], /answer here by DUE/u],
  ['a missing piece', anna, ['something is missing from my order AC-100003', 'the desk lamp', 'the bulb is not there', 'send it to me'], /by DUE/u],
  ['a repair that is sent in', tom, ['warranty claim for AC-100004', 'repair by the shop', 'it no longer heats up', 'no', 'yes'], /hand it to .* by 1 July 2026\.[\s\S]*If nothing is on its way by DUE, the repair is closed/u],
  ['a repair at the customer’s place', anna, ['can you repair the desk lamp from AC-100003?', 'it flickers and then goes dark', 'no', 'somebody comes to me', 'yes'], /to be done by DUE\. If it is not, the repair desk is alerted and you are told/u],
];

describe('whoever waits is told the day, the hour, the zone and what comes then', () => {
  test.each(clocks)('%s', async (_, customer, words, told, policy = (one: Policy) => one) => {
    const core = await aCore({ policy: (given) => ({ ...policy(given), handOver: { ...given.handOver, reasons: [] } }) });
    const talk = await aTalk(core);
    await says(talk, customer, ...words);
    expect(talk.words()).toMatch(new RegExp(told.source.replaceAll('DUE', moment.source), 'u'));
  });
});

describe('an answer that is due in business days', () => {
  test.each([
    ['a missing piece', ['something is missing from my order AC-100003', 'the desk lamp', 'the bulb is not there', 'send it to me', 'yes'], 'missing_item'],
    ['a repair on site', ['can you repair the desk lamp from AC-100003?', 'it flickers and then goes dark', 'no', 'somebody comes to me', 'yes'], 'repair'],
    ['a complaint', ['I want to make a complaint', 'Your courier shouted at my wife and threw the box over the fence yesterday', 'yes'], 'complaint'],
  ] as const)('[WI-09] skips weekends and holidays of the desk and ends with its hours: %s', async (_, words, kind) => {
    // A Wednesday; Thursday is a holiday: Friday and Monday count, until 18:00 in Madrid.
    const core = await aCore({ policy: (policy) => ({ ...policy, desk: { ...policy.desk, holidays: ['2026-06-18'] }, handOver: { ...policy.handOver, reasons: [] } }) });
    const talk = await aTalk(core);
    await says(talk, anna, ...words);
    expect((await core.records.cases.ofConversation(talk.id)).map((one) => [one.kind, one.dueAt])).toEqual([[kind, '2026-06-22T16:00:00.000Z']]);
  });
});
