import { useEffect, useRef } from 'preact/hooks';

/** Asks before something that cannot be taken back; Esc is no. */
export function Ask({ title, text, yes, no, onAnswer }: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string; readonly onAnswer: (isYes: boolean) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="ask" aria-labelledby="ask-title" aria-describedby="ask-text" onCancel={(event) => {
      event.preventDefault();
      onAnswer(false);
    }}>
      <h2 id="ask-title">{title}</h2>
      <p id="ask-text">{text}</p>
      <div class="ask-buttons">
        <button class="button" type="button" onClick={() => onAnswer(false)}>{no}</button>
        <button class="button primary" type="button" autofocus onClick={() => onAnswer(true)}>{yes}</button>
      </div>
    </dialog>
  );
}
