import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponseObject } from 'zod-openapi';
import { bytes, replied, text } from './content.ts';
import { proofReplySchema } from './reply-schemas.ts';

const OPEN: ZodOpenApiOperationObject['security'] = [];
const leafHash = z.object({ leafHash: z.string().regex(/^[0-9a-f]{64}$/) });
const pending = 'On its way, within a second.';

/** The audit log for third parties: all of it below one base URL, as C2SP tlog-tiles says. No sign-in. */
export function auditLogPaths(failure: ZodOpenApiResponseObject): ZodOpenApiPathsObject {
  const open = (operation: ZodOpenApiOperationObject) => ({
    get: { ...operation, security: OPEN, responses: { ...operation.responses, default: failure } },
  });
  return {
    '/v1/audit/checkpoint': open({
      operationId: 'getCheckpoint',
      summary: 'Get the newest published head of the audit log',
      description:
        'Signed by the log and by the hospitals that witnessed it. A head is published once most of them have signed, or after five seconds.',
      responses: { 200: text('A C2SP checkpoint with cosignatures.') },
    }),
    '/v1/audit/tile/{path}': open({
      operationId: 'getTile',
      summary: "Get a tile of the log's Merkle tree, or 256 of its entries",
      description:
        'C2SP tlog-tiles. <level>/<number> are the hashes of a level, entries/<number> the entries of a tile of level 0, each after its length in two bytes; .p/<width> is added for one that is not full, and numbers from 1000 on are written in groups: x001/234.',
      requestParams: { path: z.object({ path: z.string().meta({ example: 'entries/000.p/42' }) }) },
      responses: { 200: bytes('Hashes of 32 bytes, one after the other, or an entry bundle.') },
    }),
    '/v1/audit/checkpoints': open({
      operationId: 'listCheckpoints',
      summary: 'List every head that was ever signed',
      requestParams: {
        query: z.object({
          after: z
            .string()
            .optional()
            .meta({ description: 'Heads of more entries than this; the `next` of a reply.' }),
        }),
      },
      responses: {
        200: replied(z.strictObject({ checkpoints: z.array(z.string()), next: z.string().nullable() })),
      },
    }),
    '/v1/audit/proof/{leafHash}': open({
      operationId: 'getInclusionProof',
      summary: 'Prove that a leaf is in the audit log',
      description: 'Open to anyone: a leaf’s hash says nothing about the leaf.',
      requestParams: { path: leafHash },
      responses: {
        200: replied(proofReplySchema),
        202: replied(z.strictObject({ status: z.literal('pending') }), pending),
      },
    }),
    '/v1/audit/tlog-proof/{leafHash}': open({
      operationId: 'getTlogProof',
      summary: 'Get a proof to keep and to check without the log',
      description: 'The entry itself is the extra data of the format.',
      requestParams: { path: leafHash },
      responses: { 200: text('c2sp.org/tlog-proof@v1'), 202: text(pending) },
    }),
    '/v1/audit/key': open({
      operationId: 'getLogKey',
      summary: 'Get the key to verify heads with',
      responses: { 200: text('A C2SP verifier key.') },
    }),
    '/v1/audit/key/custody': open({
      operationId: 'getLogKeyCustody',
      summary: 'See who keeps the private half of that key',
      responses: { 200: text('One sentence.') },
    }),
    '/v1/audit/witnesses': open({
      operationId: 'listWitnesses',
      summary: 'Get the keys of the hospitals that witness the log',
      description:
        'Keep them: keys that are fetched anew each time prove nothing against a router that makes them up.',
      responses: { 200: text('C2SP verifier keys, one a line.') },
    }),
  };
}
