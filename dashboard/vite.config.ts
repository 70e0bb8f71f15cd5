import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { firstLoad } from "./build/first-load.ts";

const gateway = process.env.GAPLESS_URL ?? "http://127.0.0.1:8080";
const key = process.env.GAPLESS_API_KEY;

export default defineConfig({
  // Addresses are relative to <base>, which the gateway sets, so that one build serves below every path.
  base: "./",
  plugins: [react(), firstLoad()],
  build: {
    outDir: "../services/gateway/src/gateway/dashboard/built",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" },
  },
  server: {
    proxy: Object.fromEntries(
      ["/api", "/docs", "/openapi.json"].map((path) => [
        path,
        { target: gateway, ...(key ? { headers: { "X-Api-Key": key } } : {}) },
      ]),
    ),
  },
});
