import { useEffect, useState } from 'preact/hooks';
import type { Card, Choice, Message, Reachable, SharedFile } from './activity.js';
import { readBlocks, type Piece } from './blocks.js';
import { useSurroundings } from './context.js';
import type { Pending } from './conversation.js';
import { Icon } from './icons.js';

/** An address that opens elsewhere; nothing about this page goes with it. */
function OutLink({ url, children, ...rest }: { readonly url: string; readonly children: preact.ComponentChildren; readonly class?: string }) {
  const { texts } = useSurroundings();
  return <a href={url} target="_blank" rel="noopener noreferrer" {...rest}>{children}<span class="hidden"> ({texts('new-tab')})</span></a>;
}

/** Words, with the numbers of orders and returns kept on one line each. */
const Words = ({ text }: { readonly text: string }) => <>{text.split(/\b([A-Z]{2,4}-[\dA-Z]{4,12})\b/).map((part, index) => (index % 2 === 1 ? <span class="number">{part}</span> : part))}</>;

const Line = ({ pieces }: { readonly pieces: readonly Piece[] }) => <>{pieces.map((piece) => (typeof piece === 'string' ? <Words text={piece} /> : <OutLink url={piece.url}>{piece.shown}</OutLink>))}</>;

/** Plain text with its paragraphs, lists and links; each finds its own direction. */
export function Prose({ text }: { readonly text: string }) {
  return <>{readBlocks(text).map((block) => ('items' in block
    ? <ul dir="auto">{block.items.map((pieces) => <li><Line pieces={pieces} /></li>)}</ul>
    : <p dir="auto">{block.lines.map((pieces, index) => <>{index > 0 && <br />}<Line pieces={pieces} /></>)}</p>))}</>;
}

/** A file to save, by its name, kind and size. */
export function FileCard({ file }: { readonly file: SharedFile }) {
  const { texts } = useSurroundings();
  const inside = <>
    <span class="file-icon"><Icon name={file.url === undefined ? 'file' : 'download'} /></span>
    <span class="file-words">
      <span class="file-name" dir="auto">{file.name}</span>
      <span class="file-more">{[file.url === undefined ? '' : texts('download'), kindOf(file), file.size === undefined ? '' : texts.size(file.size)].filter((part) => part !== '').join(' · ')}</span>
    </span>
  </>;
  return file.url === undefined ? <div class="file">{inside}</div> : <a class="file" href={file.url} download={file.name} target="_blank" rel="noopener noreferrer">{inside}</a>;
}

const kindOf = ({ name, type }: SharedFile) => (/\.(\w{2,5})$/.exec(name)?.[1] ?? type.split('/')[1] ?? '').toUpperCase();

/** Somebody wants to see one of the pictures of a message large. */
type Enlarge = (pictures: readonly Reachable[], first: number) => void;

/** Pictures from our own server are shown; of others, only that there is a file. */
const pictureOf = (file: SharedFile, origin: string): Reachable | undefined => {
  const { url, type } = file;
  return url !== undefined && /^image\/(png|jpeg|gif|webp)$/.test(type) && (url.startsWith('blob:') || new URL(url).origin === origin) ? { ...file, url } : undefined;
};

/** A picture, small; one that cannot be shown is a file. */
function Picture({ file, onOpen }: { readonly file: SharedFile; readonly onOpen: (() => void) | undefined }) {
  const { texts } = useSurroundings();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <FileCard file={file} />;
  const picture = <img src={file.url} alt={texts('picture', { name: file.name })} loading="lazy" onError={() => setBroken(true)} />;
  return onOpen === undefined ? <div class="picture">{picture}</div> : <button type="button" class="picture" aria-haspopup="dialog" onClick={onOpen}>{picture}</button>;
}

