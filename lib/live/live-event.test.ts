import { expect, it } from 'vitest';
import { readLiveMessage } from './live-event.ts';

it('reads the changes of a message, and takes nothing else for one', () => {
  const changes = [{ type: 'request', id: '8c7d3f3e-0000-4000-8000-000000000001' }];
  expect(readLiveMessage({ changes })).toEqual(changes);
  for (const other of [
    null,
    'changes',
    {},
    { changes: 'x' },
    { changes: [null] },
    { changes: [{ type: 'x', id: 'y' }] },
  ])
    expect(readLiveMessage(other)).toBeNull();
});
