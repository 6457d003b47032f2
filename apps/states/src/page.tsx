import { type Settings, type TextSize, useStore } from '@inlay-im/react';
import { useEffect, useState } from 'react';
import { Frame, type View } from './frame.tsx';
import { SECTIONS } from './sections/index.ts';

const WIDTHS = [360, 768, 1200];

/** The address chooses what is seen: `#/message/own-read`. */
const hash = {
  get: () => location.hash,
  subscribe(listener: () => void) {
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  },
};

const START: View = { theme: 'light', locale: 'en', direction: 'ltr', width: 360 };

/** How to look, from the address: `?theme=dark&locale=zh-CN&direction=rtl&width=768`. */
function viewOf(search: string): View {
  const asked = new URLSearchParams(search);
  const width = Number(asked.get('width'));
  return {
    theme: asked.get('theme') === 'dark' ? 'dark' : START.theme,
    locale: asked.get('locale') === 'zh-CN' ? 'zh-CN' : START.locale,
    direction: asked.get('direction') === 'rtl' ? 'rtl' : START.direction,
    width: WIDTHS.includes(width) ? width : START.width,
  };
}

function useView(): readonly [View, (change: Partial<View>) => void] {
  const [view, setView] = useState(() => viewOf(location.search));
  const change = (part: Partial<View>) => {
    const next = { ...view, ...part };
    const asked = new URLSearchParams(Object.entries(next).map(([name, value]) => [name, String(value)]));
    history.replaceState(null, '', `?${asked}${location.hash}`);
    setView(next);
  };
  return [view, change];
}

/** The size of text is a setting of the person's, which each kit on the page hears of as from another tab. */
function setTextSize(textSize: TextSize): void {
  const settings: Partial<Settings> = {
    ...JSON.parse(localStorage.getItem('inlay.settings') ?? '{}'),
    textSize,
  };
  localStorage.setItem('inlay.settings', JSON.stringify(settings));
  dispatchEvent(new StorageEvent('storage'));
}

interface ChoiceProps {
  readonly label: string;
  readonly value?: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  onChoose(value: string): void;
}

function Choice({ label, value, choices, onChoose }: ChoiceProps) {
  return (
    <label>
      {label}
      <select
        {...(value === undefined ? { defaultValue: choices[0]?.[0] } : { value })}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {choices.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Switches({ view, change }: { view: View; change(part: Partial<View>): void }) {
  return (
    <fieldset className="switches">
      <legend>How to look</legend>
      <Choice
        label="Theme"
        value={view.theme}
        choices={[
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
        onChoose={(theme) => change({ theme: theme as View['theme'] })}
      />
      <Choice
        label="Text"
        choices={[
          ['medium', 'Medium'],
          ['small', 'Small'],
          ['large', 'Large'],
          ['huge', 'Huge'],
        ]}
        onChoose={(size) => setTextSize(size as TextSize)}
      />
      <Choice
        label="Language"
        value={view.locale}
        choices={[
          ['en', 'English'],
          ['zh-CN', '简体中文'],
        ]}
        onChoose={(locale) => change({ locale })}
      />
      <Choice
        label="Direction"
        value={view.direction}
        choices={[
          ['ltr', 'Left to right'],
          ['rtl', 'Right to left'],
        ]}
        onChoose={(direction) => change({ direction: direction as View['direction'] })}
      />
      <Choice
        label="Width"
        value={String(view.width)}
        choices={WIDTHS.map((width) => [String(width), `${width} px`])}
        onChoose={(width) => change({ width: Number(width) })}
      />
    </fieldset>
  );
}

/** The list of all states beside one section of them. */
export function Page() {
  const [view, change] = useView();
  const [, id, wanted] = useStore(hash).split('/');
  const section = SECTIONS.find((one) => one.id === id) ?? SECTIONS[0];
  useEffect(() => {
    if (section && wanted) document.getElementById(`${section.id}/${wanted}`)?.scrollIntoView();
  }, [section, wanted]);
  if (section === undefined) return null;
  return (
    <div className="page" data-theme={view.theme}>
      <header>
        <h1>States</h1>
        <Switches view={view} change={change} />
        <nav aria-label="Components">
          <ul>
            {SECTIONS.map((one) => (
              <li key={one.id}>
                <a href={`#/${one.id}`} aria-current={one === section ? 'page' : undefined}>
                  {one.title}
                </a>
                {one === section && (
                  <ul>
                    {one.states.map((state) => (
                      <li key={state.id}>
                        <a href={`#/${one.id}/${state.id}`}>{state.title}</a>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <div className="states">
        <h2>{section.title}</h2>
        {section.states.map((state) => (
          <Frame
            key={`${section.id}/${state.id}`}
            path={`${section.id}/${state.id}`}
            state={state}
            view={view}
          />
        ))}
      </div>
    </div>
  );
}
