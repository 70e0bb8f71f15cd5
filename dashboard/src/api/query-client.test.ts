import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { ChangeAwareQueryClient } from "./query-client";

test("a change during the first fetch is fetched after it", async () => {
  const client = new ChangeAwareQueryClient();
  let stored = "before the change";
  const answers: Array<() => void> = [];
  const queryFn = () => {
    const read = stored;
    return new Promise<string>((answer) => answers.push(() => answer(read)));
  };
  const observer = new QueryObserver(client, { queryKey: ["names"], queryFn });
  const stop = observer.subscribe(() => undefined);

  stored = "after the change";
  const invalidated = client.invalidateQueries({ queryKey: ["names"] });
  answers[0]?.();
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.();
  await invalidated;

  expect(client.getQueryData(["names"])).toBe("after the change");
  stop();
});
