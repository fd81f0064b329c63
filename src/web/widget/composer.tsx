import type { RefObject, TargetedEvent, TargetedClipboardEvent, TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ACCEPTED } from './attachments.js';
import { useSurroundings } from './context.js';
import { Icon } from './icons.js';

/** Where the customer writes; files come from the button, by paste, or dropped on the panel. */
export function Composer({ input, files, problem, onFiles, onRemove, onSend }: {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly files: readonly File[];
  readonly problem: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onRemove: (file: File) => void;
  readonly onSend: (text: string) => boolean;
}) {
  const { texts, conversation } = useSurroundings();
  const [text, setText] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const attach = useRef<HTMLButtonElement>(null);
  const isEmpty = text.trim() === '' && files.length === 0;

  useLayoutEffect(() => {
    const area = input.current;
    if (area === null) return;
    area.style.height = 'auto';
    // Nothing is measured while the panel is hidden.
    if (area.scrollHeight > 0) area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }, [text]);
  useEffect(() => {
    // On a touch screen the keyboard would cover what was chosen.
    if (files.length > 0 && !matchMedia('(pointer: coarse)').matches) input.current?.focus();
  }, [files.length]);

  const send = () => {
    if (!isEmpty && onSend(text.trim())) setText('');
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes (Chinese, for one), Enter takes its proposal.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: TargetedClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    onFiles(pasted);
  };
  const onChosen = (event: TargetedEvent<HTMLInputElement>) => {
    onFiles([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
  };

  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {files.length > 0 && (
        <ul class="chips" aria-label={texts('attached')}>
          {files.map((file) => (
            <li>
              <Icon name="file" /><span class="chip-name" dir="auto">{file.name}</span><span class="chip-size">{texts.size(file.size)}</span>
              <button type="button" aria-label={texts('remove', { name: file.name })} onClick={() => { onRemove(file); attach.current?.focus(); }}><Icon name="close" /></button>
            </li>
          ))}
        </ul>
      )}
      <p class="problem" role="alert">{problem}</p>
      <div class="line">
        <button ref={attach} type="button" class="round" aria-label={texts('attach')} title={texts('attach')} onClick={() => chooser.current?.click()}><Icon name="attach" /></button>
        <input ref={chooser} type="file" multiple accept={ACCEPTED} hidden onChange={onChosen} />
        <textarea
          ref={input} rows={1} dir="auto" value={text} placeholder={texts('compose')} aria-label={texts('compose')} enterkeyhint="send" autocomplete="off"
          onInput={(event) => {
            setText(event.currentTarget.value);
            if (event.currentTarget.value !== '') conversation.typed();
          }} onKeyDown={onKeyDown} onPaste={onPaste}
        />
        <button type="submit" class="round send" aria-label={texts('send')} title={texts('send')} aria-disabled={isEmpty}><Icon name="send" /></button>
      </div>
    </form>
  );
}
