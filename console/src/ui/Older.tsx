interface Props {
  cursor: string | undefined;
  /** Where the list goes on; null when it ends here. */
  next: string | null | undefined;
  onGo: (cursor: string | undefined) => void;
}

/** The way through a list that is read by cursor: on, or back to its beginning. */
export function Older({ cursor, next, onGo }: Props) {
  if (!cursor && !next) return null;
  return (
    <div className="pager">
      <button type="button" disabled={!cursor} onClick={() => onGo(undefined)}>
        Newest
      </button>
      <button type="button" disabled={!next} onClick={() => onGo(next ?? undefined)}>
        Older
      </button>
    </div>
  );
}
