import { Command } from '../ui/parts';

/** A secret that nobody can read again, with a button that copies it. */
export function ShownOnce({ what, text }: { what: string; text: string }) {
  return (
    <div className="once" role="status">
      <p>{what}</p>
      <Command text={text} />
    </div>
  );
}
