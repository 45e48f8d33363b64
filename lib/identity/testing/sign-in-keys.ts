import { randomBytes } from 'node:crypto';
import { factorKeys } from '../second-factor/factor-keys.ts';
import type { SignInKeys } from '../sign-in.ts';

/** Keys of a test's own. */
export function testSignInKeys(): SignInKeys {
  return { attempts: 'a secret of the test that is long enough', factors: factorKeys(randomBytes(32)) };
}
