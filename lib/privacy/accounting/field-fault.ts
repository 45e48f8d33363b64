import type { z } from 'zod';
import { privacyEventSchema } from './events.ts';

type Path = readonly PropertyKey[];

/** `cases[3].events[1].sigma` */
export function pathName(path: Path | null): string {
  const name = (path ?? []).reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`),
    '',
  );
  return name || 'The file';
}

/** What is wrong with the first field at fault, in words: its place, what it must be, and never a whole list. */
export function fieldFault(at: Path, error: z.ZodError): RangeError {
  const issue = error.issues[0]!;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
  return new RangeError(`${pathName([...at, ...path])} ${reason(issue, at.includes('events'))}`);
}

function reason(issue: z.core.$ZodIssue, isOfEvent: boolean): string {
  switch (issue.code) {
    case 'too_small':
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${itemsOf(issue.origin)}`;
    case 'too_big':
      return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${itemsOf(issue.origin)}`;
    case 'invalid_type':
      if (issue.input === undefined && issue.message.includes('undefined')) return 'is missing';
      return `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_union':
      return `must be one of ${privacyEventSchema.options.map((option) => option.shape.type.value).join(', ')}`;
    case 'unrecognized_keys':
      return isOfEvent ? 'is no parameter of this event' : 'is no field of a case';
    default:
      return issue.message;
  }
}

function itemsOf(origin: string): string {
  if (origin === 'array') return ' items long';
  return origin === 'string' ? ' characters long' : '';
}

function article(expected: string): string {
  if (expected === 'int') return 'a whole number';
  return expected === 'object' || expected === 'array'
    ? `an ${expected}`
    : `a finite ${expected}`.replace('finite string', 'string');
}
