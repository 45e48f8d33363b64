import { INVITATION_HOURS } from '#lib/identity/invitations/expiry';
import { MIN_PASSWORD } from '#lib/identity/new-password';
import { PROOF_MS } from '#lib/identity/require-proved';
import { RECOVERY_CODES } from '#lib/identity/second-factor/recovery-codes';
import { SESSION_SECONDS } from '#lib/identity/sessions';
import { FREE_FAILURES, waitMs } from '#lib/identity/sign-in-attempts';

/** The numbers that sign-in goes by, to show. */
export function signInRules() {
  return {
    minPassword: MIN_PASSWORD,
    sessionHours: SESSION_SECONDS / 3600,
    freeFailures: FREE_FAILURES,
    firstWaitSeconds: waitMs(FREE_FAILURES) / 1000,
    longestWaitMinutes: waitMs(Number.MAX_SAFE_INTEGER) / 60_000,
    invitationHours: INVITATION_HOURS,
    recoveryCodes: RECOVERY_CODES,
    proofMinutes: PROOF_MS / 60_000,
  };
}
export type SignInRules = ReturnType<typeof signInRules>;
