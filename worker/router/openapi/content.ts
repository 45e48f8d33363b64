import { z } from 'zod';

/** What the parts of the document say of bodies, in one place. */
export const json = (schema: z.ZodType, example?: unknown) => ({
  content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
});

export const replied = (schema: z.ZodType, description = 'Done.') => ({ description, ...json(schema) });

export const text = (description: string) => ({
  description,
  content: { 'text/plain': { schema: z.string() } },
});

export const bytes = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
});
