/**
 * @typedef {object} Case
 * @property {string} name with the groups it stands in
 * @property {string} file
 * @property {number} seconds
 * @property {'passed' | 'failed' | 'skipped'} result
 * @property {string} why the error and where it came from, in lines; empty where it did not fail
 */

/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&#10;': '\n', '&amp;': '&' };

/** @param {string} text */
const decoded = (text) =>
  text.replace(/&(?:lt|gt|quot|apos|amp|#10);/g, (entity) => ENTITIES[entity] ?? entity);

/** @param {string} tag @param {string} name */
const attribute = (tag, name) => decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** @param {string} tag @param {string} name */
const oneLine = (tag, name) => attribute(tag, name).replaceAll('\n', ' ');

/** @param {string} body */
function resultOf(body) {
  if (/<(?:failure|error)[\s/>]/.test(body)) return 'failed';
  return /<skipped[\s/>]/.test(body) ? 'skipped' : 'passed';
}

/** @param {string} body */
function whyOf(body) {
  const [, tag = '', text = ''] =
    /<(?:failure|error)((?:"[^"]*"|[^">])*?)(?:\/>|>([\s\S]*?)<\/)/.exec(body) ?? [];
  return (text === '' ? attribute(tag, 'message') : decoded(text)).trim();
}

/**
 * The tests of a report as Bun writes it (`bun test --reporter=junit`).
 *
 * @param {string} xml
 * @returns {Case[]}
 */
function casesOf(xml) {
  return [...xml.matchAll(/<testcase\b((?:"[^"]*"|[^">])*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    (match) => {
      const [, tag = '', body = ''] = match;
      const groups = oneLine(tag, 'classname');
      const name = oneLine(tag, 'name');
      return {
        name: groups === '' ? name : `${groups} > ${name}`,
        file: oneLine(tag, 'file'),
        seconds: Number(oneLine(tag, 'time')),
        result: resultOf(body),
        why: whyOf(body),
      };
    },
  );
}

/**
 * What a run of Bun amounts to. A run that failed without a failed test (a crash, an error between tests, no test
 * found) counts as one failure, so that it cannot pass unseen.
 *
 * @param {string | undefined} xml the report, if there is one
 * @param {number} code the exit code
 */
export function tally(xml, code) {
  const cases = xml === undefined ? [] : casesOf(xml);
  const passed = cases.filter((each) => each.result === 'passed').length;
  const failed = cases.filter((each) => each.result === 'failed').length;
  const silent = failed === 0 && (code !== 0 || passed === 0);
  return { cases, passed, failed: silent ? 1 : failed };
}
