import { useState } from 'preact/hooks';
import type { PackingRecord } from '../../domain/order.js';
import type { OrderCard } from './answers.js';
import { api } from './api.js';
import { PackingForm } from './packing-form.js';
import { useWords } from './texts.js';

/** What was noted at packing: when and by whom, weight and size, its pictures, a note; whether it was written down only after the goods had left. */
export function Packing({ records }: { readonly records: readonly PackingRecord[] }) {
  const words = useWords();
  return (
    <>
      {records.map((record, index) => (
        <p key={index} class="faint packing">
          {words('case.packing')}: <bdi>{record.by}</bdi> · <bdi>{record.weightGrams} g</bdi>{record.sizeMm && <> · <bdi>{record.sizeMm.length} × {record.sizeMm.width} × {record.sizeMm.height} mm</bdi></>}{record.note !== undefined && <> · <bdi>{record.note}</bdi></>}
          {record.photos.map((photo, number) => <span key={photo}> · <a href={api.fileUrl(photo)} title={record.sha256?.[number]}>{words('case.packing-photo', { number: number + 1 })}</a></span>)}
          {' · '}<bdi title={words.exact(record.at)}>{words.moment(record.at)}</bdi>{record.late === true && <span class="verdict warn"> {words('case.packing-late')}</span>}
        </p>
      ))}
    </>
  );
}

/** States of an order that was not packed yet, or never will be. */
const isUnpacked = (state: string): boolean => state === 'unpaid' || state === 'under_review' || state === 'cancelled';

/** Opens the form to note what was packed, where the order can have been packed. */
export function NotePacking({ order, packer, onNoted }: { readonly order: OrderCard; readonly packer: string; readonly onNoted: () => void }) {
  const words = useWords();
  const [isOpen, setIsOpen] = useState(false);
  if (isUnpacked(order.state)) return null;
  return (
    <>
      <p class="packing-note"><button class="button small" type="button" aria-label={words('packing.of', { order: order.number })} onClick={() => setIsOpen(true)}>{words('packing.note')}</button></p>
      {isOpen && <PackingForm order={order} packer={packer} onClose={() => setIsOpen(false)} onDone={() => {
        setIsOpen(false);
        onNoted();
      }} />}
    </>
  );
}
