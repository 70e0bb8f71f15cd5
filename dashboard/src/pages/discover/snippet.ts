export interface Piece {
  text: string;
  isFound: boolean;
}

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&#x27;": "'", "&amp;": "&" };

/** The pieces of a snippet, in which the gateway has escaped the text and marked the words found. */
export function piecesOf(snippet: string): Piece[] {
  return snippet
    .split(/(<mark>.*?<\/mark>)/s)
    .filter(Boolean)
    .map((part) => {
      const marked = /^<mark>(.*)<\/mark>$/s.exec(part);
      return { text: unescaped(marked?.[1] ?? part), isFound: marked !== null };
    });
}

/** The text of escaped HTML. Each entity is read once, so that `&amp;lt;` stays the text `&lt;`. */
export function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp|#34|#39|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
}
