/** The sentences of services in German, by their code: the area and its name there. See `../../../sentence.ts`. */
import { download } from "./download";
import { release } from "./release";

export const sentences = { download, release };
