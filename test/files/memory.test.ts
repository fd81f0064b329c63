import { createMemoryFiles } from '../../src/files/memory.js';
import { describeFileStore } from './contract.js';

describeFileStore('files in memory', async () => createMemoryFiles());
