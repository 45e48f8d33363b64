/** What a certificate says that its holder is: a site of a federation. */
export type SpiffeSite = { federationId: string; nodeId: string };

export function spiffeId({ federationId, nodeId }: SpiffeSite): string {
  return `spiffe://${federationId}/site/${nodeId}`;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SITE = new RegExp(`^URI:spiffe://(${UUID})/site/(${UUID})$`);

/** From the alternative names as Node's TLS gives them. Null unless the one and only name is a site. */
export function readSpiffe(subjectAltName: string | undefined): SpiffeSite | null {
  const found = SITE.exec(subjectAltName ?? '');
  return found ? { federationId: found[1]!, nodeId: found[2]! } : null;
}
