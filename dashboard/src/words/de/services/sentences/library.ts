/** What happened to a book or a gap in the library, in German. */
export const library = {
  added: "„{{title}}“ kam in Audiobookshelf dazu",
  entered: "„{{title}}“ wurde von Hand eingetragen",
  gap: "„{{title}}“[ aus der Reihe {{series}}][ von {{authors}}] fehlt in der Bibliothek, genannt von {{source}}[: {{evidence}}]",
  import_confirmed: "Audiobookshelf zeigt {{path}}",
  import_expected: "wartet, bis Audiobookshelf {{path}} zeigt",
  import_unconfirmed: "Audiobookshelf zeigte {{path}} nicht rechtzeitig",
};
