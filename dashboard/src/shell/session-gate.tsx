import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";

import { api, ok } from "../api/client";
import { problemOf } from "../api/problem";
import { Waiting } from "../parts/states";
import { FirstRun } from "./first-run";
import { SignIn } from "./sign-in";

/** Shows the pages to a person who is signed in, and otherwise what is needed before. */
export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery({ queryKey: ["session"], queryFn: () => ok(api.GET("/api/session")), staleTime: Infinity });

  // A call that is refused with 401 means that the session has ended: ask for the state again.
  useEffect(
    () =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== "updated" || event.action.type !== "error") return;
        if (event.query.queryKey[0] === "session" || problemOf(event.action.error).status !== 401) return;
        void client.invalidateQueries({ queryKey: ["session"] });
      }),
    [client],
  );

  if (!session.data) return <Waiting query={session} />;
  const { state, needs_api_key: needsApiKey, openid_name: openid = null } = session.data;
  if (state === "first_run") return <FirstRun needsApiKey={needsApiKey} openid={openid} />;
  if (state === "signed_out") return <SignIn openid={openid} />;
  return children;
}
