const DAY_MS = 86_400_000;

type Certificate = { serial: string; notBefore: Date; notAfter: Date; keySince: Date };

/** How a node's certificate stands; null where none counts. It renews itself at half its life. */
export function standingOf(certificate: Certificate | undefined, now: Date) {
  if (!certificate) return null;
  const { serial, notBefore, notAfter, keySince } = certificate;
  return {
    serial,
    notAfter,
    ageDays: Math.max(0, Math.floor((now.getTime() - notBefore.getTime()) / DAY_MS)),
    renewsAt: new Date((notBefore.getTime() + notAfter.getTime()) / 2),
    keyAgeDays: Math.max(0, Math.floor((now.getTime() - keySince.getTime()) / DAY_MS)),
    expired: notAfter <= now,
  };
}
