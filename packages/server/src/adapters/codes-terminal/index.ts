import { type CodeSender, CodeServiceFailed } from '../../ports/codes.ts';
import { codeText } from '../codes-texts/index.ts';

/**
 * Prints each code as one line, for trying out: whoever sees the terminal can sign in as anyone.
 * @param write takes one line, without its end
 */
export function terminalCodeSender(write: (line: string) => void): CodeSender {
  return {
    name: 'terminal',
    async send(message) {
      try {
        write(codeText('terminal', message));
      } catch {
        throw new CodeServiceFailed('terminal: the line could not be written');
      }
    },
  };
}
