const TRACK = /minmax\(\s*([^,]+),[^)]*\)|(\S+)/g;

/**
 * The least width at which a table with these columns is readable, as a CSS length: the widths that they may not go
 * below, and the spaces between and beside them. Tracks without a width in rem can be as narrow as they have to.
 */
export function leastWidth(template: string): string {
  const tracks = [...template.matchAll(TRACK)].map(([, least, width]) => least ?? width ?? "");
  const rem = tracks.reduce((sum, track) => sum + (track.endsWith("rem") ? Number.parseFloat(track) : 0), 0);
  return rem === 0 ? "0px" : `calc(${rem}rem + ${tracks.length + 1} * var(--space-4))`;
}
