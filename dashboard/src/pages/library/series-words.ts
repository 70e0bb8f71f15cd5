/** The series of a book with its numbers, such as “Oz 3, Sky Island”. */
export function seriesWords(places: readonly { name: string; sequence?: string | null }[]): string {
  return places.map(({ name, sequence }) => (sequence ? `${name} ${sequence}` : name)).join(", ");
}
