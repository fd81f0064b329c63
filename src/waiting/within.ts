/**
 * The same work, waited for only so long: past that, `late` gives the answer, or throws what is wrong. What comes of the work
 * afterwards is heard by nobody.
 */
export async function within<T>(work: Promise<T>, ms: number, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  work.catch(() => undefined);
  return await Promise.race([work, end.then(late)]).finally(() => clearTimeout(timer));
}
