import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, NavLink, Route, Routes, useLocation } from 'react-router';
import { at } from './base';
import { AccountMenu } from './account/AccountMenu';
import { Gate } from './account/Gate';
import { Evidence } from './incident/Evidence';
import { IncidentDetail } from './incident/IncidentDetail';
import { IncidentList } from './incident/IncidentList';
import { Overview } from './overview/Overview';
import { TraceView } from './trace/TraceView';
import { Boundary } from './ui/Boundary';
import { Empty, Loading } from './ui/parts';
import { isTyping } from './ui/keys';
import { timeOf } from './ui/range';
import { current, toggleTheme } from './ui/theme';
import { chooseZone, useZone } from './ui/zone';

// What an engineer in the middle of an incident does not need is loaded when it is opened.
const Builds = lazy(async () => ({ default: (await import('./build/Builds')).Builds }));
const BuildDetail = lazy(async () => ({ default: (await import('./build/BuildDetail')).BuildDetail }));
const Decisions = lazy(async () => ({ default: (await import('./run/Decisions')).Decisions }));
const ImageList = lazy(async () => ({ default: (await import('./image/ImageList')).ImageList }));
const ImageDetail = lazy(async () => ({ default: (await import('./image/ImageDetail')).ImageDetail }));
const Metrics = lazy(async () => ({ default: (await import('./metric/Metrics')).Metrics }));
const NewImage = lazy(async () => ({ default: (await import('./image/NewImage')).NewImage }));
const Notifications = lazy(async () => ({ default: (await import('./notification/Notifications')).Notifications }));
const loadPalette = async () => ({ default: (await import('./palette/Palette')).Palette });
const Palette = lazy(loadPalette);
const Register = lazy(async () => ({ default: (await import('./account/Register')).Register }));
const RunDetail = lazy(async () => ({ default: (await import('./run/RunDetail')).RunDetail }));
const SearchPage = lazy(async () => ({ default: (await import('./search/SearchPage')).SearchPage }));
const Rejected = lazy(async () => ({ default: (await import('./storage/RejectedList')).RejectedList }));
const Services = lazy(async () => ({ default: (await import('./service/Services')).Services }));
const Settings = lazy(async () => ({ default: (await import('./settings/Settings')).Settings }));
const StoragePage = lazy(async () => ({ default: (await import('./storage/StoragePage')).StoragePage }));
const SignIn = lazy(async () => ({ default: (await import('./account/SignIn')).SignIn }));

export function App() {
  const { pathname } = useLocation();
  // Times are written by plain functions: the choice draws everything again.
  useZone();
  return (
    <>
      <TopBar />
      <main>
        <Boundary place={pathname}>
          <Suspense fallback={<Loading what="the page" />}>
            <Gate>
              <Routes>
                <Route path="/" element={<Overview />} />
                <Route path="/overview" element={<Overview />} />
                <Route path="/incidents" element={<IncidentList />} />
                <Route path="/incidents/:id" element={<IncidentDetail />} />
                <Route path="/incidents/:id/evidence" element={<Evidence />} />
                <Route path="/logs" element={<SearchPage key="logs" kind="logs" />} />
                <Route path="/spans" element={<SearchPage key="spans" kind="spans" />} />
                <Route path="/series" element={<Metrics />} />
                <Route path="/services" element={<Services />} />
                <Route path="/storage" element={<StoragePage />} />
                <Route path="/rejected" element={<Rejected />} />
                <Route path="/decisions" element={<Decisions />} />
                <Route path="/decisions/:id" element={<RunDetail />} />
                <Route path="/images" element={<ImageList />} />
                <Route path="/images/new" element={<NewImage />} />
                <Route path="/images/:id" element={<ImageDetail />} />
                <Route path="/builds" element={<Builds />} />
                <Route path="/builds/:id" element={<BuildDetail />} />
                <Route path="/notifications" element={<Notifications />} />
                <Route path="/settings" element={<Settings />} />
                <Route path="/settings/:tab" element={<Settings />} />
                <Route path="/sign-in" element={<SignIn />} />
                <Route path="/register" element={<Register />} />
                <Route path="/traces/:id" element={<TraceView />} />
                <Route
                  path="*"
                  element={
                    <Empty title="There is no such page.">
                      <p>
                        Go back to the <Link to="/">overview</Link>, or press <kbd>Ctrl K</kbd> and paste a trace id.
                      </p>
                    </Empty>
                  }
                />
              </Routes>
            </Gate>
          </Suspense>
        </Boundary>
      </main>
    </>
  );
}

function TopBar() {
  const { search } = useLocation();
  return (
    <header className="topbar">
      <Link to="/" className="brand">
        <img src={at('/favicon.svg')} alt="" width="22" height="22" />
        whence
      </Link>
      <nav>
        <NavLink to="/" end>
          Overview
        </NavLink>
        {PAGES.map(([path, name, keepsTime]) => (
          <NavLink key={path} to={{ pathname: path, search: keepsTime ? String(new URLSearchParams(timeOf(new URLSearchParams(search)))) : '' }}>
            {name}
          </NavLink>
        ))}
        <a href={at('/docs')}>API</a>
      </nav>
      <Finder />
      <AccountMenu />
      <Looks />
    </header>
  );
}

/** The pages of the menu; those about a time take that of the page before along. */
const PAGES: [path: string, name: string, keepsTime?: boolean][] = [
  ['/incidents', 'Incidents', true],
  ['/logs', 'Logs', true],
  ['/spans', 'Spans', true],
  ['/series', 'Metrics', true],
  ['/services', 'Services', true],
  ['/decisions', 'Decisions'],
  ['/images', 'Images'],
  ['/builds', 'Builds'],
  ['/notifications', 'Notifications'],
  ['/storage', 'Storage', true],
  ['/settings', 'Settings'],
];

/** Theme and zone. */
function Looks() {
  const [theme, setTheme] = useState(current);
  const zone = useZone();
  return (
    <span className="looks">
      <button
        type="button"
        className="quiet small"
        onClick={() => chooseZone(zone === 'utc' ? 'local' : 'utc')}
        aria-label={zone === 'utc' ? 'UTC: show local time instead' : 'Local time: show UTC instead'}
      >
        {zone === 'utc' ? 'UTC' : 'Local'}
      </button>
      <button
        type="button"
        className="quiet"
        onClick={() => setTheme(toggleTheme())}
        aria-label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
      >
        {theme === 'dark' ? '☀' : '☾'}
      </button>
    </span>
  );
}

/** When the page has drawn what it is about. */
const SOON_MS = 1_000;

/** Opens the palette, by the button or by Ctrl-K or Cmd-K; "/" goes to what a page is searched with, or opens it, too. */
function Finder() {
  const [open, setOpen] = useState(false);
  // What is typed after Ctrl-K is meant for it: it is there before it is asked for.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const combined = event.ctrlKey || event.metaKey;
      if (combined && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen(true);
      } else if (event.key === '/' && !combined && !event.altKey && !isTyping(event)) {
        event.preventDefault();
        const find = document.querySelector<HTMLElement>('[data-find]');
        if (find) find.focus();
        else setOpen(true);
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <button type="button" className="finder" onClick={() => setOpen(true)}>
        Go to… <kbd>Ctrl K</kbd>
      </button>
      {open && (
        <Suspense>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
