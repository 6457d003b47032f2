/** What is generated from the protocol's schemas: documents for tools, pages for people, and the contract that is pinned. */
export { asyncapi } from './asyncapi.ts';
export { contract } from './contract.ts';
export { openapi } from './openapi.ts';
export { page, type ReferencePage, referencePages, table } from './pages/index.ts';
