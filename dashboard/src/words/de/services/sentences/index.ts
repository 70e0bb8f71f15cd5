/** The sentences of services in German, by their code: the area and its name there. See `../../../sentence.ts`. */
import { addresses } from "./addresses";
import { doctor } from "./doctor";
import { download } from "./download";
import { limits } from "./limits";
import { release } from "./release";

export const sentences = { addresses, doctor, download, limits, release };
