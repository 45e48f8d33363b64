import { z } from 'zod';

/** A FHIR R4 server that exports in bulk, which this node signs in to by SMART Backend Services. */
export const fhirServerSchema = z.strictObject({
  /** E.g. https://ehr.hospital.example/fhir. Plain http only to this machine itself. */
  baseUrl: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1).max(256),
  scope: z.string().min(1).default('system/*.read'),
  /** Exports this Group instead of everybody. */
  groupId: z
    .string()
    .regex(/^[A-Za-z0-9\-.]{1,64}$/)
    .optional(),
  /** Certificates (PEM) of the hospital's own authority. */
  caFile: z.string().min(1).optional(),
  /** An export that is larger than this is refused. */
  maxMegabytes: z.int().min(1).max(1_000_000).default(4_096),
  /** How long the server may take to prepare an export. */
  exportMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .default(120),
});
export type FhirServer = z.infer<typeof fhirServerSchema>;

/** Where a hospital's records come from. Plain data: threads are given it. */
export type RecordSource =
  | { kind: 'folder'; recordsDir: string }
  | { kind: 'fhir'; server: FhirServer; clientKeyFile: string };
