import type { ConsoleRoute } from './definition.ts';

/** Which methods a path of the API answers; empty for a path it does not have. HEAD is GET without the body. */
export function methodsOf(routes: readonly ConsoleRoute[], pathname: string): string[] {
  const methods = routes
    .filter((route) => patternOf(route.path).test(pathname))
    .map((route): string => route.method);
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}

function patternOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (/^\{\w+\}$/.test(part) ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}/?$`);
}
