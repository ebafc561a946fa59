import type { NextConfig } from 'next';

/** Everything comes from the console itself. Styles are written inline by React Flow and Cloudscape, and Next starts pages with inline scripts. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` reads the types of the whole project; a start need not wait for that.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ['@cloudscape-design/components', '@cloudscape-design/component-toolkit'],
  serverExternalPackages: ['@kubernetes/client-node', 'pino'],
  headers: () =>
    Promise.resolve([
      {
        source: '/:path*',
        headers: [
          ...(process.env.NODE_ENV === 'production'
            ? [{ key: 'Content-Security-Policy', value: POLICY }]
            : []),
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'no-referrer' },
          { key: 'X-Frame-Options', value: 'DENY' },
        ],
      },
    ]),
};

export default config;
