import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` talks to a gateway on this machine.
const gateway = process.env.WHENCE_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react()],
  // Everything is found beside the page, whatever path a proxy puts before it.
  base: './',
  build: {
    outDir: 'target/classes/static',
    emptyOutDir: true,
    // The content security policy allows no inline content.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/query', '/runs', '/steps', '/analyze', '/ingest', '/api'].map((path) => [path, gateway])) },
  test: { include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.mjs'] },
});
