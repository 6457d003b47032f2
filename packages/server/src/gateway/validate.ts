import { InlayError, OPERATIONS, type Operation, type OperationName } from '@inlay-im/protocol';
import type { z } from 'zod';

/** A sentence about what is wrong with a field, in the order: what was expected, and the name of what is unknown. */
function sentence(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.') || 'input';
  if (issue.code === 'unrecognized_keys') {
    return `${field}: unknown field ${issue.keys.map((k) => `"${k}"`).join(', ')}; remove it, or use a node that knows it.`;
  }
  return `${field}: ${issue.message}.`;
}

function fieldOf(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  return path.join('.');
}

const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/** The operation of a name; `unknown_operation` for any other. */
export function operationOf(name: string): { name: OperationName; operation: Operation } {
  if (!isOperation(name)) {
    throw new InlayError(
      'unknown_operation',
      `This node does not know the operation "${name.slice(0, 64)}"; check the name, or use a newer node.`,
      { field: 'op' },
    );
  }
  return { name, operation: OPERATIONS[name] };
}

/** The input as the operation's schema has it, defaults filled in; `invalid_input` names the first wrong field. */
export function validate(operation: Operation, input: unknown): unknown {
  const result = operation.input.safeParse(input ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw new InlayError('invalid_input', 'The input does not fit.');
  throw new InlayError('invalid_input', sentence(issue), { field: fieldOf(issue) });
}
