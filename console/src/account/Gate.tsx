import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../api/accounts';

/** Pages for whoever has not signed in yet. */
const OPEN = ['/sign-in', '/register'];

/** Leads to the sign-in page once the server has asked who one is, and back from there. */
export function Gate({ children }: { children: ReactNode }) {
  const { refused } = useSession();
  const { pathname, search, hash } = useLocation();
  if (refused !== null && !OPEN.includes(pathname)) return <Navigate to="/sign-in" replace state={{ from: pathname + search + hash }} />;
  return children;
}
