/** Loads something once for everybody who asks; what failed is not kept, so that whoever asks next tries again. */
export function keptOnceLoaded<T>(load: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    const mine = (kept ??= load());
    mine.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return mine;
  };
}
