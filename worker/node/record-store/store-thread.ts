import { parentPort, workerData } from 'node:worker_threads';
import { erasePatient, liftRestriction, restrictPatient } from './decide.ts';
import { refresh } from './refresh.ts';
import type { StoreFailure, StoreTask } from './store-task.ts';

/** Does one thing to the store and ends. */
const { place, ...order } = workerData as StoreTask;

function run() {
  switch (order.task) {
    case 'refresh':
      return refresh(place, order.source, order.onlyIfNew);
    case 'restrict':
      return restrictPatient(place, order.patientId);
    case 'lift':
      return liftRestriction(place, order.patientId);
    case 'erase':
      return erasePatient(place, order.patientId);
  }
}

try {
  parentPort!.postMessage({ done: await run() });
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  parentPort!.postMessage({ failed: { name, message } satisfies StoreFailure });
}
