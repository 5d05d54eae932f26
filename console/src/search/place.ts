import type { FieldError } from '../api/client';

/** Where a question is wrong, as the server's pointer `/q/17` says it: the character, from 0, and why. */
export function placeOf({ fields }: { fields: readonly FieldError[] }): { position: number; message: string } | undefined {
  for (const { pointer, message } of fields) {
    const position = /^\/q\/(\d+)$/.exec(pointer)?.[1];
    if (position !== undefined) return { position: Number(position), message };
  }
  return undefined;
}
