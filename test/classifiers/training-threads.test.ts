import { describe, expect, jest, test } from '@jest/globals';
import { crossValidate } from '../../src/classifiers/linear/calibration.js';
import { packFile, packLinear } from '../../src/classifiers/linear/model-file.js';
import { DEFAULT_TRAINING, trainLinear } from '../../src/classifiers/linear/training.js';
import { crossValidateInThreads, trainInThreads } from '../../src/classifiers/training-threads.js';
import { Fault } from '../../src/domain/fault.js';
import { smallSet } from './sentences.js';

jest.setTimeout(60_000);

const options = { ...DEFAULT_TRAINING, passes: 4 };

describe('learning in threads', () => {
  test('gives the very bytes that learning in one thread gives, and says how far it is', async () => {
    const told: number[] = [];
    const model = await trainInThreads(smallSet(), options, (done, all) => told.push(done / all));
    expect(Buffer.compare(packFile(packLinear(model)), packFile(packLinear(trainLinear(smallSet(), options))))).toBe(0);
    expect(told).toEqual([0.25, 0.5, 0.75, 1]);
  });

  test('holds out what one thread would hold out', async () => {
    expect(await crossValidateInThreads(smallSet(), options)).toEqual(crossValidate(smallSet(), options));
  });

  test('is a coded fault when a thread cannot learn', async () => {
    await expect(trainInThreads(smallSet(), { ...options, groupWeights: null as unknown as [number, number, number] })).rejects.toMatchObject({ code: 'training.failed' });
    await expect(trainInThreads({ examples: [], names: [], background: [] }, options)).rejects.toBeInstanceOf(Fault);
  });
});
