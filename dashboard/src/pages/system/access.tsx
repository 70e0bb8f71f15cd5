import { ApiKeys } from "./api-keys";
import { Password } from "./password";
import { Sessions } from "./sessions";

/** Who may use the installation: programs with keys, and browsers that are signed in. */
export function Access() {
  return (
    <>
      <ApiKeys />
      <Sessions />
      <Password />
    </>
  );
}
