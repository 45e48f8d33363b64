import { createPublicKey } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrCreateEd25519, loadOrCreateSecret } from '#lib/crypto/key-files';

export type Keys = {
  postgresPassword: string;
  nextAuthSecret: string;
  /** PEM files of the pair the console signs its 60-second tokens with. */
  consoleTokenKeyFile: string;
  consoleTokenPublicKeyFile: string;
  routerKeysDir: string;
  /** Console and router compute the links of invitations from it. */
  invitationKeyFile: string;
  /** The console's own: it seals the secrets of authenticator apps. */
  consoleKeyFile: string;
};

/** Loads the keys of this federation, making on the first start what is missing (files 0600, folders 0700). */
export function loadKeys(folder: string): Keys {
  const routerKeysDir = join(folder, 'router');
  mkdirSync(routerKeysDir, { recursive: true, mode: 0o700 });
  const consoleTokenKeyFile = join(folder, 'console-token.pem');
  const consoleTokenPublicKeyFile = join(folder, 'console-token.pub.pem');
  const publicKey = createPublicKey(loadOrCreateEd25519(consoleTokenKeyFile));
  writeFileSync(consoleTokenPublicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }), {
    mode: 0o600,
  });
  const invitationKeyFile = join(folder, 'invitation.key');
  loadOrCreateSecret(invitationKeyFile);
  const consoleKeyFile = join(folder, 'console.key');
  loadOrCreateSecret(consoleKeyFile);
  return {
    postgresPassword: loadOrCreateSecret(join(folder, 'postgres-password')).toString('hex'),
    nextAuthSecret: loadOrCreateSecret(join(folder, 'next-auth-secret')).toString('hex'),
    consoleTokenKeyFile,
    consoleTokenPublicKeyFile,
    routerKeysDir,
    invitationKeyFile,
    consoleKeyFile,
  };
}
