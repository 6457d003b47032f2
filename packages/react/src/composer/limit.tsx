import { useInlay } from '../context.ts';

/** From so many characters before the limit on, it is said how many are left. */
const WARN = 500;
/** It is read out at each of these only, as a number at every key would drown what is typed. */
const STEP = 100;

export const isNear = (left: number): boolean => left < WARN;

/** What is read out of how many characters are left: the same until a further step is passed. */
const spoken = (left: number): number | 'over' => (left < 0 ? 'over' : Math.ceil(left / STEP) * STEP);

/** How much still fits, or by how much the text is too long, once it comes to that. */
export function Limit({ id, left }: { id: string; left: number }) {
  const { t } = useInlay();
  const heard = isNear(left) ? spoken(left) : undefined;
  return (
    <>
      {heard !== undefined && (
        <p id={id} className={left < 0 ? 'limit over' : 'limit'}>
          {left < 0 ? (
            <>
              <strong>{t('composer.over', { count: -left })}</strong> {t('composer.tooLong')}
            </>
          ) : (
            t('composer.left', { count: left })
          )}
        </p>
      )}
      <p className="inlay-unseen" role="status">
        {heard === undefined
          ? ''
          : heard === 'over'
            ? t('composer.tooLong')
            : t('composer.left', { count: heard })}
      </p>
    </>
  );
}
