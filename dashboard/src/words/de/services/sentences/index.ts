/** The sentences of services in German, by their code: the area and its name there. See `../../../sentence.ts`. */
import { addresses } from "./addresses";
import { advice } from "./advice";
import { change } from "./change";
import { doctor } from "./doctor";
import { download } from "./download";
import { finding } from "./finding";
import { library } from "./library";
import { limits } from "./limits";
import { match } from "./match";
import { plan } from "./plan";
import { release } from "./release";
import { remedy } from "./remedy";
import { remote } from "./remote";
import { run } from "./run";
import { session } from "./session";
import { systems } from "./systems";
import { text } from "./text";
import { work } from "./work";

export const sentences = {
  addresses,
  advice,
  change,
  doctor,
  download,
  finding,
  library,
  limits,
  match,
  plan,
  release,
  remedy,
  remote,
  run,
  session,
  systems,
  text,
  work,
};
