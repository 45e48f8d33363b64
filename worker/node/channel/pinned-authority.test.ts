import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogger } from '#lib/log';
import { type Authority, loadAuthority } from '#lib/nodes/pki/authority';
import { issueForServer, issueForSite } from '#lib/nodes/pki/issue';
import { newTlsKey } from '#lib/nodes/pki/p256';
import { makeRequest, readRequest } from '#lib/nodes/pki/request';
import { EMBEDDED } from '../engine/engine.ts';
import { callRouter } from '../enrol/call-router.ts';
import { SpendLog } from '../guard/spend-log.ts';
import { config } from '../guard/test-round.ts';
import { keepDialling } from './dial.ts';
import { writeAuthority, writeTls } from './tls-files.ts';

/** Somebody who answers at the router's address with a certificate of another authority. */
let impostor: Server;
let url: string;
let folder: string;
let pinned: Authority;
/** What reached the impostor over its TLS. */
let heard: string[];
beforeEach(async () => {
  // As on a machine whose proxy opens TLS, set by somebody long ago for something else.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  folder = mkdtempSync(join(tmpdir(), 'fdlr-pinned-'));
  pinned = await loadAuthority(join(folder, 'pinned'));
  const other = await loadAuthority(join(folder, 'other'));
  const { key, pem } = await issueForServer(other, ['127.0.0.1'], new Date());
  heard = [];
  impostor = createServer({ key, cert: pem, minVersion: 'TLSv1.3' }, (request, response) => {
    heard.push(request.url ?? '');
    response.end('{}');
  });
  impostor.on('upgrade', (request, socket) => {
    heard.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((done) => impostor.listen(0, '127.0.0.1', done));
  url = `https://127.0.0.1:${(impostor.address() as AddressInfo).port}`;
});
afterEach(() => {
  vi.unstubAllEnvs();
  impostor.close();
  impostor.closeAllConnections();
  rmSync(folder, { recursive: true });
});

it('a node that enrols says nothing to whom its authority does not vouch for, whatever its machine is set to', async () => {
  const asked = callRouter(new URL('/v1/nodes/enrol', url), { proof: 'secret' }, { ca: pinned.pem });
  await expect(asked).rejects.toThrow(/certificate/);
  expect(heard).toEqual([]);
});

it('nor does one that dials', async () => {
  const dataDir = join(folder, 'node');
  const site = { federationId: randomUUID(), nodeId: config.nodeId };
  const tlsKey = newTlsKey();
  const request = await readRequest(await makeRequest(tlsKey));
  const { pem } = await issueForSite(pinned, site, request!.publicKey, new Date());
  const identity = generateKeyPairSync('ed25519').privateKey;
  const spendLog = await SpendLog.open(join(folder, 'spend-log.ndjson'), config.nodeId, identity);
  const log = createLogger('test');
  log.level = 'silent';
  const { promise: turnedAway, resolve } = Promise.withResolvers<void>();
  vi.spyOn(log, 'warn').mockImplementation(() => resolve());
  mkdirSync(dataDir);
  await writeAuthority(dataDir, pinned.pem);
  await writeTls(dataDir, tlsKey, pem);
  const own = { ...config, dataDir, routerUrl: url, caFingerprint: pinned.fingerprint };
  const stop = keepDialling(
    { config: own, identity, spendLog, capabilities: EMBEDDED, log },
    { onWelcome: () => {}, onFrame: async () => null },
  );
  await turnedAway;
  stop();
  await spendLog.close();
  expect(heard).toEqual([]);
});
