import { strict as assert } from 'node:assert';
import { fieldProblem, type FieldDefinition } from '../../../src/desk/fieldDefinition.ts';

const field = (more: Partial<FieldDefinition>): FieldDefinition => ({
  id: '1',
  name: 'F',
  type: 'text',
  ...more,
});

describe('what a custom field takes', () => {
  const cases: [Partial<FieldDefinition>, string[], string | undefined][] = [
    [{ type: 'text' }, ['anything'], undefined],
    [{ type: 'text' }, ['a', 'b'], 'one-value'],
    [{ type: 'text' }, [], undefined],
    [{ type: 'text', required: true }, ['  '], 'required'],
    [{ type: 'number' }, ['-3.5'], undefined],
    [{ type: 'number' }, ['3,5'], undefined],
    [{ type: 'number' }, ['three'], 'number'],
    [{ type: 'date' }, ['2024-02-29'], undefined],
    [{ type: 'date' }, ['2023-02-29'], 'date'],
    [{ type: 'date' }, ['29.2.2024'], 'date'],
    [{ type: 'date-time' }, ['2026-11-26 20:40'], undefined],
    [{ type: 'date-time' }, ['2026-11-26T20:40:10'], undefined],
    [{ type: 'date-time' }, ['2026-11-26 24:00'], 'date-time'],
    [{ type: 'choice', choices: ['a', 'b'] }, ['a'], undefined],
    [{ type: 'choice', choices: ['a', 'b'] }, ['c'], 'choice'],
    [{ type: 'choice', choices: ['a', 'b'] }, ['a', 'b'], 'one-value'],
    [{ type: 'choices', choices: ['a', 'b'] }, ['a', 'b'], undefined],
    [{ type: 'choices', choices: ['a', 'b'], required: true }, [], 'required'],
  ];
  for (const [definition, values, problem] of cases) {
    const told = problem ?? 'nothing is wrong';
    it(`${JSON.stringify(definition)} with ${JSON.stringify(values)}: ${told}`, () => {
      assert.equal(fieldProblem(field(definition), values), problem);
    });
  }
});
