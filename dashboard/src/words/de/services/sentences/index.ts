/** The sentences of services in German, by their code: the area and its name there. See `../../../sentence.ts`. */
import { addresses } from "./addresses";
import { advice } from "./advice";
import { doctor } from "./doctor";
import { download } from "./download";
import { library } from "./library";
import { limits } from "./limits";
import { release } from "./release";
import { remedy } from "./remedy";
import { remote } from "./remote";
import { session } from "./session";
import { systems } from "./systems";

export const sentences = { addresses, advice, doctor, download, library, limits, release, remedy, remote, session, systems };
