import { LIMITS } from '@inlay-im/protocol/rules';
import { useInlay } from '../context.ts';
import type { Translate } from '../i18n/index.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Field } from '../primitives/field.tsx';
import { Icon } from '../primitives/icon.tsx';

function isPicture(address: string): boolean {
  try {
    return new URL(address).protocol === 'https:' && address.length <= LIMITS.url;
  } catch {
    return false;
  }
}

/** What is wrong with the address of a picture; '' where nothing is, or none is given. */
export const pictureProblem = (t: Translate, address: string): string =>
  address.trim() === '' || isPicture(address.trim()) ? '' : t('info.badPicture');

export interface PictureFieldProps {
  /** Chooses the colour of the initials. */
  readonly id: string;
  readonly name: string;
  readonly value: string;
  onValue(value: string): void;
  /** Whether it was to be kept already, so that what is wrong is said. */
  readonly tried: boolean;
}

/** The address of a picture, with what it shows. */
export function PictureField({ id, name, value, onValue, tried }: PictureFieldProps) {
  const { t } = useInlay();
  const problem = pictureProblem(t, value);
  return (
    <div className="inlay-picture-field">
      {name.trim() === '' && value.trim() === '' ? (
        <span className="sign">
          <Icon name="camera" />
        </span>
      ) : (
        <Avatar id={id} name={name} picture={problem === '' ? value.trim() : null} size="l" square />
      )}
      <Field
        label={t('info.picture')}
        value={value}
        onValue={onValue}
        type="url"
        inputMode="url"
        placeholder="https://"
        hint={t('info.pictureHint')}
        problem={tried ? problem : ''}
      />
    </div>
  );
}
