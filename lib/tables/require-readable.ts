import { InvalidRequestError } from '#lib/errors';
import type { Params } from './table-query.ts';
import { paramName, type TableShape } from './table-shape.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u001f]/;

/**
 * For exports, whose rows leave: a filter that cannot be read is no filter, and all rows would go. A page may overlook
 * it, for there it is seen. Throws InvalidRequestError.
 */
export function requireReadable(shape: TableShape, params: Params): void {
  for (const name of ['q', ...Object.keys(shape.filters)]) {
    const texts = [params[paramName(shape, name)]].flat().filter((text) => typeof text === 'string');
    if (texts.some((text) => CONTROLS.test(text)) || texts.length > 1) refuse(name);
    const allowed = shape.filters[name];
    const values = (texts[0] ?? '').split(',').filter(Boolean);
    if (name !== 'q' && texts[0] && values.length === 0) refuse(name);
    if (allowed && values.some((value) => !allowed.includes(value))) refuse(name);
  }
}

function refuse(name: string): never {
  throw new InvalidRequestError(`The filter ${name} cannot be read. Nothing was exported.`, {
    code: 'invalid_request',
    param: name,
  });
}
