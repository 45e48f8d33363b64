import { z } from 'zod';
import { webEnv } from '#lib/env';

const schema = z.array(
  z.strictObject({
    organisationId: z.uuid(),
    hospital: z.string().min(1).max(200),
    /** The node's own listener, e.g. https://node.hospital.example:8443/v1. */
    url: z.url({ protocol: /^https?$/ }).regex(/^[^\s;,'"]+\/v1$/),
  }),
);
export type LocalNode = { hospital: string; url: string };

/** The listeners of one organisation's own nodes, as the operator of the console set them; none of anybody else's. */
export function localNodesOf(organisationId: string | null): LocalNode[] {
  return configured()
    .filter((node) => node.organisationId === organisationId)
    .map(({ hospital, url }) => ({ hospital, url }));
}

function configured(): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(webEnv().FDLR_LOCAL_NODES));
  } catch (cause) {
    throw new Error('Environment is not usable. FDLR_LOCAL_NODES: not a list of nodes', { cause });
  }
}
