import { expect, test } from 'vitest';
import type { Renew, Tokens, Vault } from './session';
import { Session } from './session';

const MINUTE = 60_000;

function vaultWith(token: string | null): Vault & { token: string | null } {
  return {
    token,
    read() {
      return this.token;
    },
    write(next) {
      this.token = next;
    },
    clear() {
      this.token = null;
    },
  };
}

const tokens = (number: number, project: number | null = 1): Tokens => ({ access_token: `a${number}`, refresh_token: `r${number}`, expires_in: 900, project });

/** A server that gives the next pair for the newest refresh token and remembers what was used. */
function server() {
  const used: string[] = [];
  const renew: Renew = async (refreshToken, project) => {
    used.push(refreshToken);
    await Promise.resolve();
    return tokens(used.length + 1, project);
  };
  return { used, renew };
}

test('a token is renewed before its end and not earlier', async () => {
  const { used, renew } = server();
  let now = 0;
  const session = new Session(vaultWith(null), renew, () => now);
  session.begin(tokens(1));
  now = 14 * MINUTE;
  expect(await session.token()).toBe('a1');
  now = 14.6 * MINUTE;
  expect(await session.token()).toBe('a2');
  expect(used).toEqual(['r1']);
});

test('however many ask at once, a refresh token is used once', async () => {
  const { used, renew } = server();
  const vault = vaultWith('r1');
  const session = new Session(vault, renew);
  expect(await Promise.all([session.token(), session.token(), session.after('a1')])).toEqual(['a2', 'a2', 'a2']);
  expect(used).toEqual(['r1']);
  expect(vault.token).toBe('r2');
});

test('who is refused with an old token gets the one that there is by now', async () => {
  const { used, renew } = server();
  const session = new Session(vaultWith(null), renew);
  session.begin(tokens(7));
  expect(await session.after('a6')).toBe('a7');
  expect(used).toEqual([]);
});

test('a session that the server has ended is over here, too', async () => {
  const vault = vaultWith('r1');
  const session = new Session(vault, async () => null);
  expect(session.state().signedIn).toBe(true);
  expect(await session.token()).toBeNull();
  expect(session.state()).toMatchObject({ signedIn: false, ended: true });
  expect(vault.token).toBeNull();
});

test('while the server cannot be reached, a token does until its end', async () => {
  let now = 0;
  const session = new Session(
    vaultWith(null),
    async () => {
      throw new Error('down');
    },
    () => now,
  );
  session.begin(tokens(1));
  now = 14.9 * MINUTE;
  expect(await session.token()).toBe('a1');
  now = 15.1 * MINUTE;
  await expect(session.token()).rejects.toThrow('down');
  expect(session.state().signedIn).toBe(true);
});

test('another project is a token for it', async () => {
  const { used, renew } = server();
  const session = new Session(vaultWith('r1'), renew);
  const first = session.token();
  await session.switchTo(4);
  await first;
  expect(session.state().project).toBe(4);
  expect(used).toEqual(['r1', 'r2']);
});

test('whoever watches hears of a refusal once, and of its end', () => {
  const session = new Session(vaultWith(null), async () => null);
  const heard: (string | null)[] = [];
  session.subscribe(() => heard.push(session.state().refused));
  session.refuse('Send a key');
  session.refuse('Send a key');
  session.begin(tokens(1));
  expect(heard).toEqual(['Send a key', null]);
});
