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
import { enrolmentWords } from '#lib/nodes/six-words/six-words';
import { NODE_BUILD } from '../build.ts';
import { noteKeyMade } from '../channel/key-age.ts';
import { writeAuthority, writeTls } from '../channel/tls-files.ts';
import { keepOffered } from '../peers/offered-peers.ts';
import { writeDurably } from '../witness/write-durably.ts';
import { callRouter, RouterRefusedError } from './call-router.ts';
import { fetchAuthority } from './fetch-authority.ts';
import { ownRequest } from './own-request.ts';

const POLL_MS = 2_000;
/** Refusals that end by themselves. */
const PASSING = ['internal_error', 'too_many_attempts'];

/** What was asked for, kept so that an interrupted enrolment goes on with the same keys and needs no second code. */
const keptSchema = z.object({
  router: z.string(),
  caFingerprint: z.string(),
  /** The first part of the code, which tells one invite from the next. */
  locator: z.string().optional(),
  csr: z.string(),
  reply: enrolReplySchema,
});
export type Enrolment = z.output<typeof keptSchema>;

/** `code` is null where an enrolment goes on that was begun in this folder. */
export type EnrolOptions = { router: URL; caFingerprint: string; code: string | null; dataDir: string };

/** Makes the node's keys here, and asks for a certificate with the code. Nothing private leaves this folder. */
export async function enrol({ router, caFingerprint, code, dataDir }: EnrolOptions): Promise<Enrolment> {
  const invite = code === null ? null : readInviteCode(code);
  if (code !== null && !invite)
    throw new Error('This is no invite code: it has ten groups of four letters and digits.');
  const kept = readEnrolment(dataDir);
  const isSame = kept && kept.router === router.origin && kept.caFingerprint === caFingerprint;
  // A code that another invite has shown: what was begun with the former one is forgotten, on the other side too.
  const isAnother = invite && kept?.locator && kept.locator !== invite.locator;
  if (isSame && !isAnother) return kept;
  if (!invite) throw new Error(`No enrolment was begun in ${dataDir}: give the invite's code with --code.`);
  if (hasCertificate(dataDir))
    throw new Error(
      `${dataDir} belongs to a node that was certified with another invite. Give this one a folder of its own with --data.`,
    );
  const ca = await fetchAuthority(router, caFingerprint);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const identity = loadOrCreateEd25519(join(dataDir, 'identity.pem'));
  const csr = await ownRequest(dataDir, loadOrCreateText(join(dataDir, 'tls.key'), newTlsKey()));
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
  const { locator } = invite;
  const enrolment = { router: router.origin, caFingerprint, locator, csr: csr.toString('base64'), reply };
  await writeDurably(fileOf(dataDir), `${JSON.stringify(enrolment, null, 2)}\n`);
  return enrolment;
}

const fileOf = (dataDir: string) => join(dataDir, 'enrolment.json');
const hasCertificate = (dataDir: string) => existsSync(join(dataDir, 'tls.pem'));

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

/**
 * Asks until people have compared the words, which may take days, then keeps the certificate. `onState` hears each state
 * once, and `away` with the reason while the router cannot be reached. @throws once the invite was withdrawn or renewed
 */
export async function awaitCertificate(
  enrolment: Enrolment,
  dataDir: string,
  onState: (state: string, reason?: string) => void,
): Promise<EnrolStatusReply> {
  for (let told = ''; ; await sleep(POLL_MS)) {
    const status = await askStatus(enrolment, dataDir);
    if (status.state !== told) onState(status.state, 'reason' in status ? status.reason : undefined);
    told = status.state;
    if ('reason' in status) continue;
    if (status.state === 'revoked')
      throw new Error('This invite was withdrawn, or the node revoked. Ask for a new invite.');
    if (status.certificate === null) continue;
    await writeTls(dataDir, readFileSync(join(dataDir, 'tls.key'), 'utf8'), status.certificate);
    await noteKeyMade(dataDir, new Date());
    await keepOffered(dataDir, status.peers);
    return status;
  }
}

type Status = EnrolStatusReply | { state: 'away'; reason: string };

async function askStatus({ reply, caFingerprint, router }: Enrolment, dataDir: string): Promise<Status> {
  const { nodeId } = reply;
  const identity = loadOrCreateEd25519(join(dataDir, 'identity.pem'));
  const ca = readFileSync(join(dataDir, 'ca.pem'), 'utf8');
  const clockMs = Date.now();
  const asked = { nodeId, clockMs, signature: signStatus(nodeId, clockMs, caFingerprint, identity) };
  try {
    const { body } = await callRouter(new URL(ENROL_STATUS_PATH, router), asked, { ca });
    return enrolStatusReplySchema.parse(body);
  } catch (error) {
    if (!(error instanceof RouterRefusedError) || PASSING.includes(error.code))
      return { state: 'away', reason: error instanceof Error ? error.message : String(error) };
    if (error.code !== 'unknown_node') throw error;
    throw new Error(
      'The router has forgotten this enrolment: the invite was renewed. Call this again with the new code.',
      { cause: error },
    );
  }
}
