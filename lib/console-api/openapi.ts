import { z } from 'zod';
import { defineRoute } from './definition.ts';

export const OPENAPI = defineRoute({
  method: 'GET',
  path: '/api/console/openapi.json',
  summary: 'Read this document',
  action: null,
  reply: z.looseObject({ openapi: z.string() }),
});
