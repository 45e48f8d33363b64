import { z } from 'zod';
import { defineRoute } from './definition.ts';
import { rangeQuery, several } from './exports.ts';

const index = z.string().regex(/^(0|[1-9]\d{0,17})$/);
/** As many rows as a page of the table can have. */
const MOST_ROWS = 100;

export const logHeadSchema = z.object({
  /** The newest signed head as third parties get it, with its co-signatures. */
  checkpoint: z.string(),
  /** The log's published key. */
  verifierKey: z.string(),
  /** The published keys of the nodes that co-sign. */
  witnesses: z.array(z.string()),
});

export const LOG_HEAD = defineRoute({
  method: 'GET',
  path: '/api/console/audit/head',
  summary: "Fetch the log's newest signed head and the keys to check it with",
  description: 'Passed on from the router as it publishes them for third parties.',
  action: 'audit.read',
  reply: logHeadSchema,
});

export const LOG_GROWTH = defineRoute({
  method: 'GET',
  path: '/api/console/audit/consistency',
  summary: 'Prove that a later tree of the log continues an earlier one',
  description: 'RFC 6962 section 2.1.2, in hexadecimal.',
  action: 'audit.read',
  query: z.object({ from: index, to: index }),
  reply: z.object({ path: z.array(z.string()) }),
});

export const ROW_PROOFS = defineRoute({
  method: 'GET',
  path: '/api/console/audit/proofs',
  summary: 'Prove that rows are in the tree of a size',
  description: 'Sibling hashes from leaf to root, in hexadecimal.',
  action: 'audit.read',
  query: z.object({
    size: index,
    indexes: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(index).min(1).max(MOST_ROWS))
      .meta({ description: 'Up to 100 numbers of rows, with commas between.', example: '17,18' }),
  }),
  reply: z.object({ proofs: z.array(z.object({ index, path: z.array(z.string()) })) }),
});

export const ROW_PROOF_FILE = defineRoute({
  method: 'GET',
  path: '/api/console/audit/rows/{index}/proof',
  summary: "Download a row's proof",
  description: 'c2sp.org/tlog-proof@v1, to a head that nodes have co-signed where there is one.',
  action: 'audit.read',
  params: z.object({ index }),
  reply: { contentType: 'text/plain', description: 'The proof.' },
});

const exportQuery = z.object({
  ...rangeQuery,
  scope: z
    .string()
    .optional()
    .meta({ description: 'federation for all rows, else those of the organisation.' }),
  q: z.string().optional().meta({ description: 'A number in the log, a hash or an id.' }),
  type: several('Types of events'),
  actor: several('Pseudonyms, or product'),
  account: several('Ids of accounts'),
  subject: several('Ids of what entries are about'),
});
const taken = 'That they were taken is in the audit log before the first row leaves.';

export const AUDIT_CSV = defineRoute({
  method: 'GET',
  path: '/api/console/audit/export/csv',
  summary: 'Take rows of the audit log along as CSV',
  description: taken,
  action: 'audit.export',
  leavesLeaf: true,
  query: exportQuery,
  reply: { contentType: 'text/csv', description: 'One line a row, with a heading.' },
});

export const AUDIT_NDJSON = defineRoute({
  method: 'GET',
  path: '/api/console/audit/export/ndjson',
  summary: 'Take entries of the audit log along exactly as they were logged',
  description: taken,
  action: 'audit.export',
  leavesLeaf: true,
  query: exportQuery,
  reply: { contentType: 'application/x-ndjson', description: 'One {index, leafHash, entry} a line.' },
});

export const AUDIT_PROOFS = defineRoute({
  method: 'GET',
  path: '/api/console/audit/export/proofs',
  summary: 'Take proofs of rows of the audit log along',
  description: taken,
  action: 'audit.export',
  leavesLeaf: true,
  query: exportQuery,
  reply: { contentType: 'application/x-ndjson', description: 'One {index, leafHash, proof} a line.' },
});
