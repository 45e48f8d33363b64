/** The viewer's time zone, kept by the browser so that pages rendered on the server name it too. */
export const ZONE_COOKIE = 'fdlr-zone';

/** The zone a cookie names; UTC where it names none that this runtime and Postgres both know. */
export function toZone(value: string | undefined): string {
  const name = value ? decoded(value) : 'UTC';
  // Offsets such as +02:00 are zones to Intl, but say nothing of the summer.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return 'UTC';
  try {
    // Also knows the links of the zone data (Asia/Calcutta), which browsers report and supportedValuesOf leaves out.
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // Names by place are the same everywhere. BST and the like are several zones, and none to Postgres.
    const zone = name.includes('/') ? name : timeZone;
    return zone.includes('/') && !/^SystemV\//i.test(zone) ? zone : 'UTC';
  } catch {
    return 'UTC';
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
