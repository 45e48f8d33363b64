export type ReadMail = { to: string; subject: string; sentAt: Date | null; text: string };

type Part = { headers: Map<string, string>; body: string };

/**
 * Reads a mail that the mailer wrote (RFC 5322, one level of multipart/alternative) as plain text. Its HTML is never
 * looked at. Throws for anything else.
 */
export function readEml(source: string): ReadMail {
  const { headers, body } = split(source.replaceAll('\r\n', '\n'));
  const boundary = /^multipart\/[a-z]+;.*boundary="?([^";]+)"?/is.exec(
    headers.get('content-type') ?? '',
  )?.[1];
  const parts = boundary ? partsOf(body, boundary) : [{ headers, body }];
  const text = parts.find((part) =>
    (part.headers.get('content-type') ?? 'text/plain').startsWith('text/plain'),
  );
  const to = headers.get('to');
  if (!text || !to) throw new Error('not a mail with a recipient and a text');
  const sentAt = new Date(headers.get('date') ?? '');
  return {
    to: addressOf(decodeWords(to)),
    subject: decodeWords(headers.get('subject') ?? ''),
    sentAt: Number.isNaN(sentAt.getTime()) ? null : sentAt,
    text: decodeBody(text).trim(),
  };
}

function split(source: string): Part {
  const end = source.indexOf('\n\n');
  const head = end === -1 ? source : source.slice(0, end);
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  const headers = new Map(
    lines.flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
  return { headers, body: end === -1 ? '' : source.slice(end + 2) };
}

function partsOf(body: string, boundary: string): Part[] {
  const [closed = ''] = body.split(`--${boundary}--`);
  return closed
    .split(`--${boundary}\n`)
    .slice(1)
    .map((part) => split(part));
}

function decodeBody({ headers, body }: Part): string {
  switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString();
    case 'quoted-printable':
      return decodeQuoted(body.replaceAll(/=[ \t]*\n/g, ''));
    default:
      return body;
  }
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}

/** Encoded words of a header (RFC 2047), UTF-8 only. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString()
        : decodeQuoted(word.replaceAll('_', ' ')),
    );
}

function addressOf(to: string): string {
  return /<([^<>]+)>\s*$/.exec(to)?.[1] ?? to;
}
