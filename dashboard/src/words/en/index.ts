/** All words of the dashboard in English. The other languages have the same keys; the compiler checks it. */
import { activity } from "./activity";
import { authors } from "./authors";
import { book } from "./book";
import { home } from "./home";
import { library } from "./library";
import { series } from "./series";
import { shell } from "./shell";
import { tasks } from "./tasks";
import { wanted } from "./wanted";

export const en = {
  ...shell,
  activity,
  authors,
  book,
  home,
  library,
  series,
  tasks,
  wanted,
};
