import { expect, it } from 'vitest';
import { schemaTree } from './schema-node.ts';

const components = {
  Leaf: { type: 'object', properties: { next: { $ref: '#/components/schemas/Leaf' } } },
  Name: { type: 'string', maxLength: 9, description: 'A name.' },
};

it('reads references, choices, lists and limits', () => {
  const tree = schemaTree(
    {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { $ref: '#/components/schemas/Name' },
        maybe: { anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { type: 'null' }] },
        role: { enum: ['a', 'b'] },
        list: { type: 'array', minItems: 1, items: { type: 'object', properties: { x: { const: 1 } } } },
        either: { oneOf: [{ type: 'string' }, { type: 'boolean' }] },
        count: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
      },
    },
    components,
  );
  expect(tree).toMatchObject({ type: 'object', limits: ['no other members'] });
  expect(tree.children).toMatchObject([
    {
      name: 'name',
      type: 'string',
      required: true,
      description: 'A name.',
      limits: ['at most 9 characters'],
    },
    { name: 'maybe', type: 'number or null', required: false, limits: ['above 0'] },
    { name: 'role', type: '"a" | "b"' },
    {
      name: 'list',
      type: 'array of object',
      limits: ['at least 1 items'],
      children: [{ name: 'x', type: '1' }],
    },
    { name: 'either', type: 'one of', children: [{ type: 'string' }, { type: 'boolean' }] },
    { name: 'count', type: 'integer', limits: [] },
  ]);
});

it('a schema that contains itself ends, and so does one that leads nowhere', () => {
  expect(JSON.stringify(schemaTree(components.Leaf, components)).length).toBeLessThan(5_000);
  expect(schemaTree({ $ref: '#/components/schemas/Gone' }, components).type).toBe('anything');
});
