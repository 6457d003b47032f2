import type { SendMailOptions } from 'nodemailer';
import type { CodeMessage } from '../../ports/codes.ts';
import { codeText } from '../codes-texts/index.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

function plain(message: CodeMessage): string {
  const { emailLead, emailValidity, emailIgnore } = texts(message);
  return `${emailLead}\n\n${message.code}\n\n${emailValidity}\n${emailIgnore}\n`;
}

/** Styles stand on the elements, as mail programs drop style sheets. */
function html(message: CodeMessage): string {
  const { emailLead, emailValidity, emailIgnore } = texts(message);
  return `<!doctype html>
<html lang="${message.locale}">
<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5">
<p>${escaped(emailLead)}</p>
<p style="font-size: 32px; font-weight: bold; letter-spacing: 4px">${escaped(message.code)}</p>
<p>${escaped(emailValidity)}<br>${escaped(emailIgnore)}</p>
</body>
</html>
`;
}

function texts(message: CodeMessage) {
  return {
    emailLead: codeText('emailLead', message),
    emailValidity: codeText('emailValidity', message),
    emailIgnore: codeText('emailIgnore', message),
  };
}

/** The e-mail that carries a code, as plain text and as HTML. */
export function codeMail(message: CodeMessage, from: string, date: Date): SendMailOptions {
  return {
    from,
    // As an object it is one address; as a text it would be read as a list of them.
    to: { name: '', address: message.to },
    subject: codeText('emailSubject', message),
    text: plain(message),
    html: html(message),
    date,
    // RFC 3834: keeps out-of-office answers from coming back.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
