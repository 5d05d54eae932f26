import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rememberApiKey } from '../api/client';

/** Takes a project's API key for this tab, in place of whatever was used before. */
export function KeyForm({ onUse }: { onUse?: () => void }) {
  const client = useQueryClient();
  const [key, setKey] = useState('');
  return (
    <form
      className="row keyform"
      onSubmit={(event) => {
        event.preventDefault();
        rememberApiKey(key.trim());
        onUse?.();
        void client.invalidateQueries();
      }}
    >
      <input type="password" autoComplete="off" aria-label="API key" placeholder="API key" value={key} onChange={(event) => setKey(event.target.value)} />
      <button type="submit" disabled={!key.trim()}>
        Use this key
      </button>
    </form>
  );
}
