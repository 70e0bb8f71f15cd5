/** How the delivery of a notification ended, in German. */
export const delivery = {
  accepted: "{{service}} hat sie angenommen",
  answered: "{{service}} antwortete {{status}}",
  away: "{{service}} ist nicht erreichbar",
  no_answer: "keine Antwort von {{service}} nach {{seconds}} s",
  some: "{{why}}; einige Empfänger dieses Ziels haben sie vielleicht bekommen",
  unconfirmed: "{{service}} hat sie nicht bestätigt",
};
