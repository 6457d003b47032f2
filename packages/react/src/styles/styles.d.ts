// A stylesheet has nothing to name; without this file TypeScript would not know it.
export {};
