/** The sentences of services in German, by their code: the area and its name there. See `../../../sentence.ts`. */
import { account } from "./account";
import { addresses } from "./addresses";
import { advice } from "./advice";
import { answer } from "./answer";
import { audio } from "./audio";
import { change } from "./change";
import { delivery } from "./delivery";
import { doctor } from "./doctor";
import { download } from "./download";
import { fact } from "./fact";
import { finding } from "./finding";
import { library } from "./library";
import { limits } from "./limits";
import { match } from "./match";
import { plan } from "./plan";
import { refused } from "./refused";
import { release } from "./release";
import { remedy } from "./remedy";
import { remote } from "./remote";
import { run } from "./run";
import { session } from "./session";
import { setting } from "./setting";
import { system } from "./system";
import { systems } from "./systems";
import { text } from "./text";
import { untold } from "./untold";
import { work } from "./work";

export const sentences = {
  account,
  addresses,
  advice,
  answer,
  audio,
  change,
  delivery,
  doctor,
  download,
  fact,
  finding,
  library,
  limits,
  match,
  plan,
  refused,
  release,
  remedy,
  remote,
  run,
  session,
  setting,
  system,
  systems,
  text,
  untold,
  work,
};
