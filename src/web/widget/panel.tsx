import type { RefObject, TargetedDragEvent, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Choice } from './activity.js';
import { addFiles } from './attachments.js';
import { Composer } from './composer.js';
import { useSurroundings } from './context.js';
import type { View } from './conversation.js';
import { Icon } from './icons.js';
import { Transcript } from './transcript.js';

const NOTICE_AFTER_MS = 2_000;

/** Becomes true once `isTrue` has held for a while; back to false at once. */
function useLasting(isTrue: boolean, ms: number): boolean {
  const [isLasting, setLasting] = useState(false);
  useEffect(() => {
    if (!isTrue) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [isTrue, ms]);
  return isTrue && isLasting;
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    return () => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    };
  }, []);
  return isOnline;
}

/** The open chat: who is speaking, what was said, and where to write. */
export function Panel({ view, title, input, isFullScreen, onClose }: {
  readonly view: View;
  readonly title: string | undefined;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly isFullScreen: boolean;
  readonly onClose: () => void;
}) {
  const { texts, conversation } = useSurroundings();
  const panel = useRef<HTMLElement>(null);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problem, setProblem] = useState('');
  const [isDropping, setDropping] = useState(false);
  const isOnline = useOnline();
  const isCut = useLasting(view.line === 'lost' || view.line === 'unavailable', NOTICE_AFTER_MS);
  const speaker = view.messages.findLast(({ from }) => from === 'bot' || from === 'agent');
  const agent = speaker?.from === 'agent' ? speaker.name : '';
  const trouble = !isOnline ? texts('offline') : isCut ? texts(view.line === 'unavailable' ? 'unavailable' : 'lost') : '';

  const onFiles = (added: readonly File[]) => {
    const result = addFiles(files, added, texts, view.maxUploadBytes);
    setFiles(result.files);
    setProblem(result.problem);
  };
  const toInput = () => {
    // On a touch screen the keyboard would jump up over the answer.
    if (matchMedia('(pointer: coarse)').matches) panel.current?.querySelector<HTMLElement>('.scroller')?.focus();
    else input.current?.focus();
  };
  const onSend = (text: string) => {
    conversation.send(text, files);
    setFiles([]);
    setProblem('');
    return true;
  };
  const onPress = (choice: Choice) => {
    conversation.press(choice);
    toInput();
  };

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      onClose();
    }
    if (event.key !== 'Tab' || !isFullScreen) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('a[href],button,textarea,[tabindex="0"]')];
    const active = (event.currentTarget.getRootNode() as ShadowRoot).activeElement;
    const [first, last] = [stops[0], stops.at(-1)];
    if (active !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  };

  const drag = (isOver: boolean) => (event: TargetedDragEvent<HTMLElement>) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (isOver || !event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(isOver);
  };
  const onDrop = (event: TargetedDragEvent<HTMLElement>) => {
    event.preventDefault();
    setDropping(false);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };

  return (
    <section
      class="panel" ref={panel} role="dialog" aria-modal={isFullScreen} aria-labelledby="aftercare-title" aria-describedby="aftercare-notice" tabIndex={-1}
      onKeyDown={onKeyDown} onDragEnter={drag(true)} onDragOver={drag(true)} onDragLeave={drag(false)} onDrop={onDrop}
    >
      <header>
        <span class={`face${agent === '' ? '' : ' person'}`} aria-hidden="true">{agent === '' ? <Icon name="bot" /> : [...agent][0]?.toLocaleUpperCase()}</span>
        <div class="who">
          <h2 id="aftercare-title"><bdi>{title ?? texts('title')}</bdi></h2>
          <p id="aftercare-notice"><bdi>{agent === '' ? texts('notice.bot') : texts('notice.agent', { name: agent })}</bdi></p>
        </div>
        <button type="button" class="round" aria-label={texts('close')} title={texts('close')} onClick={onClose}><Icon name="close" /></button>
      </header>
      <div class="trouble" role="status">{trouble !== '' && <><Icon name="warn" /><span dir="auto">{trouble}</span>{isOnline && <button type="button" class="text-button" onClick={() => conversation.hurry()}>{texts('retry')}</button>}</>}</div>
      <Transcript view={view} onPress={onPress} />
      <Composer input={input} files={files} problem={problem} onFiles={onFiles} onRemove={(file) => { setFiles(files.filter((one) => one !== file)); setProblem(''); }} onSend={onSend} />
      {isDropping && <div class="drop" aria-hidden="true"><span>{texts('drop')}</span></div>}
    </section>
  );
}
