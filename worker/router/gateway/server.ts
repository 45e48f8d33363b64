import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { verifierKey } from '#lib/audit-log/checkpoint';
import { inclusionProof } from '#lib/audit-log/inclusion-proof';
import { InvalidRequestError, NotFoundError, UnavailableError } from '#lib/errors';
import { REQUEST_ID_HEADER, withRequest } from '#lib/request-context';
import type { RouterContext } from '../context.ts';
import { routerDocument } from '../openapi/router-document.ts';
import { ask, authenticateToAsk } from './ask-route.ts';
import { authenticate } from './authenticate.ts';
import { chatCompletionSchema, completionSchema, quoteSchema } from './chat-completion-schema.ts';
import { replyWithError } from './error-reply.ts';
import { MODEL, parseQuery } from './parse-query.ts';
import { quote } from './quote.ts';
import { CHAT, TEXT } from './render-completion.ts';
import { answerUnreadable } from './unreadable.ts';
import { validate } from './validate.ts';

const BODY_LIMIT_BYTES = 256 * 1024;

/** The HTTP API. Routes bind a schema and a verb; everything else is in the stages. */
export function createGateway(context: RouterContext): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    logger: false,
    forceCloseConnections: 'idle',
    // Fastify's own answer while closing would lack our form and our word on retrying.
    return503OnClosing: false,
    // What is refused before any route is chosen runs no hook either.
    frameworkErrors: (error, request, reply) => {
      reply.header(REQUEST_ID_HEADER, request.id);
      replyWithError(error, request as FastifyRequest, reply as FastifyReply, context.log);
    },
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, context.log),
  });
  app.setErrorHandler((error, request, reply) => {
    // A stream that its reader has left ends with this: nobody is there to be told, and nothing is wrong.
    if (reply.raw.destroyed && (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    replyWithError(error as Error, request, reply, context.log);
  });
  app.setNotFoundHandler((request) => {
    throw new NotFoundError(`There is no ${request.method} ${request.url.split('?')[0]} here.`);
  });
  // JSON and nothing else: a form or a text could be sent by any web page without asking.
  app.removeContentTypeParser('text/plain');
  // A kept-alive connection would keep a stopping router waiting for a request that never comes.
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  // A caller's own x-request-id is not taken: only the console's is, which its token signs (authenticate.ts).
  app.addHook('onRequest', (request, _reply, done) => withRequest({ reference: request.id }, done));
  app.addHook('onRequest', async () => {
    if (!closing) return;
    const message = 'The router is stopping. Nothing was charged.';
    throw new UnavailableError(message, { code: 'stopping', extra: { charged: false } });
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    if (closing) reply.header('connection', 'close');
  });

  const toChat = (raw: unknown) => validate(chatCompletionSchema, raw);
  app.post('/v1/chat/completions', (request, reply) => ask(context, request, reply, toChat, CHAT));
  app.post('/v1/completions', (request, reply) => ask(context, request, reply, completionToChat, TEXT));

  app.post('/v1/privacy/quote', async (request) => {
    const caller = await authenticateToAsk(context, request);
    const { messages = [], ...body } = validate(quoteSchema, request.body);
    const asked = messages.length > 0 ? messages : [{ role: 'user' as const, content: 'quote' }];
    return quote(context, parseQuery(context, caller, { ...body, messages: asked }, null));
  });

  app.get('/v1/models', async (request) => {
    await authenticate(context, request);
    const model = (id: string) => ({ id, object: 'model', created: 0, owned_by: 'federation' });
    return { object: 'list', data: [model(MODEL), model(`${MODEL}:public`)] };
  });

  // Proofs and checkpoints are for third parties: no sign-in, and nothing in them that a leaf's hash does not fix.
  app.get<{ Params: { leafHash: string } }>('/v1/audit/proof/:leafHash', async (request, reply) => {
    const { leafHash } = request.params;
    if (!/^[0-9a-f]{64}$/.test(leafHash)) {
      throw new InvalidRequestError('A leaf hash has 64 hexadecimal digits.', {
        code: 'invalid_request',
        param: 'leafHash',
      });
    }
    const found = await inclusionProof(context.pool, Buffer.from(leafHash, 'hex'));
    if (found.status === 'found') return found.proof;
    if (found.status === 'unknown')
      throw new NotFoundError('No leaf has this hash.', { code: 'leaf_unknown' });
    return reply.code(202).header('retry-after', '1').send({ status: 'pending' });
  });

  app.get('/v1/audit/checkpoint', async (_request, reply) => {
    const head = await context.pool.query<{ note: string }>(
      'SELECT note FROM audit_checkpoint ORDER BY tree_size DESC LIMIT 1',
    );
    if (!head.rows[0]) throw new NotFoundError('The log is empty.', { code: 'log_empty' });
    return reply.type('text/plain; charset=utf-8').send(head.rows[0].note);
  });

  app.get('/v1/audit/key', async (_request, reply) => {
    return reply
      .type('text/plain; charset=utf-8')
      .send(`${verifierKey(context.signer.origin, context.signer.key)}\n`);
  });

  // Written once: it depends on nothing but this version and where it runs.
  const document = routerDocument(context.env.FDLR_PUBLIC_API_URL);
  app.get('/openapi.json', async () => document);

  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async () => {
    await context.pool.query('SELECT 1');
    return { ok: true, nodes: context.nodes.all().length };
  });
  return app;
}

/** The older completion form is a chat of one message. */
function completionToChat(raw: unknown) {
  const { prompt, ...rest } = validate(completionSchema, raw);
  const content = typeof prompt === 'string' ? prompt : prompt[0]!;
  return validate(chatCompletionSchema, { ...rest, messages: [{ role: 'user', content }] });
}
