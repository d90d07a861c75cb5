import { type Answered, type Client, describe } from './client.ts';
import { UploadTrouble } from './trouble.ts';

/** A clock that is off by less than this makes no valid token invalid. */
export const clockToleranceMs = 5 * 60_000;

/** The trouble of an answer that no waiting changes. */
export function refused(answer: Answered, client: Client, scrub: (text: string) => string): UploadTrouble {
  const said = scrub(describe(answer));
  switch (answer.status) {
    case 401:
      return new UploadTrouble(`${client.provider} does not accept the token (${said}): make a new one there and put it into the secret that provider_token comes from${clockHint(client)}`);
    case 403:
      return new UploadTrouble(`${client.provider} does not let the account of this token publish SMI results (${said}): ask for that right there, or use the token of an account that has it`);
    case 400:
    case 422:
      return new UploadTrouble(`${client.provider} does not take the result as it was sent (${said}): it may want the other spelling of the fields, which provider_naming chooses`);
    default:
      return new UploadTrouble(`${client.provider} answered ${said}, where only 201 with an id means that the result was taken`);
  }
}

/** Where the clocks differ, that may be why a token is refused. */
export function clockHint(client: Client): string {
  const ahead = client.clockAheadMs();
  if (ahead === undefined || Math.abs(ahead) < clockToleranceMs) return '';
  return `. This machine's clock is ${Math.round(Math.abs(ahead) / 60_000)} minutes ${ahead > 0 ? 'ahead of' : 'behind'} the provider's: set it right`;
}
