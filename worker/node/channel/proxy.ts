import { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyEnv } from '#lib/env';

/** The agent that goes through the hospital's proxy, where it has one and the host is not an exception. */
export function proxyFor(url: URL): HttpsProxyAgent<string> | undefined {
  const env = proxyEnv();
  const proxy = env.HTTPS_PROXY || env.https_proxy;
  if (!proxy || bypasses(url, env.NO_PROXY ?? env.no_proxy ?? '')) return undefined;
  return new HttpsProxyAgent(proxy);
}

/** NO_PROXY as curl reads it: names and domains, with or without a leading dot, with or without a port; or `*`. */
export function bypasses({ hostname, port }: URL, noProxy: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((rule) => {
      if (rule === '*') return true;
      const [, name = '', rulePort] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(rule) ?? [];
      if (rulePort && rulePort !== (port || '443')) return false;
      const domain = name.replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}
