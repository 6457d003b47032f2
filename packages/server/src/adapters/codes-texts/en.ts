/** Placeholders: {app}, {code}, {minutes}; in `terminal` {to} as well. "min" needs no plural. */
export const en = {
  sms: '{code} is your sign-in code for {app}. It is valid for {minutes} min. Do not share it.',
  emailSubject: 'Your sign-in code for {app}',
  emailLead: 'Enter this code to sign in to {app}:',
  emailValidity: 'It is valid for {minutes} min. Do not share it with anyone.',
  emailIgnore: 'If you did not try to sign in, you can ignore this message.',
  terminal: 'Sign-in code for {to} ({app}): {code}, valid for {minutes} min',
} as const;
