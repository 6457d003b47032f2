import type { Delivery } from '../../events/index.ts';
import { events, groupBy, nounOf } from '../operation-facts.ts';
import { Components } from '../schemas.ts';
import { DELIVERY } from '../texts.ts';
import { fields } from './fields.ts';
import { anchor, code, page, table } from './markdown.ts';

const INTRO = 'A node sends events as frames `{"event", "data"}` to every session that is signed in.';

export function eventsPage(): string {
  const components = new Components('draft-2020-12');
  const classes = (Object.keys(DELIVERY) as Delivery[]).map((name) => [code(name), DELIVERY[name]]);
  const index = events().map(([name, e]) => [`[${name}](#${anchor(name)})`, e.summary, e.delivery]);
  const groups = groupBy(events(), ([name]) => nounOf(name));
  const parts = [...groups].flatMap(([noun, members]) => [
    `## ${noun}`,
    ...members.flatMap(([name, e]) => [
      `### ${name}`,
      e.summary,
      `Delivery: \`${e.delivery}\`.`,
      fields(components.convert(e.data, 'output')),
    ]),
  ]);
  return page('Events', [
    INTRO,
    table(['Delivery', 'What it means'], classes),
    table(['Event', 'What happened', 'Delivery'], index),
    ...parts,
  ]);
}
