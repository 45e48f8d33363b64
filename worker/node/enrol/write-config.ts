import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writePeersFile } from '../peers/peers-file.ts';
import { writeDurably } from '../witness/write-durably.ts';
import type { Enrolment } from './enrol.ts';

type Own = { recordsDir: string; purposes: string[] };

/** The node's configuration and an empty list of peers, where there are none. Returns the configuration's path. */
export async function writeConfig(dataDir: string, enrolment: Enrolment, own: Own): Promise<string> {
  const file = join(dataDir, 'node.json');
  const peersFile = join(dataDir, 'peers.json');
  if (!existsSync(peersFile)) await writePeersFile(peersFile, []);
  if (existsSync(file)) return file;
  const { nodeId, name, shards, lanes, limitRhoPico, routerKey } = enrolment.reply;
  const { router: routerUrl, caFingerprint } = enrolment;
  const node = { nodeId, name, routerUrl, routerKey, caFingerprint, dataDir, peersFile };
  await writeDurably(file, `${JSON.stringify({ ...node, ...own, shards, lanes, limitRhoPico }, null, 2)}\n`);
  return file;
}
