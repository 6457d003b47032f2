import { expect, test } from 'bun:test';
import { z } from 'zod';
import { ERRORS } from '../errors.ts';
import { events, operations } from './operation-facts.ts';
import { Components, refTo } from './schemas.ts';
import { ENTITIES } from './texts.ts';

const NAME = /^[a-z]+\.[a-z][A-Za-z]*$/;

for (const [name, operation] of operations()) {
  test(`${name} has a name, a sentence, known errors and schemas`, () => {
    const components = new Components('draft-2020-12');
    expect(name).toMatch(NAME);
    expect(operation.summary).toEndWith('.');
    for (const code of operation.errors) expect(Object.keys(ERRORS)).toContain(code);
    expect(components.convert(operation.input, 'input').type).toBe('object');
    expect(components.convert(operation.output, 'output')).not.toBeEmptyObject();
    if (operation.access === 'server') expect(operation.scope).not.toBeNull();
  });
}

for (const [name, event] of events()) {
  test(`${name} has a name, a sentence, and the revision that its delivery class asks for`, () => {
    expect(name).toMatch(NAME);
    expect(event.summary).toMatch(/[.…]$/);
    const fields = z.toJSONSchema(event.data).properties ?? {};
    const revised = 'userRev' in fields || ('conversation' in fields && 'rev' in fields);
    expect(revised).toBe(event.delivery === 'durable');
  });
}

test('every entity that is met has a sentence, and every sentence an entity', () => {
  const components = new Components('draft-2020-12');
  for (const [, operation] of operations()) {
    components.convert(operation.input, 'input');
    components.convert(operation.output, 'output');
  }
  for (const [, event] of events()) components.convert(event.data, 'output');
  expect(Object.keys(ENTITIES).sort()).toEqual([...Object.keys(components.all()), 'WireError'].sort());
});

test('one id for two schemas is refused', () => {
  const components = new Components('draft-2020-12');
  const withThing = (thing: z.ZodType) => z.strictObject({ thing: thing.meta({ id: 'TestThing' }) });
  components.add('TestThing', { type: 'number' });
  expect(() => components.convert(withThing(z.string()), 'input')).toThrow('"TestThing" means two things');
});

test('what the node takes in is strict, what it gives out is open to further fields', () => {
  const components = new Components('draft-2020-12');
  const schema = z.strictObject({ a: z.string() });
  expect(components.convert(schema, 'input').additionalProperties).toBe(false);
  expect(components.convert(schema, 'output').additionalProperties).toBeUndefined();
});

test('a named schema becomes a component and a reference', () => {
  const components = new Components('draft-2020-12');
  const named = z.string().meta({ id: 'TestNamed' });
  expect(components.convert(named, 'input')).toEqual(refTo('TestNamed'));
  expect(components.all()).toEqual({ TestNamed: { type: 'string' } });
});
