import { QueryClientProvider } from "@tanstack/react-query";
import { BrowserRouter, matchPath, Route, Routes } from "react-router";

import { basePath } from "./api/client";
import { mayPass } from "./api/problem";
import { ChangeAwareQueryClient } from "./api/query-client";
import { PageFault } from "./parts/fault";
import { Toasts } from "./parts/toasts";
import { SessionGate } from "./shell/session-gate";
import { NotFound } from "./shell/not-found";
import { page } from "./shell/page";
import { Shell } from "./shell/shell";

const RETRY_MS = 5_000;

const queries = new ChangeAwareQueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
      // What a service that is away cannot show comes by itself when the service is back.
      refetchInterval: ({ state }) => (state.status === "error" && mayPass(state.error) ? RETRY_MS : false),
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

const Home = page(() => import("./pages/home/home"));

/** The pages by their path. */
const ROUTES = [
  { path: "library", Page: page(() => import("./pages/library/library")) },
  { path: "library/:bookId", Page: page(() => import("./pages/book/book")) },
  { path: "library/:bookId/search", Page: page(() => import("./pages/releases/owned-search")) },
  { path: "series", Page: page(() => import("./pages/series/series")) },
  { path: "series/:seriesId", Page: page(() => import("./pages/series/one-series")) },
  { path: "authors", Page: page(() => import("./pages/authors/authors")) },
  { path: "authors/:authorId", Page: page(() => import("./pages/authors/author")) },
  { path: "system", Page: page(() => import("./pages/system/system")) },
  { path: "wanted", Page: page(() => import("./pages/wanted/wanted")) },
  { path: "wanted/:missingId", Page: page(() => import("./pages/book/missing")) },
  { path: "wanted/:missingId/search", Page: page(() => import("./pages/releases/search")) },
  { path: "wanted/:missingId/why", Page: page(() => import("./pages/book/why")) },
  { path: "activity", Page: page(() => import("./pages/activity/activity")) },
  { path: "activity/:downloadId", Page: page(() => import("./pages/book/download")) },
  { path: "discover", Page: page(() => import("./pages/discover/discover")) },
  { path: "discover/lists/:listId", Page: page(() => import("./pages/discover/import-list")) },
  { path: "discover/guides/:guideId", Page: page(() => import("./pages/discover/guide")) },
  { path: "schedule", Page: page(() => import("./pages/schedule/schedule")) },
  { path: "settings/quality-profiles", Page: page(() => import("./pages/quality-profiles/profiles")) },
  { path: "settings/quality-profiles/:profileId", Page: page(() => import("./pages/quality-profiles/profile")) },
  { path: "setup/:step?", Page: page(() => import("./pages/setup/setup")) },
  { path: "settings/:group?", Page: page(() => import("./pages/settings/settings")) },
  { path: "schedule/:name", Page: page(() => import("./pages/schedule/task")) },
  { path: "calendar", Page: page(() => import("./pages/calendar/calendar")) },
  { path: "statistics", Page: page(() => import("./pages/statistics/statistics")) },
  { path: "account", Page: page(() => import("./pages/account/account")) },
  { path: "activity/:downloadId/releases", Page: page(() => import("./pages/releases/candidates")) },
  { path: "metadata", Page: page(() => import("./pages/metadata/proposals")) },
  { path: "metadata/corrections", Page: page(() => import("./pages/metadata/corrections")) },
  { path: "metadata/findings", Page: page(() => import("./pages/metadata/findings")) },
];

/** Load the code of the page at the present address while the session is checked. */
export function preloadPage(): void {
  const first = ROUTES.find(({ path }) => matchPath(`${basePath}/${path}`, location.pathname));
  (first?.Page ?? Home).preload();
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Toasts>
        <SessionGate>
          <BrowserRouter basename={basePath || "/"}>
            <Routes>
              <Route
                element={
                  <PageFault>
                    <Shell />
                  </PageFault>
                }
              >
                <Route index element={<Home />} />
                {ROUTES.map(({ path, Page }) => (
                  <Route key={path} path={path} element={<Page />} />
                ))}
                <Route path="*" element={<NotFound />} />
              </Route>
            </Routes>
          </BrowserRouter>
        </SessionGate>
      </Toasts>
    </QueryClientProvider>
  );
}
