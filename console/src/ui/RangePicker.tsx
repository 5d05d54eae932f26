import type { ChosenRange } from './range';
import { ALL, LAST, lastText, rangeOf, rangeText, shifted } from './range';
import { fromInput, toInput } from './moments';
import { useOpened } from './opened';
import { clock } from './time';
import { useZone } from './zone';

interface Props {
  time: ChosenRange;
  /** Everything received before this is shown. */
  watermark?: string | null | undefined;
  /** Whether all the time can be chosen as well. */
  anyTime?: boolean;
}

/** Chooses the time that a page is about, and says how fresh what it shows is. */
export function RangePicker({ time: { range, now, choose, refresh }, watermark, anyTime = false }: Props) {
  const { open, close, holder, opener } = useOpened();
  const zone = useZone();
  // Of all the time there is none before, and the last hour is what somebody may want to begin with.
  const all = range.last === ALL;
  const bounds = all ? rangeOf('1h', null, now, '1h') : range;
  const back = shifted(bounds, -1);
  const on = shifted(bounds, 1);
  return (
    <div className="range" role="group" aria-label="Time" {...holder}>
      <button type="button" aria-label="Earlier" title="The same length before" disabled={all} onClick={() => choose(back.from, back.to)}>
        ◂
      </button>
      <button type="button" {...opener}>
        {rangeText(range)}
      </button>
      <button type="button" aria-label="Later" title="The same length after" disabled={range.last !== undefined} onClick={() => choose(on.from, on.to)}>
        ▸
      </button>
      <button type="button" aria-label="Refresh" title="Look again" onClick={refresh}>
        ↻
      </button>
      {watermark && (
        <span className="faint" title="Everything received before this moment is in the answer">
          as of {clock(watermark)}
        </span>
      )}
      {open && (
        <div className="range-menu panel" role="dialog" aria-label="Time range">
          <div className="lasts">
            {(anyTime ? [ALL, ...LAST] : LAST).map((last) => (
              <button
                key={last}
                type="button"
                autoFocus={last === (range.last ?? LAST[0])}
                aria-pressed={range.last === last}
                onClick={() => {
                  choose(last === ALL ? undefined : last);
                  close();
                }}
              >
                {lastText(last)}
              </button>
            ))}
          </div>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const form = new FormData(event.currentTarget);
              const from = fromInput(String(form.get('from')), zone);
              const to = fromInput(String(form.get('to')), zone);
              if (from && to && from < to) {
                choose(from, to);
                close();
              }
            }}
          >
            <label>
              From ({zone === 'utc' ? 'UTC' : 'local time'})
              <input name="from" type="datetime-local" step="1" required defaultValue={toInput(bounds.from, zone)} />
            </label>
            <label>
              To
              <input name="to" type="datetime-local" step="1" required defaultValue={toInput(bounds.to, zone)} />
            </label>
            <button type="submit">Use this time</button>
          </form>
        </div>
      )}
    </div>
  );
}
