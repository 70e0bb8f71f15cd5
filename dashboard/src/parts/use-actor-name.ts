import { useTranslation } from "../words";

/** The name of who did something: an API key, a person, a browser without a name, or Gapless itself. */
export function useActorName(): (name: string | null | undefined) => string | null {
  const { ofService } = useTranslation();
  return (name) => {
    if (!name) return null;
    return name === "gapless" ? "Gapless" : ofService(`actors.${name}`, name);
  };
}
