type Click = Pick<MouseEvent, 'button' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;
type Link = Pick<HTMLAnchorElement, 'href' | 'target' | 'origin' | 'pathname'> & {
  hasAttribute(name: string): boolean;
};

/**
 * Whether a click on a link takes this tab from `here` to another page of the console. For any other site the browser
 * asks by itself, and what opens beside this page takes nothing away.
 */
export function leavesPage(click: Click, link: Link, here: string): boolean {
  if (click.button !== 0 || click.altKey || click.ctrlKey || click.metaKey || click.shiftKey) return false;
  if (link.href === '' || link.hasAttribute('download')) return false;
  if (link.target !== '' && link.target !== '_self') return false;
  const { origin, pathname } = new URL(here);
  return link.origin === origin && link.pathname !== pathname;
}
