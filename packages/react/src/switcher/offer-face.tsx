import { useInlay } from '../context.ts';
import { Highlight } from '../picker/highlight.tsx';
import { Avatar } from '../primitives/avatar.tsx';
import type { Offer } from './offers.ts';

/** Who or what is offered: picture and name, with what fits the query marked, and how many or who it is. */
export function OfferFace({ offer }: { offer: Offer }) {
  const { t } = useInlay();
  const { id, name, picture, person, members, ranges } = offer;
  return (
    <>
      <Avatar id={person ?? id} name={name} picture={picture} square={person === undefined} />
      <span className="who">
        <strong>
          <Highlight text={name} ranges={ranges} />
        </strong>
        <small>{person === undefined ? t('info.members', { count: members }) : <bdi>@{person}</bdi>}</small>
      </span>
    </>
  );
}
