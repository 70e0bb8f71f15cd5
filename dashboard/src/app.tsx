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
            { path: "library", lazy: () => import("./pages/library/library") },
            { path: "library/:bookId", lazy: () => import("./pages/book/book") },
            { path: "series", lazy: () => import("./pages/series/series") },
            { path: "wanted", lazy: () => import("./pages/wanted/wanted") },
            { path: "wanted/:missingId", lazy: () => import("./pages/book/missing") },
            { path: "activity", lazy: () => import("./pages/activity/activity") },
            { path: "activity/:downloadId", lazy: () => import("./pages/book/download") },
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
