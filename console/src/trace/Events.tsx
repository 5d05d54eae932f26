import type { Signal } from '../api/types';
import { Service } from '../ui/parts';
import { duration } from '../ui/time';
import { useWindowed } from '../ui/windowed';
import { isTrouble, signalText, text } from './signal';
import type { Waterfall } from './waterfall';
import { millis } from './waterfall';

const ROW = 28;

interface Props {
  waterfall: Waterfall;
  marked: ReadonlySet<string>;
  open: string | undefined;
  onChoose: (signal: Signal) => void;
}

/** The logs and metrics of a trace, oldest first. */
export function Events({ waterfall, marked, open, onChoose }: Props) {
  const { ref, first, end, height, onScroll } = useWindowed(waterfall.events.length, ROW);
  return (
    <div ref={ref} className="events bounded" tabIndex={0} role="group" aria-label="Logs and metrics of the trace" onScroll={onScroll}>
      <ol style={{ height }}>
        {waterfall.events.slice(first, end).map((event, i) => (
          <li
            key={event.id}
            style={{ top: (first + i) * ROW }}
            aria-setsize={waterfall.events.length}
            aria-posinset={first + i + 1}
            className={[isTrouble(event) && 'trouble', marked.has(event.id) && 'marked', open === event.id && 'chosen'].filter(Boolean).join(' ')}
          >
            <button type="button" onClick={() => onChoose(event)}>
              <time>+{duration(millis(event) - waterfall.origin)}</time>
              <span className="kind">{event.signal_type === 'log' ? text(event.payload.level) || 'log' : 'metric'}</span>
              <Service name={event.service_name} />
              <span className="text">{event.signal_type === 'log' ? text(event.payload.message) : signalText(event)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
