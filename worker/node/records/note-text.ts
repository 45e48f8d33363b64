import { asList, asResource, asText, type Resource } from './resource.ts';

/** Readable text of HTML: tags and the commonest entities go. */
function stripMarkup(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&amp;/gi, '&');
}

/**
 * The text of a DocumentReference's inline text attachments, joined; undefined where it has none. Attachments that
 * are only a URL are not fetched.
 */
export function noteText(document: Resource): string | undefined {
  const parts: string[] = [];
  for (const content of asList(document.content)) {
    const attachment = asResource(content.attachment);
    const data = asText(attachment?.data);
    const contentType = (asText(attachment?.contentType) ?? 'text/plain').toLowerCase();
    const markup = contentType.includes('html');
    if (!data || !(markup || contentType.startsWith('text/'))) continue;
    const latin = /charset="?(?:iso-8859-1|latin1|windows-1252)/.test(contentType);
    const text = Buffer.from(data, 'base64').toString(latin ? 'latin1' : 'utf8');
    parts.push(markup ? stripMarkup(text) : text);
  }
  return asText(parts.join('\n'));
}
