/** All words of the dashboard in English. The other languages have the same keys; the compiler checks it. */
import { absence } from "./absence";
import { account } from "./account";
import { activity } from "./activity";
import { authors } from "./authors";
import { book } from "./book";
import { calendar } from "./calendar";
import { chart } from "./chart";
import { discover } from "./discover";
import { home } from "./home";
import { library } from "./library";
import { metadata } from "./metadata";
import { profiles } from "./profiles";
import { releases } from "./releases";
import { schedule } from "./schedule";
import { selection } from "./selection";
import { series } from "./series";
import { settings } from "./settings";
import { setup } from "./setup";
import { shell } from "./shell";
import { statistics } from "./statistics";
import { system } from "./system";
import { tasks } from "./tasks";
import { wanted } from "./wanted";

export const en = {
  ...shell,
  absence,
  account,
  activity,
  authors,
  book,
  calendar,
  chart,
  discover,
  home,
  library,
  metadata,
  profiles,
  releases,
  schedule,
  selection,
  series,
  settings,
  setup,
  statistics,
  system,
  tasks,
  wanted,
};
