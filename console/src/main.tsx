import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './App';
import { Problem } from './api/client';
import { at, base } from './base';
import './styles.css';
import { applyTheme } from './ui/theme';

applyTheme();
// Relative to the page it would be looked for anew wherever the address goes.
document.querySelector('link[rel=icon]')?.setAttribute('href', at('/favicon.svg'));

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => error instanceof Problem && error.passing && count < 2,
      staleTime: 1_000,
    },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <BrowserRouter basename={base || '/'}>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
