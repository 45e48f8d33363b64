import { z } from 'zod';
import { preflightSchema } from './preflight.ts';

/** What passes between a hospital's `fdlr node init` and the router, over TLS to the pinned authority. */
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

export const ENROL_PATH = '/v1/nodes/enrol';
export const ENROL_STATUS_PATH = '/v1/nodes/enrol/status';
export const PREFLIGHT_PATH = '/v1/nodes/preflight';

export const enrolRequestSchema = z.strictObject({
  /** The code's first part; the rest is proved and does not travel. */
  locator: z.string().regex(/^[A-Z2-7]{8}$/),
  proof: hex(64),
  /** PKCS #10, DER, base64. */
  csr: z.base64().max(4096),
  identityKey: hex(32),
  /** By the identity key, over the request and the authority that the node sees. */
  signature: hex(64),
  build: z.string().max(128),
  /** The node's clock, milliseconds since the epoch, UTC. */
  clockMs: z.int().positive(),
});
export type EnrolRequest = z.output<typeof enrolRequestSchema>;

/** What an administrator declared, for the node's configuration. */
export const enrolReplySchema = z.object({
  nodeId: z.uuid(),
  name: z.string(),
  federationId: z.uuid(),
  routerKey: hex(32),
  shards: z.int().positive(),
  lanes: z.int().positive(),
  /** The dataset's cap for a year, pico-rho: what a hospital's own limit begins with. */
  limitRhoPico: z.string(),
});
export type EnrolReply = z.output<typeof enrolReplySchema>;

export const enrolStatusRequestSchema = z.strictObject({
  nodeId: z.uuid(),
  clockMs: z.int().positive(),
  signature: hex(64),
});
export type EnrolStatusRequest = z.output<typeof enrolStatusRequestSchema>;

export const enrolStatusReplySchema = z.object({
  state: z.string(),
  /** From the certification on. */
  certificate: z.string().nullable(),
  /** Whom the hospital may pin. */
  peers: z.array(
    z.object({
      nodeId: z.uuid(),
      name: z.string(),
      hospital: z.string(),
      region: z.string(),
      identityKey: hex(32),
    }),
  ),
});
export type EnrolStatusReply = z.output<typeof enrolStatusReplySchema>;

export const preflightReportSchema = z.strictObject({ lines: preflightSchema });
