import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import { Select } from '../primitives/select.tsx';

/** The language of the kit, each under its own name. `icon`: with an icon in place of the label. */
export function LanguageChoice({ icon }: { icon?: string }) {
  const { t, locale, languages } = useInlay();
  const [, change] = useSettings();
  const choices = Object.entries(languages).map(([value, { name }]) => ({ value, label: name, lang: value }));
  return (
    <Select
      label={t('app.language')}
      {...(icon === undefined ? {} : { icon })}
      value={locale}
      choices={choices}
      onValue={(chosen) => change({ locale: chosen })}
    />
  );
}
