import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { loadOrCreateSecret } from '#lib/crypto/key-files';

/** What seals the secrets of authenticator apps, and what recovery codes are hashed under. */
export type FactorKeys = { secrets: KeyObject; recoveryCodes: KeyObject };

/** Both from the console's one key, so that neither says anything of the other. */
export function factorKeys(consoleKey: Buffer): FactorKeys {
  const derived = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', consoleKey, '', `fdlr second factor: ${use}`, 32)));
  return { secrets: derived('secrets'), recoveryCodes: derived('recovery codes') };
}

export function loadFactorKeys(path: string): FactorKeys {
  return factorKeys(loadOrCreateSecret(path));
}
