/** A device that is signed in. Signing out deletes it. */
export interface DevicesTable {
  id: string;
  app: number;
  user_id: string;
  name: string;
  refresh_hash: Uint8Array;
  previous_hash: Uint8Array | null;
  rotated_at: Date;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}
