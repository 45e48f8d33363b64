import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Message, messageSchemas } from '#lib/nodes/messages';
import { writeDurably } from '../witness/write-durably.ts';

export type OfferedPeer = Message<'peers'>['peers'][number];
const fileOf = (dataDir: string) => join(dataDir, 'peers-offered.json');

/** Keeps whom the router named, for people to look at. Nothing is pinned by it. */
export function keepOffered(dataDir: string, peers: readonly OfferedPeer[]): Promise<void> {
  return writeDurably(fileOf(dataDir), `${JSON.stringify({ peers }, null, 2)}\n`);
}

export function readOffered(dataDir: string): OfferedPeer[] {
  try {
    return messageSchemas.peers.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))).peers;
  } catch {
    return [];
  }
}
