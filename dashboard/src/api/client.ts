import createClient from "openapi-fetch";

import type { components, paths } from "./schema";
import { Problem, problemFrom, unreachable } from "./problem";

export type Schema = components["schemas"];

/** The path below which the gateway is published, without a slash at its end. */
export const basePath = new URL(document.baseURI).pathname.replace(/\/$/, "");

export const api = createClient<paths>({
  baseUrl: basePath,
  fetch: (request: Request) =>
    fetch(request).catch((error: unknown) => {
      if (request.signal.aborted) throw error;
      throw unreachable();
    }),
});

interface Result<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of an answer. Throws a `Problem` for a refusal or an error, so that queries and mutations fail with it. */
export async function ok<Data>(call: Promise<Result<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(response.status, error);
  return data as Data;
}

export { Problem };
