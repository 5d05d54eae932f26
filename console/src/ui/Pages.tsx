import { whole } from './text';

interface Props {
  page: number;
  size: number;
  total: number;
  onGo: (page: number) => void;
}

/** The way through a list whose pages are numbered. */
export function Pages({ page, size, total, onGo }: Props) {
  const last = Math.max(1, Math.ceil(total / size));
  if (last === 1 && page === 1) return null;
  return (
    <div className="pager">
      <button type="button" disabled={page <= 1} onClick={() => onGo(page - 1)}>
        Previous
      </button>
      <span>
        page {whole(page)} of {whole(last)}
      </span>
      <button type="button" disabled={page >= last} onClick={() => onGo(page + 1)}>
        Next
      </button>
    </div>
  );
}

/** The page that an address names; the first where it names none. */
export function pageOf(text: string | null): number {
  return Math.max(1, Number.parseInt(text ?? '', 10) || 1);
}
