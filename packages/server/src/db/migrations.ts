/** One forward step of the schema. `version` is dense over all slices; a step that was released never changes. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
