/**
 * Imports point one way: app and worker -> lib. Run by `npm run check`; scripts/import-rules/import-rules.test.ts breaks every rule
 * once on purpose, because a parser that sees nothing passes too.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'lib-stays-below',
      comment: 'lib is the domain: it knows no framework, no page and no process that uses it.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|worker)/' },
    },
    {
      name: 'worker-without-console',
      comment:
        'Router and nodes run where no console is, and must not pull its pages or React into their processes.',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: ['^(app|components)/', '(^|/)node_modules/(react|react-dom|next|next-auth|next-intl)/'] },
    },
    {
      name: 'worker-parts-share-only-lib',
      comment:
        'A hospital runs the node alone: what it and the router both need is domain, and lives in lib. ' +
        'Tests and the privacy audit may start the whole federation; `fdlr node ...` is the node itself, called by hand.',
      severity: 'error',
      from: {
        path: '^worker/([^/]+)/',
        pathNot: '(\\.test\\.ts$|^worker/(testing|audit)/|^worker/cli/node-[a-z]+\\.ts$)',
      },
      to: { path: '^worker/', pathNot: '^worker/$1/' },
    },
    {
      name: 'app-without-worker',
      comment: 'The console reaches the router over its API, as every other client does.',
      severity: 'error',
      from: { path: '^(app|components)/' },
      to: { path: '^worker/' },
    },
    {
      name: 'components-without-server-code',
      comment: 'Components run in the browser. Types may come from the server, code that reads data may not.',
      severity: 'error',
      from: { path: '^components/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: [
          '^lib/(db|ledger|audit-log|nodes|jobs|mail|log|env)(/|\\.ts$)',
          // What the stream says is shared; how it is read is the server's.
          '^lib/live/(?!live-event\\.ts$)',
          '^lib/identity/(password|sessions|sign-in|router-token|invitation-token|second-factor/)',
          '^app/_server/',
          '(^|/)node_modules/(pg|pg-boss|nodemailer|prisma|@prisma/[^/]+|@node-rs/argon2|pino)/',
        ],
        // Checks of the log that a browser makes itself, on WebCrypto.
        pathNot: [
          '^lib/audit-log/browser/',
          // Tables and schemas of what people say of a node: forms check by them before they ask.
          '^lib/nodes/(regions|onboarding/(schemas|transitions))\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sql-in-few-places',
      comment:
        'Hand-written SQL belongs to the debit path and the worker; everything else reads through Prisma.',
      severity: 'error',
      from: { path: '^(app|components|lib|worker)/', pathNot: '^(lib/(db|ledger|audit-log)|worker)/' },
      to: { path: '(^|/)node_modules/pg/' },
    },
    {
      name: 'no-test-helpers-in-the-product',
      comment: 'vitest and the test databases are not installed where the product runs.',
      severity: 'error',
      from: {
        path: '^(app|components|lib|worker)/',
        pathNot: '(\\.test\\.tsx?$|/testing[-./])',
      },
      to: { path: ['/testing[-./]', '(^|/)node_modules/(vitest|@playwright/test|fast-check)/'] },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or want a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that the rules cannot follow is one they cannot judge.',
      severity: 'error',
      from: {},
      // next itself answers for server-only, at build time.
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^lib/db/generated/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
