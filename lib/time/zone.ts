/** The viewer's time zone, kept by the browser so that pages rendered on the server name it too. */
export const ZONE_COOKIE = 'fdlr-zone';

/** The zone a cookie names; UTC where it names none that this runtime knows. */
export function toZone(value: string | undefined): string {
  const name = value ? decoded(value) : 'UTC';
  return isZone(name) ? name : 'UTC';
}

function isZone(name: string): boolean {
  // Offsets such as +02:00 are zones to Intl, but say nothing of the summer.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  try {
    // Also knows the links of the zone data (Asia/Calcutta), which browsers report and supportedValuesOf leaves out.
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
