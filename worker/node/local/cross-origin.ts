import type { FastifyInstance } from 'fastify';
import { ForbiddenError } from '#lib/errors';

/**
 * Which web pages may ask: exactly those that are listed, never "null" (a page without an origin of its own can be anybody's)
 * and never all. A program that is no page sends no origin, and is known by its key alone.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  const listed = new Set(
    origins.map((origin) => new URL(origin).origin).filter((origin) => origin !== 'null'),
  );
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined) return;
    if (!listed.has(origin))
      throw new ForbiddenError("This page's address is not among the origins of the node's configuration.", {
        code: 'origin_refused',
      });
    reply.header('access-control-allow-origin', origin);
  });
  app.options('/*', async (request, reply) => {
    reply.header('access-control-allow-methods', 'GET, POST');
    reply.header('access-control-allow-headers', 'authorization, content-type');
    reply.header('access-control-max-age', '600');
    // A browser asks this before a page of the wider network reaches a machine of this one.
    if (request.headers['access-control-request-private-network'] === 'true')
      reply.header('access-control-allow-private-network', 'true');
    return reply.code(204).send();
  });
}
