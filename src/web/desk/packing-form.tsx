import { useRef, useState } from 'preact/hooks';
import type { OrderCard, Uploaded } from './answers.js';
import { api } from './api.js';
import { useSending } from './decisions.js';
import { Window } from './form-dialog.js';
import { failureText } from './gate.js';
import { Icon } from './icons.js';
import { useWords } from './texts.js';

const MOST_PHOTOS = 10;
const sides = ['length', 'width', 'height'] as const;

/** A whole number above nought that somebody typed; undefined for what is none. */
const countOf = (text: string): number | undefined => (/^[1-9]\d{0,6}$/u.test(text.trim()) ? Number(text.trim()) : undefined);

/** What was packed: pictures, weight and size of the parcel, by whom. It stands beside what the customer shows, and cannot be changed afterwards. */
export function PackingForm({ order, packer, onClose, onDone }: { readonly order: Pick<OrderCard, 'number' | 'state' | 'parcels'>; readonly packer: string; readonly onClose: () => void; readonly onDone: () => void }) {
  const words = useWords();
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({ by: packer, parcel: order.parcels.length === 1 ? order.parcels[0]?.trackingNumber ?? '' : '' });
  const [photos, setPhotos] = useState<readonly Uploaded[]>([]);
  const [isUploading, setIsUploading] = useState(false);
  const [notTaken, setNotTaken] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const { send, failure, isBusy } = useSending(words, onDone);
  const text = (name: string): string => (given[name] ?? '').trim();
  const weight = countOf(text('weight'));
  const measured = sides.map((side) => countOf(text(side)));
  const hasSize = sides.some((side) => text(side) !== '');
  const [length, width, height] = measured;
  const isReady = !isUploading && weight !== undefined && text('by') !== '' && (!hasSize || !measured.includes(undefined));
  const left = order.state !== 'paid' && order.state !== 'packed';

  async function attach(files: readonly File[]): Promise<void> {
    setNotTaken('');
    setIsUploading(true);
    for (const file of files.slice(0, MOST_PHOTOS - photos.length)) {
      try {
        const uploaded = await api.uploadPacking(order.number, file);
        setPhotos((now) => [...now, uploaded]);
      } catch (error) {
        setNotTaken(`${file.name}: ${failureText(error, words)}`);
      }
    }
    setIsUploading(false);
    if (picker.current) picker.current.value = '';
  }
  const record = (): object => ({
    by: text('by'), weightGrams: weight, photos: photos.map(({ fileId }) => fileId), ...(hasSize ? { sizeMm: { length, width, height } } : {}),
    ...(text('parcel') === '' ? {} : { trackingNumber: text('parcel') }), ...(text('note') === '' ? {} : { note: text('note') }),
  });
  const field = (name: string, label: string, more: object = {}) => <label>{label}<input type="text" autocomplete="off" value={given[name] ?? ''} onInput={({ currentTarget }) => setGiven((now) => ({ ...now, [name]: currentTarget.value }))} {...more} /></label>;
  const count = (name: string, label: string, more: object = {}) => field(name, label, { inputMode: 'numeric', maxLength: 7, dir: 'ltr', ...more });
  return (
    <Window title={words('packing.of', { order: order.number })} onClose={onClose} kind="form-window">
      <form class="fields packing-form" onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void send((id) => api.notePacking(order.number, id, record()));
      }}>
        <fieldset class="packing-pick"><legend>{words('packing.photos')}</legend>
          <button class="button" type="button" disabled={isUploading || photos.length >= MOST_PHOTOS} onClick={() => picker.current?.click()}><Icon name="attach" /> {words('attach')}</button>
          <input ref={picker} class="hidden" type="file" multiple tabIndex={-1} aria-hidden="true" accept="image/png,image/jpeg,image/gif,image/webp,image/heic" onChange={({ currentTarget }) => void attach([...(currentTarget.files ?? [])])} />
        </fieldset>
        {photos.length > 0 && (
          <ul class="packing-photos" aria-label={words('attached')}>{photos.map((photo) => (
            <li key={photo.fileId}><img src={api.fileUrl(photo.fileId)} alt="" /> <bdi class="packing-name">{photo.name}</bdi>
              <button class="button icon-button" type="button" aria-label={words('remove', { name: photo.name })} onClick={() => setPhotos((now) => now.filter(({ fileId }) => fileId !== photo.fileId))}><Icon name="close" /></button></li>
          ))}</ul>
        )}
        <p class="failure" role="alert">{notTaken}</p>
        {count('weight', words('packing.weight'), { required: true })}
        <fieldset class="packing-size"><legend>{words('packing.size')}</legend>{sides.map((side) => <span key={side}>{count(side, words(`packing.${side}`), { maxLength: 5 })}</span>)}</fieldset>
        {field('by', words('packing.by'), { required: true, maxLength: 80, dir: 'auto' })}
        {field('parcel', words('packing.parcel'), { maxLength: 60, dir: 'auto' })}
        <label>{words('packing.remark')}<textarea rows={2} dir="auto" maxLength={500} value={given['note'] ?? ''} onInput={({ currentTarget }) => setGiven((now) => ({ ...now, note: currentTarget.value }))} /></label>
        <p class={left ? 'verdict warn' : 'hint'}>{words(left ? 'packing.left' : 'packing.hint')}</p>
        <p class="failure" role="alert">{failure}</p>
        <p class="window-end"><button class="button primary" type="submit" aria-disabled={isBusy || !isReady}>{words('packing.save')}</button></p>
      </form>
    </Window>
  );
}
