import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { webEnv } from '#lib/env';
import { cookieNames } from './app/_server/cookie-names.ts';
import { PATH_HEADER } from './app/_server/path-header.ts';
import { sessionIdFrom } from './app/_server/session-id.ts';

export const config = { matcher: ['/((?!_next/static|_next/image|icon.svg).*)'] };

const PUBLIC_PAGES = ['/sign-in', '/api/join'];
/** Whoever holds an invitation's link may open it. */
const JOIN = '/join/';

/**
 * Stands before every page and route: security headers, and a first check for a session cookie. The check here only
 * saves work; pages and routes read the session's row themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const open =
    PUBLIC_PAGES.includes(pathname) || pathname.startsWith(JOIN) || pathname.startsWith('/api/auth/');
  const signedIn = open || (await sessionIdFrom(request.cookies.get(cookieNames().session)?.value)) !== null;
  if (!signedIn) {
    return pathname.startsWith('/api/') ? withHeaders(unauthenticated()) : withHeaders(toSignIn(request));
  }

  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set('content-security-policy', policy);
  headers.set(PATH_HEADER, `${pathname}${search}`);
  return withHeaders(NextResponse.next({ request: { headers } }), policy);
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions of pop-ups and the lengths of bars are style attributes; they cannot load or run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function withHeaders(
  response: NextResponse,
  policy = "default-src 'none'; frame-ancestors 'none'",
): NextResponse {
  const headers = response.headers;
  headers.set('Content-Security-Policy', policy);
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('X-Frame-Options', 'DENY');
  headers.set('Referrer-Policy', 'same-origin');
  headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  if (webEnv().NEXTAUTH_URL.startsWith('https://')) {
    headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  }
  return response;
}

function unauthenticated(): NextResponse {
  return NextResponse.json(
    {
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      detail: 'Sign in first.',
      code: 'unauthenticated',
    },
    { status: 401, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  );
}

function toSignIn(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const url = request.nextUrl.clone();
  url.pathname = '/sign-in';
  url.search = pathname === '/' ? '' : `?${new URLSearchParams({ next: `${pathname}${search}` })}`;
  return NextResponse.redirect(url);
}
