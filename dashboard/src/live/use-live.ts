import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { basePath } from "../api/client";
import { LiveEvents, type Stream } from "./event-source";
import { subjectsOf } from "./queries";
import { transfers } from "./transfers";

const POLL_MS = 15_000;

/** Keep what is shown up to date: by events, and by asking while there is no stream. Returns whether events arrive. */
export function useLive(): boolean {
  const client = useQueryClient();
  const [live, setLive] = useState(true);
  useEffect(() => {
    const events = new LiveEvents({
      open: () => new EventSource(`${basePath}/api/events`) as unknown as Stream,
      onEvents: (kinds) =>
        Promise.all([...subjectsOf(kinds)].map((subject) => client.invalidateQueries({ queryKey: [subject] }))),
      onState: setLive,
      onTransfers: (data) => transfers.receive(data),
    });
    events.start();
    return () => events.stop();
  }, [client]);
  useEffect(() => {
    if (live) return undefined;
    const timer = setInterval(() => void client.invalidateQueries(), POLL_MS);
    return () => clearInterval(timer);
  }, [client, live]);
  return live;
}

/** Whether the gateway can be reached: the browser is online and the last calls got an answer. */
export function useReachable(): boolean {
  const client = useQueryClient();
  const [reachable, setReachable] = useState(true);
  useEffect(() => {
    const cache = client.getQueryCache();
    const unsubscribe = cache.subscribe((event) => {
      if (event.type !== "updated") return;
      if (event.action.type === "success") setReachable(true);
      if (event.action.type === "failed" || event.action.type === "error") {
        const error = event.action.error as { code?: string };
        setReachable(error.code !== "unreachable");
      }
    });
    const offline = () => setReachable(false);
    const online = () => void client.invalidateQueries();
    addEventListener("offline", offline);
    addEventListener("online", online);
    return () => {
      unsubscribe();
      removeEventListener("offline", offline);
      removeEventListener("online", online);
    };
  }, [client]);
  return reachable;
}
