import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogSigner, verifierKey } from '#lib/audit-log/checkpoint';
import { witnessVerifierKey } from '#lib/audit-log/cosignature';
import { integrate } from '#lib/audit-log/integrate';
import { keyInMemory } from '#lib/crypto/key-custody';
import { rawPublicKey } from '#lib/crypto/key-files';
import type { TestDatabase } from '#lib/db/testing';
import { createHospital, createTenant } from '#lib/identity/testing/tenant';
import { createLogger } from '#lib/log';
import { decodeFrame, encodeFrame } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import type { NodeChannel, Witnessed } from '#lib/nodes/node-channel';
import { answerWitness } from '../node/witness/answer-witness.ts';
import { Witness } from '../node/witness/witness.ts';
import { NodeRegistry } from '../router/nodes/registry.ts';
import { Witnessing } from '../router/witnessing/witnessing.ts';

export type TestWitness = { nodeId: string; folder: string; verifierKey: string };
export type WitnessedLog = {
  signer: LogSigner;
  verifierKey: string;
  witnesses: TestWitness[];
  /** Integrates what waits and has every node that is connected sign the head. */
  advance(): Promise<void>;
  /** The router's side begins anew, as after a restart: with what its database holds and no memory. */
  restart(): Promise<void>;
  /** The node is there no longer. */
  disconnect(nodeId: string): void;
  close(): void;
};

/** A log over a real database, witnessed by the nodes' own code; only the socket between is left out. */
export async function witnessedLog(database: TestDatabase, count = 3): Promise<WitnessedLog> {
  const root = mkdtempSync(join(tmpdir(), 'fdlr-witness-'));
  const { organisationId } = await createTenant(database.prisma);
  const signer = { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) };
  const members = Array.from({ length: count }, () => {
    const nodeId = randomUUID();
    return { nodeId, folder: join(root, nodeId), identity: generateKeyPairSync('ed25519').privateKey };
  });
  for (const { nodeId, identity } of members) {
    await database.prisma.node.create({
      data: {
        id: nodeId,
        hospitalId: await createHospital(database.prisma, organisationId),
        name: nodeId,
        state: 'admitted',
        identityKey: new Uint8Array(rawPublicKey(identity)),
        shards: 1,
        lanes: 1,
        datasetId: randomUUID(),
      },
    });
  }
  const log = createLogger('test', { write: () => {} });
  const context = { pool: database.pool, signer, log, stopping: new AbortController().signal };
  let nodes = new NodeRegistry();
  let witnessing = new Witnessing();
  const connect = async () => {
    nodes = new NodeRegistry();
    witnessing = new Witnessing();
    for (const member of members) nodes.add(await connectTo({ ...member, log }));
  };
  await connect();
  return {
    signer,
    verifierKey: verifierKey(signer.origin, signer.key.publicKey),
    witnesses: members.map(({ nodeId, folder, identity }) => ({
      nodeId,
      folder,
      verifierKey: witnessVerifierKey(nodeId, identity),
    })),
    advance: async () => {
      while ((await integrate(database.pool, signer)) > 0);
      await witnessing.offer({ ...context, nodes }, true);
      await witnessing.settled();
    },
    restart: connect,
    disconnect: (nodeId) => {
      const channel = nodes.get(nodeId);
      if (channel) nodes.remove(channel);
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

type Member = { nodeId: string; folder: string; identity: KeyObject; log: ReturnType<typeof createLogger> };

/** The node starts anew with what its folder holds; frames are encoded and read as on the wire. */
async function connectTo(member: Member): Promise<NodeChannel> {
  const witness = await Witness.open(member);
  const facts = { nodeId: member.nodeId, name: member.nodeId } as NodeChannel['facts'];
  const ask: NodeChannel['witness'] = async (call): Promise<Witnessed> => {
    const sent = parseMessage(decodeFrame(encodeFrame('witness', call)), 'witness');
    const reply = decodeFrame(await answerWitness(witness, sent));
    return reply.type === 'cosignature'
      ? parseMessage(reply, 'cosignature')
      : parseMessage(reply, 'witnessRefused');
  };
  return { facts, witness: ask, close: () => {} } as unknown as NodeChannel;
}
