import { Services } from "./services";
import { Doctor } from "./doctor";
import { FailedMessages } from "./failed-messages";

/** What is wrong and what to do, the services, and the messages that could not be handled. */
export function Health() {
  return (
    <>
      <Doctor />
      <Services />
      <FailedMessages />
    </>
  );
}
