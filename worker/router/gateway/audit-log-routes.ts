import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { verifierKey } from '#lib/audit-log/checkpoint';
import { inclusionProof } from '#lib/audit-log/inclusion-proof';
import { readEntry } from '#lib/audit-log/read-entry';
import { headsAfter, noteOf, publishing } from '#lib/audit-log/read-heads';
import { readTile } from '#lib/audit-log/read-tile';
import { readWitnesses } from '#lib/audit-log/read-witnesses';
import { parseTilePath } from '#lib/audit-log/tile-path';
import { formatTlogProof } from '#lib/audit-log/tlog-proof';
import { InvalidRequestError, NotFoundError, UnavailableError } from '#lib/errors';
import type { RouterContext } from '../context.ts';
import { takesGzip } from './takes-gzip.ts';

/** The log's base URL (C2SP tlog-tiles calls it the prefix): what the log serves is below it. */
export const LOG_PATH = '/v1/audit';

const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';
/** Neither a tile nor an entry ever changes; a head does, and a partial tile is soon asked for no more. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const NOW_ONLY = 'no-cache';
const HEADS_AT_ONCE = 500;

const compress = promisify(gzip);

/** Whoever reads the log has connections of their own: however many read, no debit waits for one of them. */
export const LOG_CONNECTIONS = 2;
/** Queries that wait for one of them; beyond, who asks is asked to come back. */
export const MOST_WAITING = 200;

/** What the log is served from: the pool is for these routes alone. */
export type ServedLog = Pick<RouterContext, 'pool' | 'signer'>;

type WithLeaf = { Params: { leafHash: string } };

/** The log is for third parties: no sign-in. Its entries are made to be public (lib/audit-log/events.ts). */
export function serveAuditLog(app: FastifyInstance, log: ServedLog): void {
  // A scope of its own: the hook is for these routes alone.
  app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      if (log.pool.waitingCount < MOST_WAITING) return;
      reply.header('retry-after', '1');
      throw new UnavailableError('Too many read the log at once. Ask again in a moment.', {
        code: 'log_busy',
      });
    });
    addRoutes(scope, log);
  });
}

function addRoutes(app: FastifyInstance, log: ServedLog): void {
  const { pool, signer } = log;
  const publishedHead = publishing(pool);

  app.get(`${LOG_PATH}/checkpoint`, async (_request, reply) => {
    const head = await publishedHead();
    if (!head) throw new NotFoundError('The log is empty.', { code: 'log_empty' });
    return reply.type(TEXT).header('cache-control', NOW_ONLY).send(noteOf(head));
  });

  app.get<{ Params: { '*': string } }>(`${LOG_PATH}/tile/*`, async (request, reply) => {
    const tile = parseTilePath(request.params['*']);
    const bytes = tile && (await readTile(pool, tile));
    if (!tile || !bytes) throw new NotFoundError('The log has no such tile.', { code: 'tile_unknown' });
    reply.type(BYTES).header('cache-control', FOR_EVER).header('vary', 'accept-encoding');
    // Hashes do not compress.
    if (tile.level !== null || !takesGzip(request.headers['accept-encoding'])) return reply.send(bytes);
    return reply.header('content-encoding', 'gzip').send(await compress(bytes));
  });

  app.get<{ Querystring: { after?: string } }>(`${LOG_PATH}/checkpoints`, async (request, reply) => {
    const after = request.query.after ?? '0';
    if (!/^(0|[1-9][0-9]{0,17})$/.test(after)) {
      throw new InvalidRequestError('`after` is a number of entries.', {
        code: 'invalid_request',
        param: 'after',
      });
    }
    const heads = await headsAfter(pool, BigInt(after), HEADS_AT_ONCE);
    const last = heads.length === HEADS_AT_ONCE ? heads.at(-1)! : null;
    return reply
      .header('cache-control', NOW_ONLY)
      .send({ checkpoints: heads.map(noteOf), next: last ? String(last.size) : null });
  });

  app.get(`${LOG_PATH}/key`, async (_request, reply) =>
    reply.type(TEXT).send(`${verifierKey(signer.origin, signer.key.publicKey)}\n`),
  );
  app.get(`${LOG_PATH}/key/custody`, async (_request, reply) =>
    reply.type(TEXT).send(`${signer.key.description}\n`),
  );
  app.get(`${LOG_PATH}/witnesses`, async (_request, reply) => {
    const keys = await readWitnesses(pool);
    return reply
      .type(TEXT)
      .header('cache-control', NOW_ONLY)
      .send(keys.map((key) => `${key}\n`).join(''));
  });

  app.get<WithLeaf>(`${LOG_PATH}/proof/:leafHash`, async (request, reply) => {
    const found = await findProof(log, request);
    return found ?? reply.code(202).header('retry-after', '1').send({ status: 'pending' });
  });
  app.get<WithLeaf>(`${LOG_PATH}/tlog-proof/:leafHash`, async (request, reply) => {
    const proof = await findProof(log, request);
    if (!proof) return pendingText(reply);
    const entry = await readEntry(pool, Buffer.from(proof.leafHash, 'hex'));
    return reply
      .type(TEXT)
      .header('content-disposition', `attachment; filename="${proof.leafIndex}.tlog-proof"`)
      .send(formatTlogProof(proof, entry));
  });
}

const pendingText = (reply: FastifyReply) =>
  reply.code(202).header('retry-after', '1').type(TEXT).send('The leaf is on its way into the log.\n');

/** Null while the leaf has no index yet. */
async function findProof({ pool }: ServedLog, request: FastifyRequest<WithLeaf>) {
  const { leafHash } = request.params;
  if (!/^[0-9a-f]{64}$/.test(leafHash)) {
    throw new InvalidRequestError('A leaf hash has 64 hexadecimal digits.', {
      code: 'invalid_request',
      param: 'leafHash',
    });
  }
  const found = await inclusionProof(pool, Buffer.from(leafHash, 'hex'));
  if (found.status === 'unknown') throw new NotFoundError('No leaf has this hash.', { code: 'leaf_unknown' });
  return found.status === 'found' ? found.proof : null;
}
