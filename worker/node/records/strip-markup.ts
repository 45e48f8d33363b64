/** Elements whose content is not shown. */
const HIDDEN = /<(script|style)(?=[\s/>]|$)/iy;
const ENDS = { script: /<\/script/gi, style: /<\/style/gi };

/** Where the tag that opens at `open` ends, with all it hides; the text's end where that never ends; -1 for no tag. */
function endOfTag(html: string, open: number): number {
  HIDDEN.lastIndex = open;
  const name = HIDDEN.exec(html)?.[1]?.toLowerCase();
  let from = open;
  if (name) {
    const end = name === 'script' ? ENDS.script : ENDS.style;
    end.lastIndex = open;
    from = end.exec(html)?.index ?? html.length;
  }
  const close = html.indexOf('>', from);
  if (close >= 0) return close + 1;
  return name ? html.length : -1;
}

/**
 * Readable text of HTML: tags and the commonest entities go, each tag leaves a blank. Time is linear in the length:
 * every search starts where the last one ended, and the first that finds nothing is the last.
 */
export function stripMarkup(html: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    const end = endOfTag(html, open);
    if (end < 0) break;
    parts.push(html.slice(at, open));
    at = end;
  }
  parts.push(html.slice(at));
  return parts
    .join(' ')
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&amp;/gi, '&');
}
