import { randomBytes, randomUUID } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { methodsOf } from '#lib/console-api/match';
import { CONSOLE_ROUTES } from '#lib/console-api/routes';
import { webEnv } from '#lib/env';
import { problemResponse } from '#lib/problem';
import { isReadablePath } from '#lib/readable-path';
import { REQUEST_ID_HEADER } from '#lib/request-context';
import { cookieNames } from './app/_server/cookie-names.ts';
import { localNodesOf } from './app/_server/local-nodes.ts';
import { PATH_HEADER } from './app/_server/path-header.ts';
import { sessionFrom } from './app/_server/session-id.ts';

export const config = { matcher: ['/((?!_next/static|_next/image|icon.svg).*)'] };

/** Whoever holds an invitation's link may open it. */
const PUBLIC_PLACES = [/^\/sign-in$/, /^\/join\/[^/]+$/, /^\/api\/auth\//];
const PUBLIC_ROUTES = CONSOLE_ROUTES.filter((route) => route.signedOut);

function isOpen(pathname: string): boolean {
  return PUBLIC_PLACES.some((place) => place.test(pathname)) || methodsOf(PUBLIC_ROUTES, pathname).length > 0;
}

/**
 * Stands before every page and route: security headers, and a first check for a session cookie. The check here only
 * saves work; pages and routes read the session's row themselves.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl;
  // Ours alone: a caller's could name another request, or not be an id at all.
  const requestId = randomUUID();
  if (!isReadablePath(pathname)) return withHeaders(unreadable(pathname, requestId), requestId);
  const open = isOpen(pathname);
  const session = await sessionFrom(request.cookies.get(cookieNames().session)?.value);
  if (!open && session === null) {
    return withHeaders(
      pathname.startsWith('/api/') ? unauthenticated(requestId) : toSignIn(request),
      requestId,
    );
  }
  const refused = refuseUnknown(request.method, pathname, requestId);
  if (refused) return withHeaders(refused, requestId);

  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, open ? null : (session?.organisationId ?? null));
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set('content-security-policy', policy);
  headers.set(PATH_HEADER, `${pathname}${search}`);
  headers.set(REQUEST_ID_HEADER, requestId);
  const next = NextResponse.next({ request: { headers } });
  // A reply of an API is no page: it may load nothing, whatever somebody makes a browser take it for.
  return pathname.startsWith('/api/') ? withHeaders(next, requestId) : withHeaders(next, requestId, policy);
}

/** API paths and methods that nothing answers, in the API's own form; Next would answer with a page or nothing. */
function refuseUnknown(method: string, pathname: string, reference: string): Response | null {
  if (!pathname.startsWith('/api/console/')) return null;
  const allowed = methodsOf(CONSOLE_ROUTES, pathname);
  if (allowed.length === 0) return noSuchPath(reference);
  if (allowed.includes(method) || method === 'OPTIONS') return null;
  const allow = allowed.join(', ');
  const detail = `This path takes ${allow}.`;
  return problemResponse({ status: 405, code: 'method_not_allowed', detail, reference, headers: { allow } });
}

function noSuchPath(reference: string): Response {
  const detail = 'There is no such path in this API.';
  return problemResponse({ status: 404, code: 'not_found', detail, reference });
}

/** Next would fail at decoding it. No link of ours leads there, and so no page is drawn for it either. */
function unreadable(pathname: string, reference: string): Response {
  if (pathname.startsWith('/api/')) return noSuchPath(reference);
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

/** Pages of an organisation may also ask that organisation's own nodes, at the addresses its operator set. */
function contentSecurityPolicy(nonce: string, organisationId: string | null): string {
  const localNodes = localNodesOf(organisationId).map(({ url }) => `${url}/`);
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions of pop-ups and the lengths of bars are style attributes; they cannot load or run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...localNodes].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function withHeaders<R extends Response>(
  response: R,
  requestId: string,
  policy = "default-src 'none'; frame-ancestors 'none'",
): R {
  const headers = response.headers;
  headers.set(REQUEST_ID_HEADER, requestId);
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

function unauthenticated(reference: string): Response {
  return problemResponse({ status: 401, code: 'unauthenticated', detail: 'Sign in first.', reference });
}

function toSignIn(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const url = request.nextUrl.clone();
  url.pathname = '/sign-in';
  url.search = pathname === '/' ? '' : `?${new URLSearchParams({ next: `${pathname}${search}` })}`;
  return NextResponse.redirect(url);
}
