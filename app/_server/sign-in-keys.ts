import 'server-only';
import { headers } from 'next/headers';
import { webEnv } from '#lib/env';
import { callerAddress } from '#lib/identity/address-key';
import { type FactorKeys, loadFactorKeys } from '#lib/identity/second-factor/factor-keys';
import type { SignInKeys } from '#lib/identity/sign-in';
import { signInPace } from '#lib/identity/sign-in-pace';
import { PEER_HEADER } from './peer-header.ts';

let keys: FactorKeys | undefined;

export function secondFactorKeys(): FactorKeys {
  keys ??= loadFactorKeys(webEnv().FDLR_CONSOLE_KEY_FILE);
  return keys;
}

export function signInKeys(): SignInKeys {
  return { attempts: webEnv().NEXTAUTH_SECRET, factors: secondFactorKeys() };
}

/** What this process spends on the passwords of who signs in. */
const pace = signInPace();
/** And of who is signed in and proves anew who they are: no crowd at the door keeps them from it. */
const ofProofs = signInPace();

/** Whence an attempt comes and at what pace it may. */
export async function attemptFrom(): Promise<{ address: string | null; pace: () => void }> {
  const sent = await headers();
  const { FDLR_TRUSTED_PROXIES: proxies } = webEnv();
  return { address: callerAddress(sent.get(PEER_HEADER), sent.get('x-forwarded-for'), proxies), pace };
}

/** The pace of proofs of people who are signed in, for what they sent. */
export function atProofPace<Sent>(sent: Sent): Sent & { pace: () => void } {
  return { ...sent, pace: ofProofs };
}
