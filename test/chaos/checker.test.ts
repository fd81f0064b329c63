import { describe, expect, test } from '@jest/globals';
import { checkHistory, type AcceptedMessage, type DeliveredReply, type History, type MadeWrite } from '../../src/chaos/checker.js';

const conversation = 'wire:1';
const accepted = (message: string, write?: string): AcceptedMessage => ({ conversation, message, ...(write === undefined ? {} : { write }) });
const reply = (message: string, more: Partial<DeliveredReply> = {}): DeliveredReply => ({ conversation, message, line: `${message}.r`, text: `answer to ${message}`, ...more });
const write = (name: string): MadeWrite => ({ conversation, write: name });

const sound: History = {
  accepted: [accepted('m1'), accepted('m2', 'a'), accepted('m3'), accepted('m4', 'b')],
  delivered: [reply('m1'), reply('m2', { says: 'written' }), reply('m3'), reply('m4', { says: 'written' })],
  writes: [write('a'), write('b')],
};
const without = <T extends object>(list: readonly T[], place: number): T[] => list.filter((_, n) => n !== place);
const told = (history: Partial<History>): string[] => checkHistory({ ...sound, ...history }).map(({ kind, what, id }) => `${kind} ${what} ${id}`);

describe('the checker of histories', () => {
  test('finds nothing in a sound one, whatever other conversations did in between', () => {
    const other = (list: readonly { readonly conversation: string }[]) => list.map((one) => ({ ...one, conversation: 'web:2' }));
    expect(told({})).toEqual([]);
    expect(told({ accepted: [...sound.accepted, ...other(sound.accepted)] as AcceptedMessage[], delivered: [...other(sound.delivered), ...sound.delivered] as DeliveredReply[], writes: [...sound.writes, ...other(sound.writes)] as MadeWrite[] })).toEqual([]);
  });
  test('lets the same line come twice where a channel may repeat it, and not where a page shows it', () => {
    expect(told({ delivered: [...sound.delivered, reply('m1')] })).toEqual([]);
    expect(told({ delivered: [...sound.delivered.map((one) => ({ ...one, isShown: true })), reply('m1', { isShown: true })] })).toEqual(['repeated reply m1.r']);
  });
  test('finds a message nobody answered', () => {
    expect(told({ delivered: without(sound.delivered, 2) })).toEqual(['lost reply m3']);
  });
  test('finds a message that was answered twice: by two lines, or by two texts of one', () => {
    expect(told({ delivered: [...sound.delivered, reply('m3', { line: 'm3.x' })] })).toEqual(['repeated reply m3']);
    expect(told({ delivered: [...sound.delivered, reply('m3', { text: 'something else' })] })).toEqual(['repeated reply m3']);
  });
  test('finds replies in another order than the messages', () => {
    const [first, second, third, fourth] = sound.delivered as [DeliveredReply, DeliveredReply, DeliveredReply, DeliveredReply];
    expect(told({ delivered: [first, third, second, fourth] })).toEqual(['reordered reply m2']);
  });
  test('finds a reply to nothing', () => {
    expect(told({ delivered: [...sound.delivered, reply('m9')] })).toEqual(['invented reply m9.r']);
  });
  test('finds a write that was told and not made, made twice, made unasked, or made out of order', () => {
    expect(told({ writes: without(sound.writes, 0) })).toEqual(['lost write a']);
    expect(told({ writes: [write('a'), write('a'), write('b')] })).toEqual(['repeated write a']);
    expect(told({ writes: [...sound.writes, write('c')] })).toEqual(['invented write c']);
    expect(told({ writes: [write('b'), write('a')] })).toEqual(['reordered write a']);
  });
  test('finds a message or an answer that the transcript lacks, and a line that stands in it twice', () => {
    const kept = sound.accepted.flatMap(({ message }) => [{ conversation, line: `${conversation}/${message}`, message }, { conversation, line: `${message}.r` }]);
    expect(told({ kept })).toEqual([]);
    expect(told({ kept: without(kept, 0) })).toEqual(['lost record m1']);
    expect(told({ kept: without(kept, 1) })).toEqual(['lost record m1.r']);
    expect(told({ kept: [...kept, { conversation, line: 'm2.r' }] })).toEqual(['repeated record m2.r']);
  });
  test('takes no word of the customer for it: a write whose answer said nothing of it is found, an uncertain one may be there or not', () => {
    const [first, , third, fourth] = sound.delivered as [DeliveredReply, DeliveredReply, DeliveredReply, DeliveredReply];
    expect(told({ delivered: [first, reply('m2'), third, fourth] })).toEqual(['invented write a']);
    for (const writes of [sound.writes, without(sound.writes, 0)]) expect(told({ delivered: [first, reply('m2', { says: 'uncertain' }), third, fourth], writes })).toEqual([]);
  });
});
