const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it: names in mails are other people's input. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A plain page of paragraphs and one link. No images, no styles from elsewhere: nothing that tells anyone it was read. */
export function htmlMail(parts: {
  locale: string;
  title: string;
  before: string[];
  link: { href: string; text: string };
  after: string[];
}): string {
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  return [
    `<!doctype html><html lang="${escapeHtml(parts.locale)}"><head><meta charset="utf-8"><title>${escapeHtml(parts.title)}</title></head><body>`,
    ...parts.before.map(paragraph),
    `<p><a href="${escapeHtml(parts.link.href)}">${escapeHtml(parts.link.text)}</a></p>`,
    ...parts.after.map(paragraph),
    '</body></html>',
  ].join('\n');
}
