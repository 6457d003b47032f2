/** With `{ type: 'text' }` the bundler gives the whole sheet, its imports included, as one minified text. */
declare module '*.css' {
  const text: string;
  export default text;
}
