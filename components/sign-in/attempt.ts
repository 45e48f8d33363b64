import { signIn } from 'next-auth/react';

export type Fault = 'wrong' | 'wrongCode' | 'tooMany' | 'tooManyCodes' | 'codesEnded' | 'unavailable';
export type Credentials = { email: string; password: string; code?: string };
/** Why it was refused, and in how many seconds it would be heard. */
export type Refusal = { fault: Fault; waitS: number };

const FAULTS: Record<string, Fault | 'codeNeeded'> = {
  CredentialsSignin: 'wrong',
  wrong_code: 'wrongCode',
  code_needed: 'codeNeeded',
  codes_ended: 'codesEnded',
  too_many_attempts: 'tooMany',
  too_many_codes: 'tooManyCodes',
};

/** Sends what was typed. `codeNeeded`: so far it is right. */
export async function attempt(credentials: Credentials): Promise<'ok' | 'codeNeeded' | Refusal> {
  try {
    const result = await signIn('credentials', { ...credentials, redirect: false });
    if (result?.ok && !result.error) return 'ok';
    const [code = '', wait] = (result?.error ?? '').split(':');
    const fault = FAULTS[code] ?? 'unavailable';
    return fault === 'codeNeeded' ? fault : { fault, waitS: Number(wait ?? 0) };
  } catch {
    return { fault: 'unavailable', waitS: 0 };
  }
}
