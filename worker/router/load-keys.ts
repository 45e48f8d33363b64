import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyInFile } from '#lib/crypto/key-custody';
import { loadOrCreateEd25519, loadOrCreateSecret } from '#lib/crypto/key-files';
import type { RouterEnv } from '#lib/env';
import { loadInvitationKey } from '#lib/identity/invitation-token';
import type { RouterKeys } from './context.ts';

/** The router's keys from its own folder; made on the first start. */
export function loadKeys(env: RouterEnv): RouterKeys {
  const file = (name: string) => join(env.FDLR_ROUTER_KEYS_DIR, name);
  return {
    identity: loadOrCreateEd25519(file('identity.pem')),
    log: keyInFile(file('audit-log.pem')),
    bodyHash: createSecretKey(loadOrCreateSecret(file('body-hash.key'))),
    answer: createSecretKey(loadOrCreateSecret(file('answer.key'))),
    invitation: loadInvitationKey(env.FDLR_INVITATION_KEY_FILE),
    consoleTokenPublicPem: readFileSync(env.FDLR_CONSOLE_TOKEN_PUBLIC_KEY_FILE, 'utf8'),
  };
}
