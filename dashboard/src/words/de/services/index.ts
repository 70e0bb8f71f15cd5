/** What services name by a key, in German: a text of this language in the place of their English one. */
import { problems } from "./problems";
import { settings } from "./settings";
import { tasks } from "./tasks";

export const services = { problems, settings, tasks };
