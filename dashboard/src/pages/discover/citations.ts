/** The text of an answer, divided at its citations such as “[2]”. A number that names no passage stays text. */
export function answerParts(answer: string, passages: readonly number[]): (string | { number: number })[] {
  return answer
    .split(/(\[\d{1,3}\])/)
    .filter(Boolean)
    .map((part) => {
      const number = Number(/^\[(\d{1,3})\]$/.exec(part)?.[1]);
      return passages.includes(number) ? { number } : part;
    });
}
