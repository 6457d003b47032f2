import type { Key } from '../i18n/index.ts';

/** Why there is no sound to record, in words. By the names of https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia. */
export function problemOf(error: unknown): Key {
  switch ((error as { name?: unknown } | null)?.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'voice.denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'voice.noMicrophone';
    case 'NotSupportedError':
      return 'voice.unsupported';
    default:
      return 'voice.busy';
  }
}
