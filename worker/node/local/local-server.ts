import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { loadOrCreateSecret } from '#lib/crypto/key-files';
import { DomainError, NotFoundError, UnauthenticatedError } from '#lib/errors';
import type { Logger } from '#lib/log';
import type { NodeConfig } from '../config.ts';
import { oneAtATime } from '../loading/one-at-a-time.ts';
import { answerLocal, type LocalAnswer, type LocalAnswerer } from './answer-local.ts';
import { allowOrigins } from './cross-origin.ts';
import type { LocalConfig } from './local-config.ts';
import { replyWithLocalError } from './local-error.ts';
import { findLocalKey, type LocalKey } from './local-keys.ts';
import { LocalLog } from './local-log.ts';
import { type LocalQuestion, readLocalQuestion } from './local-question.ts';
import { RateLimit } from './rate-limit.ts';

const BODY_LIMIT_BYTES = 256 * 1024;
/** Questions that wait while one is answered: rounds of the federation share the lanes with them. */
const MOST_WAITING = 8;
/** Wrong keys a minute from one address. */
const WRONG_KEYS_PER_MINUTE = 20;

const STATEMENT =
  "A local answer: from this hospital's own records alone, exact and not private. It is not charged, it never left the hospital, and it must not be shared as if it protected anybody.";

export type LocalServerSetup = LocalAnswerer & {
  config: Pick<NodeConfig, 'name' | 'dataDir' | 'purposes'>;
  local: LocalConfig;
  modelId: string;
  log: Logger;
};

export const localKeysFile = (dataDir: string) => join(dataDir, 'local-keys.json');

/**
 * The listener for this hospital's own clinicians: OpenAI's chat completions, answered from its own records. The node itself
 * knows who asks, by a key it has made; nothing that a router or a console signs opens it.
 */
export function createLocalServer(setup: LocalServerSetup): FastifyInstance {
  const { config, local, modelId, log } = setup;
  const journal = LocalLog.open(
    join(config.dataDir, 'local-log.ndjson'),
    loadOrCreateSecret(join(config.dataDir, 'local-log.key')),
  );
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    logger: false,
    forceCloseConnections: true,
    ...(local.certFile &&
      local.keyFile && {
        https: {
          cert: readFileSync(local.certFile),
          key: readFileSync(local.keyFile),
          minVersion: 'TLSv1.2',
        },
      }),
  }) as unknown as FastifyInstance;
  app.setErrorHandler(replyWithLocalError(log));
  app.setNotFoundHandler(() => {
    throw new NotFoundError();
  });
  app.removeContentTypeParser('text/plain');
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
  });
  allowOrigins(app, local.origins);

  const requests = new RateLimit(local.requestsPerMinute);
  const wrongKeys = new RateLimit(WRONG_KEYS_PER_MINUTE);
  const authenticate = (request: FastifyRequest): LocalKey => {
    const secret = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const key = findLocalKey(localKeysFile(config.dataDir), secret);
    if (!key) {
      if (!wrongKeys.take(request.ip)) throw tooMany('Too many wrong keys. Wait a minute.');
      throw new UnauthenticatedError(
        'This key is not one that this node has made, or it is no longer good. Ask the operator of the node for one.',
        { code: 'invalid_local_key' },
      );
    }
    if (!requests.take(key.id)) throw tooMany(`At most ${local.requestsPerMinute} requests a minute.`);
    return key;
  };

  app.get('/v1/models', async (request) => {
    authenticate(request);
    return { object: 'list', data: [{ id: modelId, object: 'model', created: 0, owned_by: config.name }] };
  });

  const inTurn = oneAtATime();
  let waiting = 0;
  app.post('/v1/chat/completions', async (request) => {
    const key = authenticate(request);
    const question = readLocalQuestion(request.body, modelId, config.purposes);
    if (waiting >= MOST_WAITING)
      throw tooMany('The node is busy with other local questions. Try again soon.');
    waiting += 1;
    try {
      await journal.note(entryOf(request.id, key, question), question.prompt);
      const answer = await inTurn(() => answerLocal(setup, question));
      return completionOf(request.id, question, answer, config.name);
    } finally {
      waiting -= 1;
    }
  });
  return app;
}

function entryOf(requestId: string, { id: keyId, name }: LocalKey, { purpose, labels }: LocalQuestion) {
  const kind = labels.length > 0 ? ('vote' as const) : ('text' as const);
  return { at: new Date().toISOString(), requestId, keyId, name, purpose, kind };
}

function completionOf(id: string, question: LocalQuestion, answer: LocalAnswer, hospital: string) {
  const { content, refusal, finishReason, promptTokens, completionTokens, votes } = answer;
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model: question.requestedModel,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: refusal === null ? content : null, refusal },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
    privacy: {
      route: 'local',
      mechanism: votes ? 'vote' : 'short-answer',
      mode: 'none',
      private: false,
      rho: '0',
      hospital,
      purpose: question.purpose,
      votes,
      statement: STATEMENT,
    },
  };
}

function tooMany(message: string): DomainError {
  return new DomainError(429, message, { code: 'rate_limited' });
}
