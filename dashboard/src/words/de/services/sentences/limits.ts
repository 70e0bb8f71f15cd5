/** The limits of requests at outside systems, in German. */
export const limits = {
  day: "noch {{left}} von {{limit}} am Tag ({{kind:budgets}})",
  pace: "eine Anfrage alle {{seconds}} s",
  span: "noch {{left}} von {{limit}} Anfragen je {{span:spans}}",
  unknown: "keine Grenze bekannt",
};
