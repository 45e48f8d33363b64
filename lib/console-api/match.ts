import type { ConsoleRoute } from './definition.ts';

/**
 * Which methods a path of the API answers; empty for a path it does not have. HEAD is GET without the body,
 * except where reading leaves a trace.
 */
export function methodsOf(routes: readonly ConsoleRoute[], pathname: string): string[] {
  return routes
    .filter((route) => patternOf(route.path).test(pathname))
    .flatMap((route): string[] =>
      route.method === 'GET' && !route.leavesLeaf ? ['GET', 'HEAD'] : [route.method],
    );
}

function patternOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (/^\{\w+\}$/.test(part) ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}/?$`);
}
