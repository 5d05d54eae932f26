/** How a service does, judged by what came in. */
export type Health = 'quiet' | 'fine' | 'shaky' | 'failing';

/** Shares of calls that fail. Below the first nobody is woken; above the second something is broken. Own judgement. */
const SHAKY = 0.01;
const FAILING = 0.05;

export function healthOf({ calls, error_rate }: { calls: number; error_rate: number }): Health {
  if (calls === 0) return 'quiet';
  if (error_rate >= FAILING) return 'failing';
  return error_rate >= SHAKY ? 'shaky' : 'fine';
}

/** A sign and a word, so that nobody has to tell colours apart. */
export const HEALTH: Record<Health, { sign: string; word: string }> = {
  quiet: { sign: '○', word: 'no calls' },
  fine: { sign: '✓', word: 'fine' },
  shaky: { sign: '▲', word: 'some errors' },
  failing: { sign: '✖', word: 'failing' },
};
