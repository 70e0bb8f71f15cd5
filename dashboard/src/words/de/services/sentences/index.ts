/** The sentences of services in German, by their code: the area and its name there. See `../../../sentence.ts`. */
import { release } from "./release";

export const sentences = { release };
