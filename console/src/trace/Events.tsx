import type { Signal } from '../api/types';
import { Service } from '../ui/parts';
import { duration } from '../ui/time';
import { isTrouble, signalText, text } from './signal';
import type { Waterfall } from './waterfall';
import { millis } from './waterfall';

interface Props {
  waterfall: Waterfall;
  marked: Set<string>;
  chosen: Signal | null;
  onChoose: (signal: Signal) => void;
}

export function Events({ waterfall, marked, chosen, onChoose }: Props) {
  return (
    <ol className="events">
      {waterfall.events.map((event) => (
        <li
          key={event.id}
          className={[
            isTrouble(event) && 'trouble',
            marked.has(event.id) && 'marked',
            chosen?.id === event.id && 'chosen',
          ]
            .filter(Boolean)
            .join(' ')}
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
  );
}
