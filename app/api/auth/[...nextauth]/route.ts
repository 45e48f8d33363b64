import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '../../../_server/auth-options.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

// Built per request: the environment is read when it is needed, not when the page is compiled.
function handler(request: NextRequest, context: Context) {
  return NextAuth(request as never, context as never, authOptions());
}

export { handler as GET, handler as POST };
