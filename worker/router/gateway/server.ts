import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { NotFoundError, UnavailableError } from '#lib/errors';
import { REQUEST_ID_HEADER, withRequest } from '#lib/request-context';
import type { RouterContext } from '../context.ts';
import { routerDocument } from '../openapi/router-document.ts';
import { ask, authenticateToAsk } from './ask-route.ts';
import { serveAuditLog } from './audit-log-routes.ts';
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

  serveAuditLog(app, { pool: context.logPool, signer: context.signer });

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
