import { ownText } from './own-text.ts';
import { asList, asResource, asText, type Resource } from './resource.ts';
import { stripMarkup } from './strip-markup.ts';

/** Bytes of an attachment that are decoded for each character kept: UTF-8 takes up to four, markup is half a page. */
const BYTES_PER_CHARACTER = 8;

/**
 * The text of a DocumentReference's inline text attachments, joined and cut to `mostCharacters`; undefined where it
 * has none. What lies beyond is not even decoded. Attachments that are only a URL are not fetched.
 */
export function noteText(document: Resource, mostCharacters: number): string | undefined {
  const mostBase64 = Math.ceil((mostCharacters * BYTES_PER_CHARACTER) / 3) * 4;
  const parts: string[] = [];
  let characters = 0;
  for (const content of asList(document.content)) {
    if (characters >= mostCharacters) break;
    const attachment = asResource(content.attachment);
    const data = asText(attachment?.data);
    const contentType = (asText(attachment?.contentType) ?? 'text/plain').toLowerCase();
    const markup = contentType.includes('html');
    if (!data || !(markup || contentType.startsWith('text/'))) continue;
    const latin = /charset="?(?:iso-8859-1|latin1|windows-1252)/.test(contentType);
    const bytes = Buffer.from(data.slice(0, mostBase64), 'base64');
    const decoded = bytes.toString(latin ? 'latin1' : 'utf8');
    const text = markup ? stripMarkup(decoded) : decoded;
    parts.push(text);
    characters += text.length;
  }
  const text = asText(parts.join('\n'));
  return text && ownText(text, mostCharacters);
}
