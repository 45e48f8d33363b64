import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { loadOrCreateEd25519, loadOrCreateText, rawPublicKey } from '#lib/crypto/key-files';
import { signEnrolment, signStatus } from '#lib/nodes/onboarding/enrol-proof';
import {
  ENROL_PATH,
  ENROL_STATUS_PATH,
  type EnrolStatusReply,
  enrolReplySchema,
  enrolStatusReplySchema,
} from '#lib/nodes/onboarding/enrol-schemas';
import { codeProof, readInviteCode } from '#lib/nodes/onboarding/invite-code';
import { newTlsKey } from '#lib/nodes/pki/p256';
import { makeRequest } from '#lib/nodes/pki/request';
import { enrolmentWords } from '#lib/nodes/six-words/six-words';
import { NODE_BUILD } from '../build.ts';
import { noteKeyMade } from '../channel/key-age.ts';
import { writeAuthority, writeTls } from '../channel/tls-files.ts';
import { keepOffered } from '../peers/offered-peers.ts';
import { writeDurably } from '../witness/write-durably.ts';
import { callRouter } from './call-router.ts';
import { fetchAuthority } from './fetch-authority.ts';

const POLL_MS = 2_000;

/** What was asked for, kept so that an interrupted enrolment goes on with the same keys and needs no second code. */
const keptSchema = z.object({
  router: z.string(),
  caFingerprint: z.string(),
  csr: z.string(),
  reply: enrolReplySchema,
});
export type Enrolment = z.output<typeof keptSchema>;

export type EnrolOptions = { router: URL; caFingerprint: string; code: string; dataDir: string };

/** Makes the node's keys here, and asks for a certificate with the code. Nothing private leaves this folder. */
export async function enrol({ router, caFingerprint, code, dataDir }: EnrolOptions): Promise<Enrolment> {
  const kept = readEnrolment(dataDir);
  if (kept && kept.router === router.origin && kept.caFingerprint === caFingerprint) return kept;
  const invite = readInviteCode(code);
  if (!invite) throw new Error('This is no invite code: it has ten groups of four letters and digits.');
  const ca = await fetchAuthority(router, caFingerprint);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const identity = loadOrCreateEd25519(join(dataDir, 'identity.pem'));
  const csr = await makeRequest(loadOrCreateText(join(dataDir, 'tls.key'), newTlsKey()));
  const identityKey = rawPublicKey(identity);
  const { body } = await callRouter(
    new URL(ENROL_PATH, router),
    {
      locator: invite.locator,
      proof: codeProof(invite.signingKey, csr, identityKey).toString('hex'),
      csr: csr.toString('base64'),
      identityKey: identityKey.toString('hex'),
      signature: signEnrolment(csr, caFingerprint, identity),
      build: NODE_BUILD,
      clockMs: Date.now(),
    },
    { ca },
  );
  await writeAuthority(dataDir, ca);
  const reply = enrolReplySchema.parse(body);
  const enrolment = { router: router.origin, caFingerprint, csr: csr.toString('base64'), reply };
  await writeDurably(fileOf(dataDir), `${JSON.stringify(enrolment, null, 2)}\n`);
  return enrolment;
}

const fileOf = (dataDir: string) => join(dataDir, 'enrolment.json');

export function readEnrolment(dataDir: string): Enrolment | null {
  if (!existsSync(fileOf(dataDir))) return null;
  return keptSchema.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
}

/** What the hospital reads to whoever invited it. */
export function wordsOf(enrolment: Enrolment, dataDir: string): string[] {
  const identity = loadOrCreateEd25519(join(dataDir, 'identity.pem'));
  return enrolmentWords(
    Buffer.from(enrolment.csr, 'base64'),
    rawPublicKey(identity),
    enrolment.caFingerprint,
  );
}

/** Asks until people have compared the words, then keeps the certificate. @throws once the invite was withdrawn */
export async function awaitCertificate(
  enrolment: Enrolment,
  dataDir: string,
  onState: (state: string) => void,
): Promise<EnrolStatusReply> {
  const { reply, caFingerprint, router } = enrolment;
  const identity = loadOrCreateEd25519(join(dataDir, 'identity.pem'));
  const ca = readFileSync(join(dataDir, 'ca.pem'), 'utf8');
  for (let told = ''; ; await sleep(POLL_MS)) {
    const clockMs = Date.now();
    const signature = signStatus(reply.nodeId, clockMs, caFingerprint, identity);
    const { body } = await callRouter(
      new URL(ENROL_STATUS_PATH, router),
      { nodeId: reply.nodeId, clockMs, signature },
      { ca },
    );
    const status = enrolStatusReplySchema.parse(body);
    if (status.state !== told) onState(status.state);
    told = status.state;
    if (status.state === 'revoked') throw new Error('This invite was withdrawn. Ask for a new one.');
    if (status.certificate === null) continue;
    await writeTls(dataDir, readFileSync(join(dataDir, 'tls.key'), 'utf8'), status.certificate);
    await noteKeyMade(dataDir, new Date());
    await keepOffered(dataDir, status.peers);
    return status;
  }
}
