import { Window } from './form-dialog.js';
import { useWords } from './texts.js';

const keys = [
  ['/', 'keys.search'], ['?', 'keys.help'], ['J / K', 'keys.move'], ['Enter', 'keys.open'], ['Esc', 'keys.back'], ['T', 'keys.take'], ['R', 'keys.reply'], ['N', 'keys.note'],
  ['S', 'keys.suggestion'], ['M', 'keys.replies'], ['A', 'keys.actions'], ['L', 'keys.label'], ['P', 'keys.pass'], ['Z', 'keys.undo'],
] as const;

/** The list of everything a key does. */
export function Keys() {
  const words = useWords();
  return <dl class="keys">{keys.map(([key, text]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{words(text)}</dd></div>)}</dl>;
}

/** The same in a window, wherever one is. */
export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  return <Window title={words('keys')} onClose={onClose} kind="shortcuts"><Keys /></Window>;
}
