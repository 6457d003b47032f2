import { eventsPage } from './events.ts';
import { operationsPage } from './operations.ts';
import { closeCodesPage, entitiesPage, errorsPage, limitsPage } from './tables.ts';

export { page, table } from './markdown.ts';

export interface ReferencePage {
  /** From the repository's root. */
  path: string;
  markdown: string;
}

/** The reference pages of the protocol. */
export function referencePages(): ReferencePage[] {
  return [
    { path: 'docs/reference/operations.md', markdown: operationsPage() },
    { path: 'docs/reference/events.md', markdown: eventsPage() },
    { path: 'docs/reference/entities.md', markdown: entitiesPage() },
    { path: 'docs/reference/errors.md', markdown: errorsPage() },
    { path: 'docs/reference/close-codes.md', markdown: closeCodesPage() },
    { path: 'docs/reference/limits.md', markdown: limitsPage() },
  ];
}
