import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, NavLink, Route, Routes, useLocation, useNavigate } from 'react-router';
import { AccountMenu } from './account/AccountMenu';
import { Gate } from './account/Gate';
import { Evidence } from './incident/Evidence';
import { IncidentDetail } from './incident/IncidentDetail';
import { IncidentList } from './incident/IncidentList';
import { Notifications } from './notification/Notifications';
import { Overview } from './overview/Overview';
import { Decisions } from './run/Decisions';
import { RunDetail } from './run/RunDetail';
import { TraceView } from './trace/TraceView';
import { Boundary } from './ui/Boundary';
import { Empty, Loading } from './ui/parts';
import { current, toggleTheme } from './ui/theme';

// What an engineer in the middle of an incident does not need is loaded when it is opened.
const Builds = lazy(async () => ({ default: (await import('./build/Builds')).Builds }));
const BuildDetail = lazy(async () => ({ default: (await import('./build/BuildDetail')).BuildDetail }));
const ImageList = lazy(async () => ({ default: (await import('./image/ImageList')).ImageList }));
const ImageDetail = lazy(async () => ({ default: (await import('./image/ImageDetail')).ImageDetail }));
const NewImage = lazy(async () => ({ default: (await import('./image/NewImage')).NewImage }));
const Register = lazy(async () => ({ default: (await import('./account/Register')).Register }));
const Settings = lazy(async () => ({ default: (await import('./settings/Settings')).Settings }));
const SignIn = lazy(async () => ({ default: (await import('./account/SignIn')).SignIn }));

export function App() {
  const { pathname } = useLocation();
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
                        Go back to the <Link to="/">overview</Link>, or paste a trace id above.
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
  const [theme, setTheme] = useState(current);
  return (
    <header className="topbar">
      <Link to="/" className="brand">
        <img src="/favicon.svg" alt="" width="22" height="22" />
        whence
      </Link>
      <nav>
        <NavLink to="/" end>
          Overview
        </NavLink>
        <NavLink to="/incidents">Incidents</NavLink>
        <NavLink to="/decisions">Decisions</NavLink>
        <NavLink to="/images">Images</NavLink>
        <NavLink to="/builds">Builds</NavLink>
        <NavLink to="/notifications">Notifications</NavLink>
        <NavLink to="/settings">Settings</NavLink>
        <a href="/docs">API</a>
      </nav>
      <TraceSearch />
      <AccountMenu />
      <button
        type="button"
        className="quiet"
        onClick={() => setTheme(toggleTheme())}
        aria-label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
      >
        {theme === 'dark' ? '☀' : '☾'}
      </button>
    </header>
  );
}

function TraceSearch() {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      // Seen from here, the target inside of the editor's shadow root is the editor as a whole.
      const target = event.composedPath()[0];
      const typing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
      if (event.key === '/' && !typing && !event.metaKey && !event.ctrlKey) {
        event.preventDefault();
        input.current?.focus();
      }
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const id = input.current?.value.trim();
        if (id) void navigate(`/traces/${encodeURIComponent(id)}`);
      }}
    >
      <input ref={input} type="search" aria-label="Trace id" placeholder="Go to trace id    /" spellCheck={false} />
    </form>
  );
}
