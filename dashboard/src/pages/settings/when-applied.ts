import { mayPass } from "../../api/problem";

/** A service that applies new settings does not answer for some seconds. */
const WITHIN_MS = 30_000;
const EVERY_MS = 1_000;

/** The answer of a call to a service. While the service applies settings, the call is repeated. */
export async function whenApplied<Answer>(call: () => Promise<Answer>, everyMs = EVERY_MS): Promise<Answer> {
  const end = Date.now() + WITHIN_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!mayPass(error) || Date.now() > end) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, everyMs);
      });
    }
  }
}
