import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createBrowserRouter, Navigate, RouterProvider } from "react-router";

import { basePath } from "./api/client";
import { mayPass } from "./api/problem";
import { PageFault } from "./parts/fault";
import { Loading } from "./parts/states";
import { Toasts } from "./parts/toasts";
import { SessionGate } from "./shell/session-gate";
import { NotFound } from "./shell/not-found";
import { Shell } from "./shell/shell";
import { wordsOfPages } from "./words";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && mayPass(error),
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

/** A page that is loaded when it is first shown, together with the words of all pages. */
function page<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), wordsOfPages()]);
    return module;
  };
}

const router = createBrowserRouter(
  [
    {
      element: <Shell />,
      errorElement: <PageFault />,
      hydrateFallbackElement: <Loading />,
      children: [
        {
          errorElement: <PageFault />,
          children: [
            { index: true, element: <Navigate to="/library" replace /> },
            { path: "library", lazy: page(() => import("./pages/library/library")) },
            { path: "library/:bookId", lazy: page(() => import("./pages/book/book")) },
            { path: "series", lazy: page(() => import("./pages/series/series")) },
            { path: "wanted", lazy: page(() => import("./pages/wanted/wanted")) },
            { path: "wanted/:missingId", lazy: page(() => import("./pages/book/missing")) },
            { path: "activity", lazy: page(() => import("./pages/activity/activity")) },
            { path: "activity/:downloadId", lazy: page(() => import("./pages/book/download")) },
            { path: "*", element: <NotFound /> },
          ],
        },
      ],
    },
  ],
  { basename: basePath || "/" },
);

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Toasts>
        <SessionGate>
          <RouterProvider router={router} />
        </SessionGate>
      </Toasts>
    </QueryClientProvider>
  );
}