/** What came with a message; several pictures stand side by side. */
function Files({ files, onEnlarge }: { readonly files: readonly SharedFile[]; readonly onEnlarge: Enlarge | undefined }) {
  const { origin } = useSurroundings();
  const pictures: Reachable[] = [];
  const all = files.map((file) => {
    const picture = pictureOf(file, origin);
    if (picture === undefined) return <FileCard file={file} />;
    const index = pictures.push(picture) - 1;
    return <Picture file={picture} onOpen={onEnlarge && (() => onEnlarge(pictures, index))} />;
  });
  return pictures.length > 1 ? <div class="album">{all}</div> : <>{all}</>;
}

function HeroCard({ card, onPress }: { readonly card: Card; readonly onPress: (choice: Choice) => void }) {
  return (
    <div class="card">
      {card.title !== '' && <p class="card-title" dir="auto">{card.title}</p>}
      {card.text !== '' && <Prose text={card.text} />}
      {card.links.map(({ title, url }) => <OutLink class="card-link" url={url}><span dir="auto">{title}</span><Icon name="link" /></OutLink>)}
      {card.choices.map((choice) => <button type="button" class="card-link" onClick={() => onPress(choice)}><span dir="auto">{choice.title}</span></button>)}
    </div>
  );
}

/** What stands around a message in the conversation. */
export interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onPress: (choice: Choice) => void;
  readonly onEnlarge: Enlarge;
}

/** A message of anybody. */
export function Bubble({ message, place, isNewestOwn, isSeen }: { readonly message: Message; readonly place: Place; readonly isNewestOwn: boolean; readonly isSeen: boolean }) {
  const { texts } = useSurroundings();
  const { from } = message;
  if (from === 'notice') return <div class="notice" lang={message.language}><Prose text={message.text} /></div>;
  return (
    <div class={`row ${from}${place.isFirst ? ' first' : ''}`} lang={message.language}>
      {place.isFirst && (from === 'own' ? <span class="hidden">{texts('you')}</span> : <span class="name" dir="auto">{message.name || texts('bot')}</span>)}
      {message.text !== '' && <div class="bubble"><Prose text={message.text} /></div>}
      {message.cards.map((card) => <HeroCard card={card} onPress={place.onPress} />)}
      <Files files={message.files} onEnlarge={place.onEnlarge} />
      {place.isLast && <span class="meta"><time dir="auto" dateTime={new Date(message.at).toISOString()}>{texts.time(message.at)}</time>{isNewestOwn && <> · <bdi>{texts(isSeen ? 'seen' : 'sent')}</bdi></>}</span>}
    </div>
  );
}

/** A message of ours on its way. */
export function PendingBubble({ pending, isFirst, onRetry }: { readonly pending: Pending; readonly isFirst: boolean; readonly onRetry: () => void }) {
  const { texts, conversation } = useSurroundings();
  const { state, files, reason, progress } = pending;
  const [shown] = useState(() => files.map((file): SharedFile => ({ name: file.name, type: file.type, size: file.size, url: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined })));
  useEffect(() => () => {
    for (const { url } of shown) if (url !== undefined) URL.revokeObjectURL(url);
  }, []);
  const isUploading = state === 'sending' && files.length > 0 && progress > 0 && progress < 1;
  return (
    <div class={`row own ${state}${isFirst ? ' first' : ''}`}>
      {isFirst && <span class="hidden">{texts('you')}</span>}
      {pending.text !== '' && <div class="bubble"><Prose text={pending.text} /></div>}
      <Files files={shown} onEnlarge={undefined} />
      {isUploading && <progress max={1} value={progress} aria-label={texts('uploading', { percent: texts.percent(progress) })} />}
      {state === 'failed'
        ? <span class="meta bad"><Icon name="warn" /> {texts(reason === undefined ? 'failed' : `error.${reason}`, { limit: texts.size(conversation.view.maxUploadBytes), name: files[0]?.name ?? '' })} {reason === undefined && <button type="button" class="text-button" onClick={onRetry}>{texts('retry')}</button>}</span>
        : <span class="meta">{texts(state === 'posted' ? 'sent' : isUploading ? 'uploading' : 'sending', { percent: texts.percent(progress) })}</span>}
    </div>
  );
}
