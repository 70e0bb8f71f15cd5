/** A function that loads one item, such as for a row. Calls of the same moment become one call with all their ids.
 *
 * `load` gets at most `most` ids. An id that its answer lacks gives undefined, and its failure is that of each item. */
export function batched<Item>(
  most: number,
  load: (ids: string[]) => Promise<ReadonlyMap<string, Item>>,
): (id: string) => Promise<Item | undefined> {
  let waiting = new Map<string, PromiseWithResolvers<Item | undefined>>();
  const send = () => {
    const gathered = [...waiting];
    waiting = new Map();
    for (let start = 0; start < gathered.length; start += most) {
      const part = gathered.slice(start, start + most);
      load(part.map(([id]) => id)).then(
        (items) => part.forEach(([id, each]) => each.resolve(items.get(id))),
        (error: unknown) => part.forEach(([, each]) => each.reject(error)),
      );
    }
  };
  return (id) => {
    if (waiting.size === 0) setTimeout(send);
    const known = waiting.get(id) ?? Promise.withResolvers<Item | undefined>();
    waiting.set(id, known);
    return known.promise;
  };
}
