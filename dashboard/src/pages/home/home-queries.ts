/** The calls of the start page. Parts that show the same data share a call. */

import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "../../api/client";

const COVERS = 12;
const UNDER_WAY = 4;

/** The doctor's checks ask every service, so they are repeated at most once in this time. */
const CHECKED_FOR_MS = 60_000;

export const waitingImports = queryOptions({
  queryKey: ["imports", "waiting", "home"],
  queryFn: ({ signal }) => ok(api.GET("/api/imports/waiting", { params: { query: { limit: 3 } }, signal })),
});

export const approvals = queryOptions({
  queryKey: ["missing", "approvals", "home"],
  queryFn: ({ signal }) =>
    ok(api.GET("/api/books/missing", { params: { query: { absence: ["approval"], limit: 3 } }, signal })),
});

export const proposals = queryOptions({
  queryKey: ["corrections", "proposals", "home"],
  queryFn: ({ signal }) => ok(api.GET("/api/metadata/proposals", { params: { query: { limit: 1 } }, signal })),
});

export const findingCounts = queryOptions({
  queryKey: ["findings", "counts", "home"],
  queryFn: ({ signal }) => ok(api.GET("/api/findings/counts", { params: { query: { days: 1 } }, signal })),
});

export const diagnosis = queryOptions({
  queryKey: ["health", "doctor"],
  queryFn: ({ signal }) => ok(api.GET("/api/system/doctor", { signal })),
  staleTime: CHECKED_FOR_MS,
});

export const account = queryOptions({
  queryKey: ["account"],
  queryFn: ({ signal }) => ok(api.GET("/api/account", { signal })),
});

export const arrivals = queryOptions({
  queryKey: ["books", "home"],
  queryFn: ({ signal }) =>
    ok(api.GET("/api/books", { params: { query: { sort: "-added_at", limit: COVERS } }, signal })),
});

export const underWay = queryOptions({
  queryKey: ["downloads", "home"],
  queryFn: ({ signal }) =>
    ok(
      api.GET("/api/downloads", {
        params: {
          query: { status: ["downloading", "completed", "importing"], sort: "-updated_at", limit: UNDER_WAY },
        },
        signal,
      }),
    ),
});

export const tasks = queryOptions({
  queryKey: ["runs", "tasks"],
  queryFn: ({ signal }) => ok(api.GET("/api/scheduler/tasks", { signal })),
});
