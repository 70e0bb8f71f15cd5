/** The settings of all services, in German: a short name, and what each means. */
import { downloader } from "./downloader";
import { everyService } from "./every-service";
import { gateway } from "./gateway";
import { libraryScanner } from "./library-scanner";
import { mamSearch } from "./mam-search";
import { metadata } from "./metadata";
import { scheduler } from "./scheduler";

export const settings: Record<string, { name: string; about: string }> = {
  ...everyService,
  ...libraryScanner,
  ...mamSearch,
  ...downloader,
  ...metadata,
  ...scheduler,
  ...gateway,
};
