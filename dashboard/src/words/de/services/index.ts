/** What services name by a key, in German: a text of this language in the place of their English one. */
import { tasks as task_names } from "../tasks";
import { choices } from "./choices";
import { doctor } from "./doctor";
import { facts } from "./facts";
import { figures } from "./figures";
import { errors, kinds, packs, verdicts } from "./kinds";
import { plans } from "./plans";
import { problems } from "./problems";
import { remedies } from "./remedies";
import { rules } from "./rules";
import { sentences } from "./sentences";
import { settings } from "./settings";
import * as states from "./states";
import { tasks } from "./tasks";

export const services = {
  ...states,
  choices,
  doctor,
  errors,
  facts,
  figures,
  kinds,
  packs,
  plans,
  problems,
  remedies,
  rules,
  sentences,
  settings,
  task_names,
  tasks,
  verdicts,
};
