import type { TrainingLabel } from '../../ports/training.js';
import { OUT_OF_SCOPE } from './intent-choice.js';
import { useWords } from './texts.js';
import type { Teachable } from './training-answers.js';

/** Sentences with the meaning they were given, to agree to or to take back. */
export function LabelList({ title, labels, intents, drop, onAgree, onDrop }: {
  readonly title: string; readonly labels: readonly TrainingLabel[]; readonly intents: readonly Teachable[]; readonly drop: string;
  readonly onAgree?: (label: TrainingLabel) => void; readonly onDrop: (label: TrainingLabel) => void;
}) {
  const words = useWords();
  const named = (intent: string) => (intent === OUT_OF_SCOPE ? words('training.out-of-scope') : intents.find((one) => one.intent === intent)?.label ?? intent);
  return (
    <details class="labels" open>
      <summary><h2>{title}</h2> <span class="count">{labels.length}</span></summary>
      <ul>
        {labels.map((label) => (
          <li key={label.id}>
            <span class="label-text" dir="auto" lang={label.locale}>{label.text}</span>
            <span class="label-facts">{words.list([named(label.intent), words.languageName(label.locale), label.by.name])}</span>
            <span class="label-acts">
              {onAgree && <button class="button primary" type="button" onClick={() => onAgree(label)}>{words('training.agree')}<span class="hidden"> {label.text}</span></button>}
              <button class="button quiet" type="button" onClick={() => onDrop(label)}>{drop}<span class="hidden"> {label.text}</span></button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
