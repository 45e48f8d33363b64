import { z } from 'zod';

/**
 * The only reader of process.env. Each process asks for its own part; a failure names the variable, never its value.
 */
const positive = z.coerce.number().positive();
const port = z.coerce.number().int().min(1).max(65_535);

const privacySchema = z.object({
  /** Epsilon of one request when the caller names none. */
  FEDERATED_PRIVACY_EPSILON: positive.default(0.1),
  /** Delta at which every epsilon is stated. */
  FEDERATED_DELTA: z.coerce.number().positive().lt(1).default(1e-5),
  /** A user's yearly cap, epsilon at FEDERATED_DELTA. */
  FEDERATED_MAX_BUDGET_PER_USER: positive.default(10),
  /** Nodes that may be in league with whoever reads a sum: gaussian noise is priced without theirs. */
  FEDERATED_MAX_COLLUDE: z.coerce.number().int().min(1).max(16).default(1),
  /** How often a node answers a round, before probes tell: decides whether sums survive absent nodes. */
  FEDERATED_NODE_AVAILABILITY: z.coerce.number().min(0.5).max(1).default(0.99),
  FEDERATED_QUANTUM_COHERENCE_THRESHOLD: z.coerce.number().min(0).max(1).default(0.8),
  FEDERATED_COMPLIANCE_MODE: z.string().default('HIPAA_GDPR'),
});

const logSchema = z.object({
  FEDERATED_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

const databaseSchema = z.object({ DATABASE_URL: z.string().min(1) });

const routerSchema = databaseSchema.extend({
  FDLR_API_PORT: port,
  FDLR_HOST: z.string().default('127.0.0.1'),
  /** Where hospital nodes dial in, over mutual TLS. */
  FDLR_CHANNEL_PORT: port,
  /** The same as hospitals reach it, e.g. https://router.example:3003. Its host is in the channel's certificate. */
  FDLR_PUBLIC_CHANNEL_URL: z.url({ protocol: /^https$/ }),
  /** The authority of node certificates, PEM: both, or neither for the product's own in FDLR_ROUTER_KEYS_DIR. */
  FDLR_CA_CERT_FILE: z.string().min(1).optional(),
  FDLR_CA_KEY_FILE: z.string().min(1).optional(),
  /** Base of the URLs that replies carry, e.g. http://localhost:3001. */
  FDLR_PUBLIC_API_URL: z.url(),
  /** Folder of the router's own keys (made when missing, mode 0600). */
  FDLR_ROUTER_KEYS_DIR: z.string().min(1),
  /** Public half of the key the console signs its 60-second tokens with (PEM). */
  FDLR_CONSOLE_TOKEN_PUBLIC_KEY_FILE: z.string().min(1),
  /** Stable name of this replica: what it left reserved when it died is charged when it comes back. */
  FDLR_REPLICA: z.string().min(1).default('router-0'),
  /** Base of the links in mails, e.g. http://localhost:3000. */
  FDLR_CONSOLE_URL: z.url(),
  /** Shared with the console: links of invitations are computed from it (made when missing, mode 0600). */
  FDLR_INVITATION_KEY_FILE: z.string().min(1),
  /** Where mails go: smtp://user:password@host:587. Without it each becomes a file in FDLR_MAIL_DIR. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  FDLR_MAIL_DIR: z.string().min(1),
  FDLR_MAIL_FROM: z.email().default('no-reply@fdlr.invalid'),
});

const webSchema = databaseSchema.extend({
  NEXTAUTH_URL: z.url(),
  NEXTAUTH_SECRET: z.string().min(32),
  FDLR_ROUTER_URL: z.url(),
  /** Private half of the key above (PEM, Ed25519). */
  FDLR_CONSOLE_TOKEN_KEY_FILE: z.string().min(1),
  /** Distinguishes the cookies of two instances on one host. */
  FDLR_COOKIE_PREFIX: z.string().regex(/^[a-z0-9]+$/),
  /** Shared with the router: links of invitations are computed from it (made when missing, mode 0600). */
  FDLR_INVITATION_KEY_FILE: z.string().min(1),
  /** Under it the secrets of authenticator apps are sealed (made when missing, mode 0600). */
  FDLR_CONSOLE_KEY_FILE: z.string().min(1),
  /** How many proxies of our own stand before the console; 0 believes no forwarded address. */
  FDLR_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(8).default(0),
  /** Set where mails become files: the demo's mailbox reads them. */
  FDLR_MAIL_DIR: z.string().min(1).optional(),
  /** Where `npm run audit` leaves its report for this console; without one the product's own is shown. */
  FDLR_AUDIT_REPORT_FILE: z.string().min(1).optional(),
  /** Hospitals whose nodes answer their own clinicians: JSON, [{"organisationId", "hospital", "url"}], url ending in /v1. */
  FDLR_LOCAL_NODES: z.string().default('[]'),
});

const supervisorSchema = z.object({
  /** Set: use that server and start none. */
  DATABASE_URL: z.string().min(1).optional(),
  /** Handed to the router: see there. */
  SMTP_URL: z.string().min(1).optional(),
  FDLR_MAIL_FROM: z.string().min(1).optional(),
  /** Handed to the console: see there. */
  FDLR_TRUSTED_PROXIES: z.string().min(1).optional(),
});

const cliSchema = z.object({
  /** Where the person stood who called: npm and scripts/fdlr.mjs run the command from the checkout's own folder. */
  INIT_CWD: z.string().min(1).optional(),
  /** For commands that read the ledger, unless --database-url names another. */
  DATABASE_URL: z.string().min(1).optional(),
});

/** How a hospital's machine reaches the outside; either way of writing counts, as everywhere. */
const proxySchema = z.object({
  HTTPS_PROXY: z.string().optional(),
  https_proxy: z.string().optional(),
  NO_PROXY: z.string().optional(),
  no_proxy: z.string().optional(),
});

const testSchema = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  /** A Chromium to use for the browser tests. */
  PLAYWRIGHT_CHROMIUM: z.string().optional(),
  /** Folder of shared reference data; tests that want it count as skipped without it. */
  FDLR_SHARED: z.string().optional(),
  CI: z.string().optional(),
});

function read<S extends z.ZodType>(schema: S): z.output<S> {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Environment is not usable. ${faults.join('; ')}`);
}

export const privacyEnv = () => read(privacySchema);
export const logEnv = () => read(logSchema);
export const routerEnv = () => read(routerSchema);
export const webEnv = () => read(webSchema);
export const supervisorEnv = () => read(supervisorSchema);
export const cliEnv = () => read(cliSchema);
export const proxyEnv = () => read(proxySchema);
export const testEnv = () => read(testSchema);
export type RouterEnv = ReturnType<typeof routerEnv>;
