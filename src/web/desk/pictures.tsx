import { useEffect, useRef, useState } from 'preact/hooks';
import type { TalkLine } from './answers.js';
import { api } from './api.js';
import { Icon } from './icons.js';
import { useWords } from './texts.js';

type File = NonNullable<TalkLine['files']>[number];

/** Pictures a browser shows by itself. */
export const isPicture = (type: string): boolean => /^image\/(png|jpeg|gif|webp)$/.test(type);

/** The pictures of a message, small; pressed, one stands large over the page, and the others are a key away. */
export function Pictures({ files, who }: { readonly files: readonly File[]; readonly who: string }) {
  const words = useWords();
  const [open, setOpen] = useState<number | undefined>(undefined);
  return (
    <>
      <ul class={`files pictures${files.length > 1 ? ' album' : ''}`} aria-label={words('pictures')}>
        {files.map((file, index) => (
          <li key={file.fileId}>
            <button class="file picture" type="button" aria-haspopup="dialog" aria-label={words('picture.open', { name: file.name })} onClick={() => setOpen(index)}>
              <img src={api.fileUrl(file.fileId)} alt="" loading="lazy" />
              <span class="file-name"><bdi>{file.name}</bdi> <bdi class="file-size">{words.size(file.size)}</bdi></span>
            </button>
          </li>
        ))}
      </ul>
      {open !== undefined && <Viewer files={files} first={open} who={who} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** One picture over the whole page: arrows, Home and End go through the album, Esc or a press beside it closes. */
function Viewer({ files, first, who, onClose }: { readonly files: readonly File[]; readonly first: number; readonly who: string; readonly onClose: () => void }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(first);
  const [broken, setBroken] = useState('');
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => void (before instanceof HTMLElement && before.isConnected && requestAnimationFrame(() => before.focus()));
  }, []);
  const file = files[at];
  if (!file) return null;
  const go = (to: number): void => setAt(Math.max(0, Math.min(files.length - 1, to)));
  const address = api.fileUrl(file.fileId);
  function onKey(event: KeyboardEvent): void {
    const onwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const to = event.key === onwards ? at + 1 : event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? files.length - 1 : undefined;
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  }
  return (
    <dialog ref={dialog} class="viewer" aria-label={words('pictures')} onKeyDown={onKey} onClick={({ target, currentTarget }) => target === currentTarget && onClose()} onCancel={(event) => {
      event.preventDefault();
      onClose();
    }}>
      <header class="viewer-top">
        <p class="viewer-name" role="status"><bdi>{file.name}</bdi>{files.length > 1 && <span class="faint"> {words('picture.of', { number: at + 1, count: files.length })}</span>}</p>
        <a class="button" href={address} download={file.name}><Icon name="down" />{words('picture.download')}</a>
        <button class="button icon-button" type="button" autofocus aria-label={words('picture.close')} onClick={onClose}><Icon name="close" /></button>
      </header>
      <div class="viewer-stage">
        {files.length > 1 && <button class="button icon-button viewer-step" type="button" aria-disabled={at === 0} aria-label={words('picture.previous')} onClick={() => go(at - 1)}><Icon name="back" /></button>}
        {broken === file.fileId
          ? <p class="viewer-picture">{words('picture.broken')}</p>
          : <img key={file.fileId} class="viewer-picture" src={address} alt={words('picture.alt', { name: file.name, who })} onError={() => setBroken(file.fileId)} />}
        {files.length > 1 && <button class="button icon-button viewer-step is-next" type="button" aria-disabled={at === files.length - 1} aria-label={words('picture.next')} onClick={() => go(at + 1)}><Icon name="back" /></button>}
      </div>
    </dialog>
  );
}
