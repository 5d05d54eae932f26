import { useEffect, useRef, useState } from 'react';
import { Link, NavLink, Route, Routes, useLocation, useNavigate } from 'react-router';
import { Evidence } from './incident/Evidence';
import { IncidentDetail } from './incident/IncidentDetail';
import { IncidentList } from './incident/IncidentList';
import { Notifications } from './notification/Notifications';
import { Overview } from './overview/Overview';
import { Decisions } from './run/Decisions';
import { RunDetail } from './run/RunDetail';
import { TraceView } from './trace/TraceView';
import { Boundary } from './ui/Boundary';
import { Empty } from './ui/parts';
import { current, toggleTheme } from './ui/theme';

export function App() {
  const { pathname } = useLocation();
  return (
    <>
      <TopBar />
      <main>
        <Boundary place={pathname}>
          <Routes>
            <Route path="/" element={<Overview />} />
            <Route path="/overview" element={<Overview />} />
            <Route path="/incidents" element={<IncidentList />} />
            <Route path="/incidents/:id" element={<IncidentDetail />} />
            <Route path="/incidents/:id/evidence" element={<Evidence />} />
            <Route path="/decisions" element={<Decisions />} />
            <Route path="/decisions/:id" element={<RunDetail />} />
            <Route path="/notifications" element={<Notifications />} />
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
        <NavLink to="/notifications">Notifications</NavLink>
        <a href="/docs">API</a>
      </nav>
      <TraceSearch />
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
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
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
