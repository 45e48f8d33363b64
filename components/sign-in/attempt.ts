import { signIn } from 'next-auth/react';

export type Fault = 'wrong' | 'wrongCode' | 'tooMany' | 'unavailable';
export type Credentials = { email: string; password: string; code?: string };

const FAULTS: Record<string, Fault | 'codeNeeded'> = {
  CredentialsSignin: 'wrong',
  wrong_code: 'wrongCode',
  code_needed: 'codeNeeded',
  too_many_attempts: 'tooMany',
};

/** Sends what was typed. `codeNeeded`: so far it is right. */
export async function attempt(credentials: Credentials): Promise<'ok' | 'codeNeeded' | Fault> {
  try {
    const result = await signIn('credentials', { ...credentials, redirect: false });
    if (result?.ok && !result.error) return 'ok';
    return FAULTS[result?.error ?? ''] ?? 'unavailable';
  } catch {
    return 'unavailable';
  }
}
