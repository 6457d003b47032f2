import { useEffect, useState } from 'react';
import { notificationPermission, requestNotifications } from '../around/notifications.ts';

export type Permission = ReturnType<typeof notificationPermission>;

/** What the browser lets this page do about notifications, as it is now, and the way to ask for it. */
export function usePermission(): readonly [Permission, () => Promise<boolean>] {
  const [permission, setPermission] = useState(notificationPermission);
  useEffect(() => {
    const look = () => setPermission(notificationPermission());
    let status: PermissionStatus | undefined;
    // The person changes it in the browser's own settings, while this page is open.
    navigator.permissions?.query({ name: 'notifications' }).then(
      (found) => {
        status = found;
        status.addEventListener('change', look);
      },
      () => undefined,
    );
    addEventListener('focus', look);
    return () => {
      status?.removeEventListener('change', look);
      removeEventListener('focus', look);
    };
  }, []);
  const ask = async () => {
    const given = await requestNotifications();
    setPermission(notificationPermission());
    return given;
  };
  return [permission, ask];
}
