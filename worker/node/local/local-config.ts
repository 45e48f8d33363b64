import { z } from 'zod';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** The listener for this hospital's own clinicians. Without it a node answers nobody but its router. */
export const localSchema = z
  .strictObject({
    port: z.int().min(1).max(65_535),
    host: z.string().min(1).default('127.0.0.1'),
    /** The hospital's own certificate and key (PEM) for the name that its clinicians use. */
    certFile: z.string().min(1).optional(),
    keyFile: z.string().min(1).optional(),
    /** Web pages that may ask, e.g. the console's https://console.example: exactly these. */
    origins: z.array(z.url({ protocol: /^https?$/ })).default([]),
    requestsPerMinute: z.int().min(1).max(6_000).default(30),
  })
  .refine(({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined), {
    message: 'certFile and keyFile belong together',
  })
  .refine(({ certFile, host }) => certFile !== undefined || LOOPBACK.includes(host), {
    message: 'only a loopback host may be served without certFile and keyFile',
  });
export type LocalConfig = z.infer<typeof localSchema>;
