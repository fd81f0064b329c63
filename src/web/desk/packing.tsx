import type { PackingRecord } from '../../domain/order.js';
import { useWords } from './texts.js';

/** What the warehouse noted as it packed: by whom, weight and size, its pictures, a note. */
export function Packing({ records }: { readonly records: readonly PackingRecord[] }) {
  const words = useWords();
  return (
    <>
      {records.map((record, index) => (
        <p key={index} class="faint">
          {words('case.packing')}: <bdi>{record.by}</bdi> · <bdi>{record.weightGrams} g</bdi>{record.sizeMm && <> · <bdi>{record.sizeMm.length} × {record.sizeMm.width} × {record.sizeMm.height} mm</bdi></>}{record.note !== undefined && <> · <bdi>{record.note}</bdi></>}
          {record.photos.map((photo, number) => <span key={photo}> · <a href={`/desk/api/files/${encodeURIComponent(photo)}`}>{words('case.packing-photo', { number: number + 1 })}</a></span>)}
        </p>
      ))}
    </>
  );
}
