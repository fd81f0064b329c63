import type { TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Reachable } from './activity.js';
import { FileCard } from './bubble.js';
import { useSurroundings } from './context.js';
import { Icon } from './icons.js';

/** A finger that moves less than this was resting. */
const SWIPE_PX = 40;

/** Pictures of a message that somebody wants to see large, and the one to begin with. */
export interface Enlarged {
  readonly files: readonly Reachable[];
  readonly first: number;
}

/** One picture over the whole page: arrows, Home, End and a finger go through those of the message; Esc or a press beside it closes, and the focus goes back. */
export function Viewer({ files, first, onClose }: Enlarged & { readonly onClose: () => void }) {
  const { texts } = useSurroundings();
  const dialog = useRef<HTMLDialogElement>(null);
  const touched = useRef(0);
  const [at, setAt] = useState(first);
  const [broken, setBroken] = useState(-1);
  useEffect(() => dialog.current?.showModal(), []);
  const file = files[at];
  if (file === undefined) return null;
  const last = files.length - 1;
  // Where lines run from the right, the next one lies to the left.
  const onwards = texts.direction === 'rtl' ? -1 : 1;
  const go = (to: number) => setAt(Math.max(0, Math.min(last, to)));
  const close = () => dialog.current?.close();
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDialogElement>) => {
    // The panel underneath would take Esc for its own.
    event.stopPropagation();
    const to = event.key === 'ArrowRight' ? at + onwards : event.key === 'ArrowLeft' ? at - onwards : event.key === 'Home' ? 0 : event.key === 'End' ? last : undefined;
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const onTouchEnd = (event: TouchEvent) => {
    const moved = (event.changedTouches[0]?.clientX ?? 0) - touched.current;
    if (Math.abs(moved) > SWIPE_PX && (window.visualViewport?.scale ?? 1) === 1) go(at - Math.sign(moved) * onwards);
  };
  const step = (to: number, name: string, label: string) => last > 0 && (
    <button type="button" class={`round step ${name}`} aria-label={label} aria-disabled={to < 0 || to > last} onClick={() => go(to)}><Icon name="down" /></button>
  );
  return (
    <dialog ref={dialog} class="viewer" aria-labelledby="aftercare-picture" onKeyDown={onKeyDown} onClose={onClose}>
      <div class="viewer-top">
        <p id="aftercare-picture" role="status"><bdi>{file.name}</bdi>{last > 0 && <bdi> {at + 1} / {files.length}</bdi>}</p>
        <a class="round" href={file.url} download={file.name} target="_blank" rel="noopener noreferrer" aria-label={texts('download')} title={texts('download')}><Icon name="download" /></a>
        <button type="button" class="round" autofocus aria-label={texts('picture.close')} title={texts('picture.close')} onClick={close}><Icon name="close" /></button>
      </div>
      <div
        class="stage" onClick={({ target, currentTarget }) => target === currentTarget && close()}
        onTouchStart={(event) => void (touched.current = event.touches[0]?.clientX ?? 0)} onTouchEnd={onTouchEnd}
      >
        {broken === at ? <FileCard file={file} /> : <img key={at} src={file.url} alt={texts('picture', { name: file.name })} onError={() => setBroken(at)} />}
        {step(at - 1, 'back', texts('picture.previous'))}
        {step(at + 1, 'next', texts('picture.next'))}
      </div>
    </dialog>
  );
}
