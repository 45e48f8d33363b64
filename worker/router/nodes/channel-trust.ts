import type { Pool } from '#lib/db/pool';
import type { RouterEnv } from '#lib/env';
import { type Authority, loadAuthority } from '#lib/nodes/pki/authority';

/** Whose certificates the channel believes, and of which federation. */
export type ChannelTrust = { authority: Authority; federationId: string };

/** Loads the authority and publishes what hospitals pin, for those who write invites and do not hold its key. */
export async function openChannelTrust(
  pool: Pool,
  env: RouterEnv,
  federationId: string,
): Promise<ChannelTrust> {
  const given = { certFile: env.FDLR_CA_CERT_FILE, keyFile: env.FDLR_CA_KEY_FILE };
  const authority = await loadAuthority(env.FDLR_ROUTER_KEYS_DIR, given);
  const url = env.FDLR_PUBLIC_CHANNEL_URL.replace(/\/+$/, '');
  await pool.query(
    `INSERT INTO channel_authority (id, url, ca_pem, ca_fingerprint) VALUES (1, $1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET url = EXCLUDED.url, ca_pem = EXCLUDED.ca_pem,
       ca_fingerprint = EXCLUDED.ca_fingerprint, updated_at = now()`,
    [url, authority.pem, authority.fingerprint],
  );
  return { authority, federationId };
}
