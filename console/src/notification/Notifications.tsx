import { Channels } from './Channels';
import { Deliveries } from './Deliveries';
import { Maintenance } from './Maintenance';
import { Routing } from './Routing';

/** Who hears of which incidents, and what was sent. */
export function Notifications() {
  return (
    <>
      <h1>Notifications</h1>
      <div className="columns even">
        <div className="stack">
          <Channels />
          <Routing />
          <Maintenance />
        </div>
        <div className="stack">
          <Deliveries />
        </div>
      </div>
    </>
  );
}
