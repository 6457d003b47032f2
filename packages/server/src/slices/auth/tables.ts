import type { Generated } from 'kysely';
import type { DevicesTable } from '../devices/index.ts';

export interface AuthTables {
  credentials: {
    app: number;
    kind: 'username' | 'phone' | 'email';
    identifier: string;
    user_id: string;
    password: string | null;
    created_at: Date;
  };
  devices: DevicesTable;
  codes: {
    id: string;
    app: number;
    channel: 'phone' | 'email';
    address: string;
    locale: 'en' | 'zh-CN';
    tries: Generated<number>;
    used: Generated<boolean>;
    created_at: Date;
    expires_at: Date;
  };
  password_failures: { app: number; identifier: string; failures: number; since: Date };
}
