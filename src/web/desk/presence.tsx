import { useState } from 'preact/hooks';
import { api } from './api.js';
import type { Live } from './live.js';
import { useReading } from './reading.js';
import { useWords } from './texts.js';

/** One's own switch: there for new talks, or away. Away for longer, one's talks go to others. */
export function PresenceSwitch({ live }: { readonly live: Live }) {
  const words = useWords();
  const reading = useReading('presence', api.presence, live, ({ kind }) => kind !== 'conversation');
  const [pressed, setPressed] = useState<'online' | 'away' | undefined>(undefined);
  const wish = pressed ?? reading.data?.wish ?? 'online';
  async function set(next: 'online' | 'away'): Promise<void> {
    setPressed(next);
    await api.setPresence(next).catch(() => undefined); // read again below: the switch shows what is so
    setPressed(undefined);
    reading.again();
  }
  return (
    <button class={`button quiet presence presence-${wish}`} type="button" role="switch" aria-checked={wish === 'online'} onClick={() => void set(wish === 'online' ? 'away' : 'online')}>
      <span class="hidden">{words('presence')}: </span><span class="presence-dot" aria-hidden="true" /><span class="presence-word">{words(`presence.${wish}`)}</span>
    </button>
  );
}
