import { Integrations } from "./integrations";
import { MetadataProviders } from "./metadata-providers";

/** The systems outside, and what the sources of metadata may still be asked. */
export function OutsideSystems() {
  return (
    <>
      <Integrations />
      <MetadataProviders />
    </>
  );
}
