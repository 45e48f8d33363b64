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
  expect(tree).toMatchObject({ type: 'object', limits: [{ kind: 'closed', value: '' }] });
  expect(tree.children).toMatchObject([
    {
      name: 'name',
      type: 'string',
      required: true,
      description: 'A name.',
      limits: [{ kind: 'maxLength', value: 9 }],
    },
    {
      name: 'maybe',
      type: 'number | null',
      required: false,
      limits: [{ kind: 'exclusiveMinimum', value: 0 }],
    },
    { name: 'role', type: '"a" | "b"' },
    {
      name: 'list',
      type: 'array<object>',
      limits: [{ kind: 'minItems', value: 1 }],
      children: [{ name: 'x', type: '1' }],
    },
    { name: 'either', type: 'oneOf', children: [{ type: 'string' }, { type: 'boolean' }] },
    { name: 'count', type: 'integer', limits: [] },
  ]);
});

it('a schema that contains itself ends, and so does one that leads nowhere', () => {
  expect(JSON.stringify(schemaTree(components.Leaf, components)).length).toBeLessThan(5_000);
  expect(schemaTree({ $ref: '#/components/schemas/Gone' }, components).type).toBe('any');
});
