import { parentPort, workerData } from 'node:worker_threads';
import { learnCandidate, type CandidateAnswer, type CandidateTask } from './candidate.js';

learnCandidate(workerData as CandidateTask).then(
  (candidate) => parentPort?.postMessage({ candidate } satisfies CandidateAnswer),
  (error: unknown) => parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies CandidateAnswer),
);
