import type { Device } from '@inlay-im/protocol';
import { LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { useNow } from '../hooks/select.ts';
import { Button, RoundButton } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { Field } from '../primitives/field.tsx';
import { Icon } from '../primitives/icon.tsx';
import { Form } from '../sign-in/form.tsx';
import { reasonOf } from '../text/errors.ts';
import { ago } from '../text/format.ts';
import { Group, PressRow } from './group.tsx';
import type { DevicesView } from './use-devices.ts';

const MINUTE = 60_000;
/** Uses are written down once a minute, so that who was here two minutes ago may well be here now. */
const HERE = 2 * MINUTE;

const isPhone = ({ name }: Device): boolean => /Android|iPhone|iPad|Mobile/i.test(name);

function Rename({ device, onClose, load }: { device: Device; onClose(): void; load(): Promise<void> }) {
  const { t, client } = useInlay();
  const [name, setName] = useState(device.name);
  const run = async () => {
    await client.call('devices.rename', { name: name.trim() });
    await load();
    onClose();
  };
  return (
    <Dialog title={t('me.renameDevice')} onClose={onClose}>
      <Form
        label={t('me.save')}
        check={(): Record<string, string> => (name.trim() === '' ? { name: t('signIn.required') } : {})}
        run={run}
        focusFirst
      >
        {(problem) => (
          <Field
            label={t('me.deviceName')}
            name="name"
            value={name}
            onValue={setName}
            maxLength={LIMITS.deviceName}
            problem={problem('name')}
            required
          />
        )}
      </Form>
    </Dialog>
  );
}

interface DeviceRowProps {
  readonly device: Device;
  readonly now: number;
  onRename(): void;
  onSignOut(): void;
}

function DeviceRow({ device, now, onRename, onSignOut }: DeviceRowProps) {
  const { t, locale } = useInlay();
  const { name, current, lastSeenAt } = device;
  const seen =
    now - lastSeenAt < HERE ? t('me.active') : t('info.lastSeen', { ago: ago(locale, lastSeenAt, now) });
  return (
    <li className="row">
      <Icon name={isPhone(device) ? 'device' : 'screen'} />
      <span className="words">
        {name}
        <small className={current ? 'here' : undefined}>{current ? t('me.thisDevice') : seen}</small>
      </span>
      {current ? (
        <RoundButton icon="pencil" label={t('me.renameDevice')} onClick={onRename} />
      ) : (
        <RoundButton icon="leave" label={t('me.signOutDevice', { name })} onClick={onSignOut} />
      )}
    </li>
  );
}

/** Signs devices out, after asking. */
function useSigningOut({ load }: DevicesView) {
  const { t, client, confirm, attempt, toast } = useInlay();
  const run = async (gone: readonly Device[], done: string) => {
    const each = gone.map(({ id }) => client.call('devices.signOut', { device: id }));
    if (await attempt(Promise.all(each))) toast({ text: done });
    await load();
  };
  const ask = (title: string, text: string) =>
    confirm({ title, text, confirm: t('list.signOut'), danger: true });
  return {
    one: async (device: Device) => {
      const { name } = device;
      if (!(await ask(t('me.signOutDevice', { name }), t('me.signOutDeviceSure', { name })))) return;
      await run([device], t('me.signedOutDevice', { name }));
    },
    all: async (others: readonly Device[]) => {
      const { length: count } = others;
      if (!(await ask(t('me.signOutOthers'), t('me.signOutOthersSure', { count })))) return;
      await run(others, t('me.signedOutOthers'));
    },
  };
}

/** Where I am signed in, and the ways to end that from here. */
export function Devices({ view }: { view: DevicesView }) {
  const { t } = useInlay();
  const now = useNow(MINUTE);
  const [renaming, setRenaming] = useState<Device | undefined>(undefined);
  const signOut = useSigningOut(view);
  const { devices, error, load } = view;
  const others = devices?.filter(({ current }) => !current) ?? [];
  return (
    <Group title={t('me.devices')} note={devices?.length === 1 ? t('me.noOthers') : undefined}>
      {devices === undefined && error === undefined && (
        <div className="row" role="status" aria-label={t('app.loading')}>
          <span className="inlay-skeleton" />
        </div>
      )}
      {devices === undefined && error !== undefined && (
        <div className="row">
          <span className="words">{reasonOf(t, error)}</span>
          <Button onClick={() => void load()}>{t('app.again')}</Button>
        </div>
      )}
      {devices !== undefined && (
        <ul>
          {devices.map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              now={now}
              onRename={() => setRenaming(device)}
              onSignOut={() => void signOut.one(device)}
            />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <PressRow
          icon="leave"
          label={t('me.signOutOthers')}
          danger
          onPress={() => void signOut.all(others)}
        />
      )}
      {renaming && <Rename device={renaming} load={load} onClose={() => setRenaming(undefined)} />}
    </Group>
  );
}
