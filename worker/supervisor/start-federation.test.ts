import { expect, test } from 'vitest';
import { startFederation } from './start-federation.ts';

// The router's start fails beside the nodes': unheard, that would end the supervisor before it has stopped anything.
test('a start of which several parts fail at once is one rejection', async () => {
  const logs = '/nonexistent/logs';
  const starting = startFederation({
    databaseUrl: 'postgresql://127.0.0.1:1/none',
    apiPort: 1,
    channelPort: 1,
    keys: {
      routerKeysDir: '/nonexistent',
      consoleTokenPublicKeyFile: '/nonexistent',
      invitationKeyFile: '/nonexistent',
    },
    consoleUrl: 'http://localhost:1',
    mailDir: '/nonexistent',
    logs,
    nodes: [{ id: 'a', name: 'St. Anna', configFile: '/nonexistent' }],
  });
  await expect(starting).rejects.toThrow(`'${logs}/node-st-anna.log'`);
});
